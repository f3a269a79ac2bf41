import { expect, test } from 'vitest'
import type { StoreReader, StoreWriter } from '../../../src/main/store/store.ts'
import { planHeaderWatermark } from '../../../src/main/store/store.ts'
import type { Change } from '../../../src/shared/domain/change.ts'
import { changeOf, createOf, person } from '../rows.ts'
import { beginRun, openWriter } from '../worlds.ts'

const idOf = (number: number) => person(number, {}).id
const exportOf = (run: number, change: Change, version = '') => ({ run, change, hash: `${change.kind} ${change.metaverseId} ${version}` })

async function plan(store: StoreWriter, changes: readonly (Change | readonly [Change, string])[], touched: readonly number[] | null = null): Promise<number> {
  const run = await beginRun(store, touched === null ? 'fullSync' : 'deltaSync', null)
  await (touched === null ? store.beginPending(run) : store.beginPendingFor(run, touched.map(idOf)))
  await store.addPending(run, changes.map((change) => ('kind' in change ? exportOf(run, change) : exportOf(run, ...change))), [])
  await store.setWatermark(planHeaderWatermark, JSON.stringify({ runs: { synchronization: run } }))
  await store.commitPending(run)
  return run
}

async function hashesOf(store: StoreReader, run: number): Promise<readonly string[] | null> {
  const kept = await store.planOfRun(run)
  if (kept === null) return null
  const hashes: string[] = []
  for await (const { hash } of kept.exports) hashes.push(hash)
  return hashes
}

async function pendingNow(store: StoreReader): Promise<readonly string[]> {
  return (await store.pendingBatch(null, 10_000)).map(({ hash }) => hash)
}

test('a plan stays readable as it was made, after others replaced it and after it was written', async () => {
  const store = await openWriter()
  const first = await plan(store, [createOf(1), [changeOf(2, 'update'), 'old'], changeOf(3, 'delete')])
  const asMade = await pendingNow(store)
  const second = await plan(store, [createOf(1), [changeOf(2, 'update'), 'new']])
  const asMadeThen = await pendingNow(store)
  await store.removePending([idOf(1)])
  const third = await plan(store, [])
  expect(asMade).toHaveLength(3)
  expect(await hashesOf(store, first)).toEqual(asMade)
  expect(await hashesOf(store, second)).toEqual(asMadeThen)
  expect(await hashesOf(store, third)).toEqual([])
  expect((await store.planOfRun(first))?.header).toBe(JSON.stringify({ runs: { synchronization: first } }))
  expect(await store.planOfRun(99)).toBeNull()
})

test('reads a plan that is longer than a batch, in the order of review', async () => {
  const store = await openWriter()
  const changes = Array.from({ length: 1_203 }, (_, number) => (number % 2 === 0 ? createOf(number) : changeOf(number, 'update')))
  const run = await plan(store, changes)
  const asMade = await pendingNow(store)
  await plan(store, [])
  expect(asMade).toHaveLength(1_203)
  expect(await hashesOf(store, run)).toEqual(asMade)
})

test('a plan without header of its own is no plan of that run', async () => {
  const store = await openWriter()
  await plan(store, [createOf(1)])
  const run = await beginRun(store, 'fullSync', null)
  await store.beginPending(run)
  await store.commitPending(run)
  expect(await store.planOfRun(run)).toBeNull()
})

test('a delta synchronisation replaces what is pending for the persons that it touched, and for nobody else', async () => {
  const store = await openWriter()
  const first = await plan(store, [createOf(1), createOf(2), createOf(3)])
  const run = await beginRun(store, 'deltaSync', null)
  await store.beginPendingFor(run, [idOf(1)])
  await store.beginPendingFor(run, [idOf(2)])
  await store.addPending(run, [exportOf(run, createOf(2), 'new')], [{ metaverseId: idOf(4), reason: { kind: 'unchanged' } }])
  expect(await pendingNow(store)).toHaveLength(3)
  await store.commitPending(run)
  expect((await store.pendingBatch(null, 10)).map(({ run: madeBy, hash }) => [madeBy, hash])).toEqual([
    [run, exportOf(run, createOf(2), 'new').hash], [first, exportOf(first, createOf(3)).hash],
  ])
  expect(await store.countSkips()).toEqual({ unchanged: 1 })
  const next = await beginRun(store, 'deltaSync', null)
  await store.beginPendingFor(next, [idOf(4)])
  await store.commitPending(next)
  expect(await store.countSkips()).toEqual({})
  expect(await hashesOf(store, first)).toHaveLength(3)
})

test('an export that is planned again unchanged is stored once', async () => {
  const store = await openWriter()
  const first = await plan(store, [createOf(1)])
  const second = await plan(store, [createOf(1)])
  expect((await store.pendingExport(idOf(1)))?.run).toBe(first)
  expect(await hashesOf(store, first)).toEqual(await hashesOf(store, second))
})
