import { expect, test } from 'vitest'
import type { StoreWriter } from '../../../src/main/store/store.ts'
import { account, guest, guid, linkTo, person } from '../rows.ts'
import { beginRun, emptyBatch, importAll, openReader, openWriter, temporaryWorkspace, writePersons } from '../worlds.ts'

const idsOf = async (store: StoreWriter, attribute: string, ...values: readonly string[]) => Object.fromEntries(await store.findMetaverse(attribute, values))

test('stores objects as they were given and reads them in order of id', async () => {
  const store = await openWriter()
  const persons = [3, 1, 2].map((number) => person(number, { uid: guid(number), sn: 'Ñandú 🦤' }, [linkTo(guest(number)), linkTo(account(number))]))
  await writePersons(store, persons)
  expect(await store.countMetaverse()).toBe(3)
  const asStored = { ...persons[1], links: [linkTo(account(1)), linkTo(guest(1))] }
  expect(await store.metaverseObject(person(1, {}).id)).toEqual(asStored)
  expect((await store.metaverseBatch(null, 2)).map((object) => object.id)).toEqual([person(1, {}).id, person(2, {}).id])
  expect((await store.metaverseBatch(person(2, {}).id, 2)).map((object) => object.id)).toEqual([person(3, {}).id])
  expect((await store.metaverseObjects([person(3, {}).id, 'nobody'])).map((object) => object.id)).toEqual([person(3, {}).id])
  expect(await store.metaverseObject('nobody')).toBeNull()
})

test('links both sides, and takes a link off the connector space when the object has it no more', async () => {
  const store = await openWriter()
  await importAll(store, [account(1), account(2)])
  await writePersons(store, [person(1, {}, [linkTo(account(1)), linkTo(account(2))])])
  expect(await store.countLinked('ad')).toBe(2)
  await writePersons(store, [person(1, {}, [linkTo(account(2))])])
  expect((await store.connectorRow('ad', guid(1)))?.metaverseId).toBeNull()
  expect((await store.connectorRow('ad', guid(2)))?.metaverseId).toBe(person(1, {}).id)
})

test('moves a link from one object to another in one batch, in any order', async () => {
  const store = await openWriter()
  await importAll(store, [account(1)])
  await writePersons(store, [person(1, {}, [linkTo(account(1))])])
  await writePersons(store, [person(2, {}, [linkTo(account(1))]), person(1, {})])
  expect((await store.connectorRow('ad', guid(1)))?.metaverseId).toBe(person(2, {}).id)
})

test('takes all links off when an object is deleted, and what was linked may become a disconnector at once', async () => {
  const store = await openWriter()
  await importAll(store, [account(1), account(2)])
  await writePersons(store, [person(1, { uid: 'a' }, [linkTo(account(1)), linkTo(account(2))])])
  const run = await beginRun(store, 'fullSync', null)
  const disconnectors = [{ connector: 'ad' as const, anchor: guid(2), reason: { kind: 'noMatch' as const } }]
  await store.writeMetaverse(run, { ...emptyBatch, deletes: [person(1, {}).id, 'nobody'], disconnectors })
  expect(await store.connectorRow('ad', guid(1))).toMatchObject({ metaverseId: null, disconnector: null })
  expect(await store.connectorRow('ad', guid(2))).toMatchObject({ metaverseId: null, disconnector: { kind: 'noMatch' } })
  expect(await idsOf(store, 'uid', 'a')).toEqual({})
})

test('refuses a batch whose link names no metaverse object, and stores nothing of it', async () => {
  const store = await openWriter()
  await importAll(store, [account(1)])
  const run = await beginRun(store, 'fullSync', null)
  const batch = { ...emptyBatch, upserts: [person(2, {})], links: [{ metaverseId: 'nobody', link: linkTo(account(1)) }] }
  await expect(store.writeMetaverse(run, batch)).rejects.toMatchObject({ name: 'StoreError', problem: { kind: 'internal' } })
  expect(await store.countMetaverse()).toBe(0)
})

test('finds objects by indexed values whatever their case, and forgets former values', async () => {
  const store = await openWriter()
  await writePersons(store, [person(1, { uid: 'ÅSE' }), person(2, { uid: 'åse' }), person(3, { uid: 'Zoë' })])
  expect(await idsOf(store, 'uid', 'Åse', 'zoË', 'nobody')).toEqual({ åse: [person(1, {}).id, person(2, {}).id], zoë: [person(3, {}).id] })
  await writePersons(store, [person(1, { uid: 'other' })])
  expect(await idsOf(store, 'uid', 'åse', 'other')).toEqual({ åse: [person(2, {}).id], other: [person(1, {}).id] })
})

test('answers for an attribute that is not indexed by looking at every object', async () => {
  const store = await openWriter()
  await writePersons(store, [person(1, { sn: 'Ødegård' }), person(2, { sn: 'ødegård' })])
  expect(await idsOf(store, 'sn', 'ØDEGÅRD')).toEqual({ ødegård: [person(1, {}).id, person(2, {}).id] })
})

test('indexes anew on opening when the rules join by other attributes', async () => {
  const folder = temporaryWorkspace()
  const before = await openWriter(folder)
  await writePersons(before, [person(1, { sn: 'One', uid: 'u1' })])
  await before.close()
  const after = await openWriter(folder, ['sn'])
  expect(await idsOf(after, 'sn', 'one')).toEqual({ one: [person(1, {}).id] })
  await writePersons(after, [person(1, { sn: 'Two', uid: 'u2' })])
  expect(await idsOf(after, 'sn', 'one', 'two')).toEqual({ two: [person(1, {}).id] })
  const reader = await openReader(folder)
  expect(Object.fromEntries(await reader.findMetaverse('uid', ['U2', 'u1']))).toEqual({ u2: [person(1, {}).id] })
})
