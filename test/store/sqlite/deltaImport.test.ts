import { expect, test } from 'vitest'
import type { DeltaStage, StoreWriter } from '../../../src/main/store/store.ts'
import type { ConnectorName } from '../../../src/shared/domain/connectorObject.ts'
import { account, changeOf, dn, entryOf, guest, guid, linkTo, morning, person } from '../rows.ts'
import { beginRun, emptyBatch, importAll, importDelta, openWriter, writePersons } from '../worlds.ts'

const attributesOf = async (store: StoreWriter, number: number, connector: ConnectorName = 'entra') =>
  (await store.connectorRow(connector, guid(number)))?.object.attributes
const changed = (number: number, attributes: Extract<DeltaStage, { kind: 'changed' }>['attributes']): DeltaStage => ({ kind: 'changed', anchor: guid(number), dn: null, attributes })
const removed = (number: number, why = 'deleted'): DeltaStage => ({ kind: 'removed', anchor: guid(number), why })

test('replaces named attributes, clears those without value and keeps the others', async () => {
  const store = await openWriter()
  await importAll(store, [guest(1, { displayName: ['Anna'], surname: ['Rossi'], mail: ['a@x.example'] })], 'entra')
  const { run, counters } = await importDelta(store, [changed(1, { displayName: ['Anna R.'], mail: [] })])
  expect(await attributesOf(store, 1)).toEqual({ id: [guid(1)], displayName: ['Anna R.'], surname: ['Rossi'] })
  expect(counters).toEqual({ stagingUnchanged: 0, stagingAdds: 0, stagingUpdates: 1, stagingRenames: 0, stagingDeletes: 0 })
  expect((await store.connectorRowAsOf('entra', guid(1), run - 1))?.object.attributes['mail']).toEqual(['a@x.example'])
})

test('a replaced object loses what is not named any more', async () => {
  const store = await openWriter()
  await importAll(store, [guest(1, { displayName: ['Anna'], surname: ['Rossi'] })], 'entra')
  await importDelta(store, [{ kind: 'replaced', object: guest(1, { displayName: ['Anna'] }) }])
  expect(await attributesOf(store, 1)).toEqual({ id: [guid(1)], displayName: ['Anna'] })
})

test('counts each object once, by what became of it in the end, and names it', async () => {
  const store = await openWriter()
  await importAll(store, [account(1), account(2), account(3), account(4)])
  const { run, counters } = await importDelta(store, [
    changed(1, { sn: ['x'] }), changed(1, { sn: [] }),
    changed(2, { sn: ['x'] }), { kind: 'changed', anchor: guid(2), dn: dn('CN=account 2,OU=Other,DC=contoso,DC=local'), attributes: {} },
    changed(3, { sn: ['x'] }), removed(3), removed(9),
    { kind: 'replaced', object: account(5) },
  ], 'ad')
  expect(counters).toEqual({ stagingUnchanged: 1, stagingAdds: 1, stagingUpdates: 0, stagingRenames: 1, stagingDeletes: 1 })
  expect(await store.objectsOfRun(run, null, null, 10)).toEqual([
    { counter: 'stagingRenames', connector: 'ad', id: guid(2) },
    { counter: 'stagingDeletes', connector: 'ad', id: guid(3) },
    { counter: 'stagingAdds', connector: 'ad', id: guid(5) },
  ])
  expect(await store.findByDn(['cn=account 2,ou=other,dc=contoso,dc=local'])).toHaveProperty('size', 1)
})

test('the same round again changes nothing and makes no version', async () => {
  const store = await openWriter()
  await importAll(store, [guest(1), guest(2)], 'entra')
  const round = [changed(1, { mail: ['a@x.example'] }), removed(2, 'softDeleted'), { kind: 'replaced' as const, object: guest(3) }]
  const first = await importDelta(store, round)
  const second = await importDelta(store, round)
  expect(second.counters).toEqual({ stagingUnchanged: 2, stagingAdds: 0, stagingUpdates: 0, stagingRenames: 0, stagingDeletes: 0 })
  expect(await store.changedSince('entra', first.run, null, 10)).toEqual([])
})

test('an object that changes after it was removed has come back with what is known of it', async () => {
  const store = await openWriter()
  await importAll(store, [guest(1, { surname: ['Rossi'] })], 'entra')
  await importDelta(store, [removed(1), changed(1, { mail: ['a@x.example'] })])
  expect(await attributesOf(store, 1)).toEqual({ id: [guid(1)], surname: ['Rossi'], mail: ['a@x.example'] })
})

