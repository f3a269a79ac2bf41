import { expect, test } from 'vitest'
import type { RunEnd } from '../../../src/main/store/store.ts'
import type { ObjectProblem } from '../../../src/shared/domain/problem.ts'
import { account, createOf, morning } from '../rows.ts'
import { beginRun, openWriter, temporaryWorkspace } from '../worlds.ts'

const evening = '2026-03-01T20:00:00.000Z'
const succeeded: RunEnd = { status: 'succeeded', endedAt: evening, counters: { stagingAdds: 3 }, problem: null }

test('remembers a run from its beginning to its end', async () => {
  const store = await openWriter()
  const id = await store.beginRun({ profile: 'Guests, full', step: 'fullImport', connector: 'entra', startedAt: morning })
  const begun = { id, profile: 'Guests, full', step: 'fullImport', connector: 'entra', startedAt: morning }
  expect(await store.run(id)).toEqual({ ...begun, endedAt: null, status: 'running', counters: {}, problem: null })
  const problem = { kind: 'throttled' as const, message: 'Too many requests', remedy: 'Wait', detail: { status: 429 } }
  await store.endRun(id, { status: 'failed', endedAt: evening, counters: { stagingAdds: 3 }, problem })
  expect(await store.run(id)).toEqual({ ...begun, endedAt: evening, status: 'failed', counters: { stagingAdds: 3 }, problem })
  expect(await store.run(id + 1)).toBeNull()
})

test('ends a run once', async () => {
  const store = await openWriter()
  const id = await beginRun(store)
  await store.endRun(id, succeeded)
  await expect(store.endRun(id, { ...succeeded, status: 'failed' })).rejects.toMatchObject({ problem: { kind: 'internal' } })
  expect((await store.run(id))?.status).toBe('succeeded')
})

test('lists runs, the latest first, in pages', async () => {
  const store = await openWriter()
  const ids = [await beginRun(store), await beginRun(store), await beginRun(store)]
  expect((await store.runs(2)).map((run) => run.id)).toEqual([ids[2], ids[1]])
  expect((await store.runs(2, ids[1])).map((run) => run.id)).toEqual([ids[0]])
})

test('finds the last run of a step that went to its end, by connector', async () => {
  const store = await openWriter()
  const end = async (status: RunEnd['status'], step: 'fullImport' | 'fullSync', connector: 'ad' | 'entra' | null) => {
    const id = await beginRun(store, step, connector)
    await store.endRun(id, { ...succeeded, status })
    return id
  }
  const withErrors = await end('completedWithErrors', 'fullImport', 'ad')
  await end('failed', 'fullImport', 'ad')
  await end('stopped', 'fullImport', 'ad')
  await beginRun(store, 'fullImport', 'ad')
  const ofEntra = await end('succeeded', 'fullImport', 'entra')
  const synchronization = await end('succeeded', 'fullSync', null)
  expect((await store.lastCompleted('fullImport', 'ad'))?.id).toBe(withErrors)
  expect((await store.lastCompleted('fullImport', 'entra'))?.id).toBe(ofEntra)
  expect((await store.lastCompleted('fullSync', null))?.id).toBe(synchronization)
  expect(await store.lastCompleted('export', 'ad')).toBeNull()
})

test('keeps the problems of a run in the order in which they came', async () => {
  const store = await openWriter()
  const run = await beginRun(store)
  const problem = (object: string): ObjectProblem => ({ kind: 'valueMissing', message: 'No name', remedy: 'Name it', connector: 'entra', object })
  await store.addProblems(run, [problem('b'), problem('a')])
  await store.addProblems(run, [problem('c')])
  expect((await store.runProblems(run, 2)).map((found) => found.object)).toEqual(['b', 'a'])
  expect(await store.runProblems(run, 9)).toEqual([problem('b'), problem('a'), problem('c')])
  expect(await store.runProblems(run + 1, 9)).toEqual([])
})

test('recovery marks runs that nobody ended as interrupted and drops all staging', async () => {
  const folder = temporaryWorkspace()
  const dead = await openWriter(folder)
  const ended = await beginRun(dead)
  await dead.endRun(ended, succeeded)
  const [importing, synchronizing] = [await beginRun(dead), await beginRun(dead, 'fullSync', null)]
  await dead.stagePage(importing, [account(1)])
  await dead.addPending(synchronizing, [{ run: synchronizing, change: createOf(1), hash: 'h' }], [])
  await dead.close()

  const store = await openWriter(folder)
  const recovered = await store.recover(evening)
  expect(recovered.map((run) => [run.id, run.status, run.endedAt])).toEqual([[importing, 'interrupted', evening], [synchronizing, 'interrupted', evening]])
  expect((await store.run(ended))?.status).toBe('succeeded')
  expect(await store.stagedCount(importing, 'ad')).toBe(0)
  await store.commitPending(synchronizing)
  expect(await store.pendingBatch(null, 10)).toEqual([])
  expect(await store.recover(evening)).toEqual([])
})
