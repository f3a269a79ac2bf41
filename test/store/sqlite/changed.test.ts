import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StoreWriter } from '../../../src/main/store/store.ts'
import type { ConnectorName } from '../../../src/shared/domain/connectorObject.ts'
import type { Link, MetaverseObject } from '../../../src/shared/domain/metaverse.ts'
import { account, guest, guid, linkTo, person } from '../rows.ts'
import { beginRun, emptyBatch, importAll, openWriter, writePersons } from '../worlds.ts'

const idOf = (number: number) => person(number, {}).id
const anchors = async (store: StoreWriter, connector: ConnectorName) => (await store.unlinkedBatch(connector, null, 100)).map((row) => row.object.anchor)

test('names what came, changed or went since a run, in batches, and nothing that only came and went', async () => {
  const store = await openWriter()
  const { run } = await importAll(store, [account(1), account(2), account(3)])
  await importAll(store, [account(1), account(2, { sn: ['x'] }), account(4), account(5)])
  await importAll(store, [account(1), account(2, { sn: ['y'] }), account(4)])
  expect(await store.changedSince('ad', run, null, 2)).toEqual([guid(2), guid(3)])
  expect(await store.changedSince('ad', run, guid(3), 2)).toEqual([guid(4), guid(5)])
  expect(await store.changedSince('entra', run, null, 10)).toEqual([])
  expect(await store.changedSince('ad', run + 2, null, 10)).toEqual([])
})

test('finds rows by userPrincipalName whatever the case, and follows a change of it', async () => {
  const store = await openWriter()
  await importAll(store, [account(1, { userPrincipalName: ['Ärger@x.example'] }), account(2)])
  expect([...await store.findByUserPrincipalName('ad', ['äRGER@X.example', 'nobody'])].map(([key, row]) => [key, row.object.anchor])).toEqual([['ärger@x.example', guid(1)]])
  await importAll(store, [account(1, { userPrincipalName: ['new@x.example'] })])
  expect([...(await store.findByUserPrincipalName('ad', ['ärger@x.example', 'new@x.example'])).keys()]).toEqual(['new@x.example'])
})

test('lists an account whose guest is gone, before and after a synchronisation has taken the link off', async () => {
  const store = await openWriter()
  await importAll(store, [account(1), account(2)])
  await importAll(store, [guest(1), guest(2)], 'entra')
  await writePersons(store, [1, 2].map((number) => person(number, {}, [linkTo(account(number)), linkTo(guest(number))])))
  expect(await store.missingGuests(null, 10)).toEqual([])
  await importAll(store, [guest(2)], 'entra')
  const missing = [{ metaverseId: idOf(1), entraId: guid(1) }]
  expect(await store.missingGuests(null, 10)).toEqual(missing)
  await writePersons(store, [person(1, {}, [linkTo(account(1))])])
  expect(await store.missingGuests(null, 10)).toEqual(missing)
  expect(await store.missingGuests(idOf(1), 10)).toEqual([])
  await importAll(store, [guest(1), guest(2)], 'entra')
  await writePersons(store, [person(1, {}, [linkTo(account(1)), linkTo(guest(1))])])
  expect(await store.missingGuests(null, 10)).toEqual([])
})

test('a person who was projected from the directory and never had a guest misses none', async () => {
  const store = await openWriter()
  await importAll(store, [account(1)])
  await writePersons(store, [{ ...person(1, {}, [linkTo(account(1))]), id: `ad:${guid(1)}` }])
  expect(await store.missingGuests(null, 10)).toEqual([])
})

test('names the deleted accounts of a person, the latest first, and none that is there', async () => {
  const store = await openWriter()
  await importAll(store, [account(1), account(2), account(3)])
  await writePersons(store, [person(1, {}, [linkTo(account(1))])])
  await importAll(store, [account(2), account(3)])
  await writePersons(store, [person(1, {}, [linkTo(account(2))])])
  expect([...await store.deletedLinks([idOf(1), idOf(2)])]).toEqual([[idOf(1), [guid(1)]]])
  await importAll(store, [account(3)])
  expect((await store.deletedLinks([idOf(1)])).get(idOf(1))).toEqual([guid(2), guid(1)])
  await importAll(store, [account(1), account(3)])
  expect((await store.deletedLinks([idOf(1)])).get(idOf(1))).toEqual([guid(2)])
})

const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 4 }))
const step = fc.oneof(
  fc.record({ kind: fc.constant('import' as const), connector: fc.constantFrom('ad' as const, 'entra' as const), numbers }),
  fc.record({ kind: fc.constant('link' as const), person: fc.integer({ min: 1, max: 3 }), accounts: numbers, guests: numbers }),
  fc.record({ kind: fc.constant('delete' as const), person: fc.integer({ min: 1, max: 3 }) }),
)

test('the lists of unlinked objects, dangling links and missing guests are always those that a look at everything finds', { timeout: 60_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
    const store = await openWriter()
    const there = { ad: new Set<string>(), entra: new Set<string>() }
    let persons = new Map<string, MetaverseObject>()
    for (const taken of steps) {
      if (taken.kind === 'import') {
        const objects = taken.numbers.map((number) => (taken.connector === 'ad' ? account(number) : guest(number)))
        await importAll(store, objects, taken.connector)
        there[taken.connector] = new Set(objects.map((object) => object.anchor))
        continue
      }
      const run = await beginRun(store, 'fullSync', null)
      const links = taken.kind === 'delete' ? [] : [...taken.accounts.map((number) => linkTo(account(number))), ...taken.guests.map((number) => linkTo(guest(number)))]
      // A synchronisation never gives one object to two persons: who has it keeps it.
      const free = links.filter((link) => ![...persons.values()].some((other) => other.id !== idOf(taken.person) && holds(other, link)))
      const now = person(taken.person, {}, free)
      await store.writeMetaverse(run, taken.kind === 'delete' ? { ...emptyBatch, deletes: [now.id] } : { ...emptyBatch, upserts: [now] })
      persons = new Map([...persons].filter(([id]) => id !== now.id))
      if (taken.kind === 'link') persons.set(now.id, now)
    }
    const links = [...persons.values()].flatMap((held) => held.links.map((link) => ({ ...link, metaverseId: held.id })))
    for (const connector of ['ad', 'entra'] as const) {
      const linked = new Set(links.filter((link) => link.connector === connector).map((link) => link.anchor))
      expect(await anchors(store, connector)).toEqual([...there[connector]].filter((anchor) => !linked.has(anchor)).sort())
      expect((await store.danglingLinks(connector)).map((link) => link.anchor)).toEqual([...linked].filter((anchor) => !there[connector].has(anchor)).sort())
    }
    const missing = [...persons.values()].filter((held) => held.links.some((link) => link.connector === 'ad')
      && !held.links.some((link) => link.connector === 'entra' && there.entra.has(link.anchor)))
    expect((await store.missingGuests(null, 100)).map(({ metaverseId }) => metaverseId)).toEqual(missing.map((held) => held.id).sort())
    await store.close()
  }), { numRuns: 60 })
})

function holds(object: MetaverseObject, link: Link): boolean {
  return object.links.some((held) => held.connector === link.connector && held.anchor === link.anchor)
}