test('says which change could not be applied because nothing else of its object is stored', async () => {
  const store = await openWriter()
  const { run, counters } = await importDelta(store, [changed(1, { mail: ['a@x.example'] })])
  expect(counters['stagingAdds']).toBe(0)
  expect(await store.connectorRow('entra', guid(1))).toBeNull()
  expect(await store.runProblems(run, 10)).toMatchObject([{ kind: 'importIncomplete', connector: 'entra', object: guid(1) }])
})

test('remembers that a guest was soft-deleted until the guest is back', async () => {
  const store = await openWriter()
  await importAll(store, [guest(1), guest(2)], 'entra')
  await importDelta(store, [removed(1, 'softDeleted'), removed(2, 'deleted')])
  expect([...await store.absences([guid(1), guid(2)])]).toEqual([[guid(1), { kind: 'softDeleted', deletedAt: null }]])
  await importDelta(store, [{ kind: 'replaced', object: guest(1) }])
  expect((await store.absences([guid(1)])).size).toBe(0)
})

test('leaves the link of a removed account dangling, and takes it up when the account is back', async () => {
  const store = await openWriter()
  await importAll(store, [account(1)])
  await writePersons(store, [person(1, {}, [linkTo(account(1))])])
  await importDelta(store, [removed(1)], 'ad')
  expect(await store.danglingLinks('ad')).toEqual([{ anchor: guid(1), metaverseId: person(1, {}).id }])
  await importDelta(store, [{ kind: 'replaced', object: account(1) }], 'ad')
  expect(await store.danglingLinks('ad')).toEqual([])
  expect((await store.connectorRow('ad', guid(1)))?.metaverseId).toBe(person(1, {}).id)
})

test('confirms what it names and nothing else', async () => {
  const store = await openWriter()
  await importAll(store, [account(1), account(2), account(3)])
  const run = await beginRun(store, 'export')
  for (const [number, kind] of [[1, 'update'], [2, 'update'], [3, 'delete']] as const) {
    const action = kind === 'delete' ? 'delete' : 'modify'
    await store.journalAfter(await store.journalBefore(entryOf(run, changeOf(number, kind), { action })), { kind: 'done', at: morning, anchor: guid(number) })
  }
  await importDelta(store, [changed(1, { sn: ['x'] }), removed(3)], 'ad')
  expect((await store.awaitingConfirmation()).map(({ anchor }) => anchor)).toEqual([guid(2)])
})

test('keeps the names of the domain in step with accounts that come, are renamed or go', async () => {
  const store = await openWriter()
  const run = await beginRun(store)
  await store.stagePage(run, [account(1), account(2)])
  await store.stageNames(run, [1, 2, 7].map((number) => ({ accountName: `Name${number}`, dn: `CN=${number}`, anchor: guid(number) })))
  await store.applyFullImport(run, 'ad', {})
  await importDelta(store, [changed(1, { sAMAccountName: ['Other1'] }), removed(2), { kind: 'replaced', object: account(3, { sAMAccountName: ['Name3'] }) }], 'ad')
  const names = await store.findNames(['name1', 'OTHER1', 'name2', 'name3', 'name7'])
  expect([...names.keys()].sort()).toEqual(['name3', 'name7', 'other1'])
  await importDelta(store, [removed(3, 'movedOut')], 'ad')
  expect((await store.findNames(['name3'])).size).toBe(1)
})

test('stores its watermarks together with the round, and drops the staging', async () => {
  const store = await openWriter()
  const { run } = await importDelta(store, [{ kind: 'replaced', object: guest(1) }], 'entra', { 'entra.delta': 'token 2' })
  expect(await store.watermark('entra.delta')).toBe('token 2')
  expect((await store.applyDeltaImport(run, 'entra', {}))['stagingUnchanged']).toBe(0)
})

test('a deletion that a look has shown takes the object, its disconnector and its expectation', async () => {
  const store = await openWriter()
  await importAll(store, [account(1), account(2)])
  const sync = await beginRun(store, 'fullSync', null)
  await store.writeMetaverse(sync, { ...emptyBatch, disconnectors: [{ connector: 'ad', anchor: guid(1), reason: { kind: 'noMatch' } }] })
  const run = await beginRun(store, 'export')
  await store.journalAfter(await store.journalBefore(entryOf(run, changeOf(1, 'delete'), { action: 'delete' })), { kind: 'done', at: morning, anchor: guid(1) })
  await store.confirmImport(run, [], [{ connector: 'ad', anchor: guid(1) }])
  expect(await store.connectorRow('ad', guid(1))).toBeNull()
  expect(await store.awaitingConfirmation()).toEqual([])
  expect((await store.unlinkedBatch('ad', null, 10)).map((row) => row.object.anchor)).toEqual([guid(2)])
  expect((await store.connectorRowAsOf('ad', guid(1), sync))?.disconnector).toEqual({ kind: 'noMatch' })
})
