import { expect, test } from 'vitest'
import { account, dn, guid, person } from '../rows.ts'
import { emptyBatch, importAll, openWriter, writePersons } from '../worlds.ts'

test('keeps every version of an account with the runs between which it was so, its DN among the values', async () => {
  const store = await openWriter()
  const { run: first } = await importAll(store, [account(1, { sn: ['Muller'] })])
  await importAll(store, [account(1, { sn: ['Muller'] })])
  const { run: renamed } = await importAll(store, [account(1, { sn: ['Müller'] }, 'CN=other,OU=Guests,DC=contoso,DC=local')])
  const { run: gone } = await importAll(store, [])
  const versions = await store.versionsOfConnectorObject('ad', guid(1))
  expect(versions).toMatchObject([
    { run: first, until: renamed, values: { sn: ['Muller'], distinguishedName: [account(1).dn] } },
    { run: renamed, until: gone, values: { sn: ['Müller'], distinguishedName: [dn('CN=other,OU=Guests,DC=contoso,DC=local')] } },
  ])
  expect(await store.versionsOfConnectorObject('entra', guid(1))).toEqual([])
})

test('keeps every version of a person, also of one who is gone', async () => {
  const store = await openWriter()
  const first = await writePersons(store, [person(1, { sn: 'a' })])
  const second = await writePersons(store, [person(1, { sn: 'b' })])
  expect(await store.versionsOfPerson(person(1, {}).id)).toEqual([{ run: first, until: second, values: { sn: ['a'] } }, { run: second, until: null, values: { sn: ['b'] } }])
  const third = await writePersons(store, [])
  await store.writeMetaverse(third, { ...emptyBatch, deletes: [person(1, {}).id] })
  expect((await store.versionsOfPerson(person(1, {}).id)).at(-1)).toEqual({ run: second, until: third, values: { sn: ['b'] } })
})
