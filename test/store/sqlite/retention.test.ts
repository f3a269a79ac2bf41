import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { storeFile } from '../../../src/main/store/sqlite/openStore.ts'
import type { StoreWriter } from '../../../src/main/store/store.ts'
import { planHeaderWatermark } from '../../../src/main/store/store.ts'
import type { ConnectorObject } from '../../../src/shared/domain/connectorObject.ts'
import { account, changeOf, createOf, entryOf, guest, guid, linkTo, morning, person } from '../rows.ts'
import { beginRun, emptyBatch, importDelta, openWriter, temporaryWorkspace } from '../worlds.ts'

const id = person(1, {}).id
const dayOf = (day: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + day * 86_400_000).toISOString()

async function importOn(store: StoreWriter, day: number, objects: readonly ConnectorObject[]): Promise<number> {
  const run = await store.beginRun({ profile: 'full', step: 'fullImport', connector: 'ad', startedAt: dayOf(day) })
  await store.stagePage(run, objects)
  await store.endRun(run, { status: 'succeeded', endedAt: dayOf(day), counters: await store.applyFullImport(run, 'ad', {}), problem: null })
  return run
}

async function write(store: StoreWriter, change: Parameters<typeof entryOf>[1], outcome: 'done' | 'none'): Promise<number> {
  const run = await store.beginRun({ profile: 'export', step: 'export', connector: 'ad', startedAt: dayOf(0) })
  const entry = await store.journalBefore(entryOf(run, change, { changeHash: `hash ${run}` }))
  if (outcome === 'done') await store.journalAfter(entry, { kind: 'done', at: dayOf(0), anchor: change.anchor ?? guid(1) })
  await store.endRun(run, { status: 'succeeded', endedAt: dayOf(0), counters: {}, problem: null })
  return run
}

test('drops runs from before the instant, their evidence, and the versions that no kept run has seen', async () => {
  const store = await openWriter()
  const [first, second, third, fourth] = [
    await importOn(store, 1, [account(1, { sn: ['1'] })]), await importOn(store, 2, [account(1, { sn: ['2'] })]),
    await importOn(store, 3, [account(1, { sn: ['3'] })]), await importOn(store, 4, [account(1, { sn: ['4'] })]),
  ]
  expect(await store.expire(dayOf(3))).toEqual({ runs: 2, versions: 2 })
  expect((await store.runs(10)).map((run) => run.id)).toEqual([fourth, third])
  expect(await store.connectorRowAsOf('ad', guid(1), first)).toBeNull()
  expect((await store.connectorRowAsOf('ad', guid(1), third))?.object.attributes['sn']).toEqual(['3'])
  expect(await store.objectsOfRun(second, null, null, 10)).toEqual([])
  expect(await store.objectsOfRun(fourth, null, null, 10)).toHaveLength(1)
  expect(await store.expire(dayOf(3))).toEqual({ runs: 0, versions: 0 })
})

test('the last good run of a step stays however old it is, with what was then', async () => {
  const store = await openWriter()
  const good = await importOn(store, 1, [account(1, { sn: ['1'] })])
  const broken = await store.beginRun({ profile: 'full', step: 'fullImport', connector: 'ad', startedAt: dayOf(2) })
  await store.endRun(broken, { status: 'failed', endedAt: dayOf(2), counters: {}, problem: null })
  const delta = await importDelta(store, [{ kind: 'changed', anchor: guid(1), dn: null, attributes: { sn: ['2'] } }], 'ad')
  await store.expire(dayOf(300))
  expect((await store.runs(10)).map((run) => run.id)).toEqual([delta.run, good])
  expect((await store.connectorRowAsOf('ad', guid(1), good))?.object.attributes['sn']).toEqual(['1'])
})

test('what waits for its outcome, for confirmation or for approval stays, with the imports that the plan was made from', async () => {
  const store = await openWriter()
  const [planned, later] = [await importOn(store, 1, [account(1)]), await importOn(store, 2, [account(1)])]
  const sync = await store.beginRun({ profile: 'full', step: 'fullSync', connector: null, startedAt: dayOf(2) })
  await store.beginPending(sync)
  await store.addPending(sync, [{ run: sync, change: createOf(2), hash: 'h' }], [])
  await store.setWatermark(planHeaderWatermark, JSON.stringify({ runs: { synchronization: sync, adImport: planned, entraImport: later } }))
  await store.commitPending(sync)
  await store.endRun(sync, { status: 'stopped', endedAt: dayOf(2), counters: {}, problem: null })
  const awaiting = await write(store, changeOf(1, 'update'), 'done')
  const open = await write(store, changeOf(3, 'update'), 'none')
  const done = await write(store, changeOf(4, 'update'), 'done')
  await store.confirmImport(done, [{ object: account(4), link: null }])
  expect((await store.expire(dayOf(300))).runs).toBe(0)
  expect((await store.runs(10)).map((run) => run.id).sort()).toEqual([planned, later, sync, awaiting, open, done].sort())
})

test('a journal that nobody waits for expires with its run, and a plan that was replaced with its synchronisation', async () => {
  const store = await openWriter()
  const plan = async () => {
    const run = await store.beginRun({ profile: 'full', step: 'fullSync', connector: null, startedAt: dayOf(1) })
    await store.beginPending(run)
    await store.addPending(run, [{ run, change: createOf(1), hash: `hash ${run}` }], [])
    await store.setWatermark(planHeaderWatermark, JSON.stringify({ runs: { synchronization: run } }))
    await store.commitPending(run)
    await store.endRun(run, { status: 'succeeded', endedAt: dayOf(1), counters: {}, problem: null })
    return run
  }
  const exported = await write(store, changeOf(1, 'update'), 'done')
  await store.confirmImport(exported, [{ object: account(1), link: null }])
  await write(store, changeOf(2, 'update'), 'none').then((run) => store.journalAfter(2, { kind: 'refused', at: morning, problem: { kind: 'unwilling', message: String(run), remedy: '' } }))
  const [first, second] = [await plan(), await plan()]
  await store.expire(dayOf(300))
  expect(await store.journalOfRun(exported)).toEqual([])
  expect(await store.planOfRun(first)).toBeNull()
  expect(await store.planOfRun(second)).not.toBeNull()
  expect((await store.pendingExport(id))?.hash).toBe(`hash ${second}`)
})

