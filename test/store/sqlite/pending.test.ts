import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { storeFile } from '../../../src/main/store/sqlite/openStore.ts'
import type { PendingExport, PendingKey, StoreWriter } from '../../../src/main/store/store.ts'
import type { Change } from '../../../src/shared/domain/change.ts'
import { changeOf, createOf, person } from '../rows.ts'
import { beginRun, openWriter, temporaryWorkspace } from '../worlds.ts'

const idOf = (number: number) => person(number, {}).id

async function plan(store: StoreWriter, changes: readonly Change[], unchanged: readonly number[] = []): Promise<number> {
  const run = await beginRun(store, 'fullSync', null)
  await store.beginPending(run)
  for (const change of changes) await store.addPending(run, [{ run, change, hash: `hash of ${change.metaverseId}` }], [])
  await store.addPending(run, [], unchanged.map((number) => ({ metaverseId: idOf(number), reason: { kind: 'unchanged' } })))
  await store.commitPending(run)
  return run
}

async function stream(store: StoreWriter, limit: number): Promise<readonly PendingExport[]> {
  const all: PendingExport[] = []
  let after: PendingKey | null = null
  for (;;) {
    const batch: readonly PendingExport[] = await store.pendingBatch(after, limit)
    all.push(...batch)
    const last = batch.at(-1)
    if (last === undefined) return all
    after = { kind: last.change.kind, metaverseId: last.change.metaverseId }
  }
}

test.each([1, 2, 3, 100])('streams pending exports in the order of review, %i at a time', async (limit) => {
  const store = await openWriter()
  const run = await plan(store, [createOf(2), createOf(1), changeOf(4, 'update'), changeOf(5, 'delete'), changeOf(3, 'update'), changeOf(6, 'rename')])
  const streamed = await stream(store, limit)
  expect(streamed.map(({ change }) => [change.kind, change.metaverseId])).toEqual([
    ['delete', idOf(5)], ['rename', idOf(6)], ['update', idOf(3)], ['update', idOf(4)], ['create', idOf(1)], ['create', idOf(2)],
  ])
  expect(streamed[4]).toEqual({ run, change: createOf(1), hash: `hash of ${idOf(1)}` })
})

test('replaces all exports and skips of the former synchronisation at once, and not before', async () => {
  const folder = temporaryWorkspace()
  const store = await openWriter(folder)
  await plan(store, [createOf(1)], [7])
  const run = await beginRun(store, 'fullSync', null)
  await store.beginPending(run)
  await store.addPending(run, [{ run, change: createOf(2), hash: 'h' }], [{ metaverseId: idOf(8), reason: { kind: 'blockedInEntra' } }])
  expect(await store.pendingExport(idOf(1))).not.toBeNull()
  expect(await store.pendingExport(idOf(2))).toBeNull()
  expect(await store.countSkips()).toEqual({ unchanged: 1 })
  await store.commitPending(run)
  expect(await store.pendingExport(idOf(1))).toBeNull()
  expect((await store.pendingExport(idOf(2)))?.change).toEqual(createOf(2))
  expect(await store.countSkips()).toEqual({ blockedInEntra: 1 })
  const database = new DatabaseSync(storeFile(folder), { readOnly: true })
  const left = database.prepare('SELECT (SELECT count(*) FROM staged_again) + (SELECT count(*) FROM staged_skip) + (SELECT count(*) FROM staged_plan) AS rows').get()
  database.close()
  expect(left?.['rows']).toBe(0)
})

test('forgets what a synchronisation that never ended had begun', async () => {
  const store = await openWriter()
  const broken = await beginRun(store, 'fullSync', null)
  await store.beginPending(broken)
  await store.addPending(broken, [{ run: broken, change: createOf(1), hash: 'h' }], [{ metaverseId: idOf(1), reason: { kind: 'unchanged' } }])
  await plan(store, [createOf(2)])
  await store.commitPending(broken)
  expect(await stream(store, 10)).toEqual([])
})