const secret = 'Annabella-Rossi-of-Fabrikam'

async function worldOfAnna(folder: string): Promise<StoreWriter> {
  const store = await openWriter(folder)
  const ad = await beginRun(store)
  await store.stagePage(ad, [account(1, { description: [secret] }), account(2)])
  await store.stageNames(ad, [{ accountName: secret, dn: `CN=${secret}`, anchor: guid(1) }, { accountName: 'other', dn: 'CN=other', anchor: guid(2) }])
  await store.applyFullImport(ad, 'ad', {})
  await importDelta(store, [{ kind: 'replaced', object: guest(1, { displayName: [secret] }) }, { kind: 'replaced', object: guest(2) }])
  const sync = await beginRun(store, 'fullSync', null)
  const persons = [person(1, { uid: secret, displayName: secret }, [linkTo(guest(1)), linkTo(account(1))]), person(2, { uid: 'b' }, [linkTo(guest(2)), linkTo(account(2))])]
  await store.writeMetaverse(sync, { ...emptyBatch, upserts: persons })
  await store.addRunObjects(sync, persons.map((object) => ({ counter: 'projections', connector: 'metaverse', id: object.id })))
  await store.addProblems(sync, [{ kind: 'valueMissing', connector: 'metaverse', object: id, message: secret, remedy: '' }])
  await store.putHold({ metaverseId: id, cause: 'excluded', note: secret, by: 'b', since: morning })
  await store.putJoinDecision({ anchor: guid(7), decision: { kind: 'join', metaverseId: id }, note: secret, by: 'b', at: morning })
  return store
}

test('a purged person is nowhere in the folder any more, and everybody else is', async () => {
  const folder = temporaryWorkspace()
  const store = await worldOfAnna(folder)
  await importDelta(store, [{ kind: 'changed', anchor: guid(1), dn: null, attributes: { description: ['changed'] } }], 'ad')
  const written = await write(store, { ...changeOf(1, 'update'), rule: secret }, 'done')
  await store.confirmImport(written, [{ object: account(1), link: null }])
  expect(await store.purgePerson(id)).toBeGreaterThan(10)
  expect([await store.metaverseObject(id), await store.connectorRow('ad', guid(1)), await store.connectorRow('entra', guid(1))]).toEqual([null, null, null])
  expect(await store.searchMetaverse({ clauses: [], text: secret }, null, 10)).toEqual([])
  expect(await store.holds()).toEqual([])
  expect((await store.connectorRow('ad', guid(2)))?.metaverseId).toBe(person(2, {}).id)
  expect((await store.findNames(['other', secret])).size).toBe(1)
  expect(await store.purgePerson(id)).toBe(0)
  await store.close()
  const content = readdirSync(folder).map((file) => readFileSync(join(folder, file)))
  for (const trace of [secret, secret.toLowerCase(), guid(1)]) expect(content.some((bytes) => bytes.includes(trace))).toBe(false)
})

test('what waits for confirmation or approval survives the purge of its person', async () => {
  const store = await worldOfAnna(temporaryWorkspace())
  const run = await write(store, createOf(1), 'done')
  const sync = await beginRun(store, 'fullSync', null)
  await store.beginPending(sync)
  await store.addPending(sync, [{ run: sync, change: changeOf(1, 'update'), hash: 'h' }], [])
  await store.commitPending(sync)
  await store.purgePerson(id)
  expect(await store.pendingExport(id)).not.toBeNull()
  expect(await store.awaitingConfirmation()).toHaveLength(1)
  expect(await store.journalOfRun(run)).toHaveLength(1)
})

test('over many cycles of change the store stays as large as its retention makes it', { timeout: 120_000 }, async () => {
  const folder = temporaryWorkspace()
  const store = await openWriter(folder)
  const population = 500
  await importOn(store, 0, Array.from({ length: population }, (_, number) => account(number, { description: ['x'.repeat(400)] })))
  const pagesAfter: number[] = []
  for (let day = 1; day <= 240; day += 1) {
    const run = await store.beginRun({ profile: 'delta', step: 'deltaImport', connector: 'ad', startedAt: dayOf(day) })
    const changed = Array.from({ length: population / 20 }, (_, index) => (day * 25 + index) % population)
    await store.stageDelta(run, 'ad', changed.map((number) => ({ kind: 'changed', anchor: guid(number), dn: null, attributes: { sn: [`name of day ${day}`] } })))
    await store.endRun(run, { status: 'succeeded', endedAt: dayOf(day), counters: await store.applyDeltaImport(run, 'ad', {}), problem: null })
    await store.expire(dayOf(day - 30))
    if (day % 60 === 0) pagesAfter.push(pageCount(folder))
  }
  const [early = 0, , , late = 0] = pagesAfter
  expect(late).toBeLessThanOrEqual(early * 1.05)
  expect(await store.runs(1_000)).toHaveLength(32)
  expect(statSync(storeFile(folder)).size).toBeGreaterThan(0)
})

function pageCount(folder: string): number {
  const database = new DatabaseSync(storeFile(folder), { readOnly: true })
  const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count'])
  database.close()
  return pages
}