test('takes back what was planned for a person in this run, and leaves what waits from the former one until the commit', async () => {
  const store = await openWriter()
  const former = await plan(store, [createOf(1), createOf(2)])
  const run = await beginRun(store, 'fullSync', null)
  await store.beginPending(run)
  const asBefore = { run, change: createOf(1), hash: `hash of ${idOf(1)}` }
  await store.addPending(run, [asBefore, { run, change: createOf(2), hash: 'new' }, { run, change: createOf(3), hash: 'new' }, { run, change: createOf(4), hash: 'new' }], [])
  await store.withdrawPending(run, [idOf(1), idOf(3), 'nobody'])
  expect((await stream(store, 10)).map(({ change, run: plannedBy }) => [change.metaverseId, plannedBy])).toEqual([[idOf(1), former], [idOf(2), former]])
  await store.addPending(run, [{ run, change: changeOf(3, 'update'), hash: 'other' }], [])
  await store.commitPending(run)
  expect((await stream(store, 10)).map(({ change, hash }) => [change.kind, change.metaverseId, hash])).toEqual([
    ['update', idOf(3), 'other'], ['create', idOf(2), 'new'], ['create', idOf(4), 'new'],
  ])
})

test('a change that was withdrawn can be planned again in the form that waits already', async () => {
  const store = await openWriter()
  const former = await plan(store, [createOf(1)])
  const run = await beginRun(store, 'fullSync', null)
  await store.beginPending(run)
  const again = { run, change: createOf(1), hash: `hash of ${idOf(1)}` }
  await store.addPending(run, [again], [])
  await store.withdrawPending(run, [idOf(1)])
  await store.addPending(run, [again], [])
  await store.commitPending(run)
  expect((await stream(store, 10)).map((pending) => pending.run)).toEqual([former])
})

test('nobody sees what a synchronisation plans before it has ended, by whatever way they look', async () => {
  const store = await openWriter()
  const former = await plan(store, [changeOf(1, 'update')])
  const run = await beginRun(store, 'fullSync', null)
  await store.beginPending(run)
  await store.addPending(run, [{ run, change: changeOf(1, 'delete'), hash: 'new' }, { run, change: createOf(2), hash: 'new' }], [])
  expect((await stream(store, 10)).map((pending) => pending.run)).toEqual([former])
  expect((await store.pendingHashBatch(null, 10)).map(({ kind }) => kind)).toEqual(['update'])
  expect((await store.pendingExport(idOf(1)))?.change.kind).toBe('update')
  expect(await store.pendingExport(idOf(2))).toBeNull()
  await store.removePending([idOf(1)])
  expect(await stream(store, 10)).toEqual([])
  await store.commitPending(run)
  expect((await stream(store, 10)).map(({ change }) => change.kind)).toEqual(['delete', 'create'])
})

test('removes the pending exports that were written', async () => {
  const store = await openWriter()
  await plan(store, [createOf(1), createOf(2), changeOf(3, 'update')])
  await store.removePending([idOf(1), idOf(3), 'nobody'])
  expect((await stream(store, 10)).map(({ change }) => change.metaverseId)).toEqual([idOf(2)])
})

test('lists and counts skips by kind', async () => {
  const store = await openWriter()
  const run = await beginRun(store, 'fullSync', null)
  await store.beginPending(run)
  await store.addPending(run, [], [
    { metaverseId: idOf(3), reason: { kind: 'unchanged' } },
    { metaverseId: idOf(1), reason: { kind: 'awaitingConfirmation', run: 4 } },
    { metaverseId: idOf(2), reason: { kind: 'unchanged' } },
  ])
  await store.commitPending(run)
  expect(await store.countSkips()).toEqual({ awaitingConfirmation: 1, unchanged: 2 })
  expect((await store.skips(['unchanged', 'awaitingConfirmation'], 2)).map((skip) => skip.metaverseId)).toEqual([idOf(1), idOf(2)])
  expect((await store.skips(['unchanged'], 9)).map((skip) => skip.metaverseId)).toEqual([idOf(2), idOf(3)])
  expect(await store.skip(idOf(1))).toEqual({ metaverseId: idOf(1), reason: { kind: 'awaitingConfirmation', run: 4 } })
  expect(await store.skip(idOf(9))).toBeNull()
})
