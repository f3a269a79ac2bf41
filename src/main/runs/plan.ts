import { changeKinds, type Change } from '../../shared/domain/change.ts'
import type { PlanBlock, PlanCounts, PlanHeader, PlanLine } from '../../shared/domain/plan.ts'
import { planHeaderWatermark, type StoreReader } from '../store/store.ts'
import { startPlanHash } from './planHash.ts'
import { addCounts, countForThresholds, findExceeded, type Limits, type ThresholdCounts } from './thresholds.ts'

/** The plan of the last synchronisation, less what has been exported since. Lines are read when they are needed. */
export type Plan = {
  readonly header: PlanHeader
  readonly hash: string
  readonly counts: PlanCounts
  readonly lines: () => AsyncGenerator<PlanLine>
}

const batchSize = 500

/** Null where no synchronisation has made one yet. */
export async function readPlan(store: StoreReader): Promise<Plan | null> {
  const header = await readPlanHeader(store)
  if (header === null) return null
  const lines = () => pendingLines(store)
  return { header, lines, ...(await summarize(header, lines())) }
}

export async function readPlanHeader(store: StoreReader): Promise<PlanHeader | null> {
  const text = await store.watermark(planHeaderWatermark)
  return text === null ? null : (JSON.parse(text) as PlanHeader)
}

export async function summarize(header: PlanHeader, lines: AsyncIterable<PlanLine>): Promise<{ hash: string; counts: PlanCounts }> {
  const hash = startPlanHash(header)
  const counts = { ...emptyCounts() }
  for await (const line of lines) {
    hash.add(line.hash)
    counts[line.change.kind] += 1
    counts.total += 1
  }
  return { hash: hash.digest(), counts }
}

/** A plan that holds this one change and nothing else: what `preview` shows and `provision` approves. */
export function planOfOne(header: PlanHeader, line: PlanLine): Plan {
  const hash = startPlanHash(header)
  hash.add(line.hash)
  const counts = { ...emptyCounts(), [line.change.kind]: 1, total: 1 }
  return { header, hash: hash.digest(), counts, lines: async function* () { yield line } }
}

/** Thresholds of the plan and of the last 24 hours together; computed again at export (invariant 3). */
export async function findBlocks(store: StoreReader, plan: Pick<Plan, 'lines'>, limits: Limits, now: string): Promise<readonly PlanBlock[]> {
  return (await judgeThresholds(store, plan, limits, now)).blocks
}

/** `counted`: what the plan would do together with what was written in the last 24 hours. */
export async function judgeThresholds(store: StoreReader, plan: Pick<Plan, 'lines'>, limits: Limits, now: string): Promise<{ readonly blocks: readonly PlanBlock[]; readonly counted: ThresholdCounts }> {
  let planned: ThresholdCounts = countForThresholds([])
  for await (const line of plan.lines()) planned = addCounts(planned, countForThresholds([line.change]))
  const recent = countForThresholds(await store.changesWrittenSince(dayBefore(now)))
  return { blocks: findExceeded(planned, recent, await countManagedAccounts(store), limits), counted: addCounts(planned, recent) }
}

/** Accounts of the last import that belong to a person in the metaverse. */
export async function countManagedAccounts(store: StoreReader): Promise<number> {
  return store.countLinked('ad')
}

async function* pendingLines(store: StoreReader): AsyncGenerator<PlanLine> {
  let after: { kind: Change['kind']; metaverseId: string } | null = null
  for (;;) {
    const batch: Awaited<ReturnType<StoreReader['pendingBatch']>> = await store.pendingBatch(after, batchSize)
    const last = batch.at(-1)
    if (last === undefined) return
    for (const { change, hash } of batch) yield { change, hash }
    after = { kind: last.change.kind, metaverseId: last.change.metaverseId }
  }
}

function emptyCounts(): Record<Change['kind'] | 'total', number> {
  return Object.fromEntries([...changeKinds, 'total'].map((kind) => [kind, 0])) as Record<Change['kind'] | 'total', number>
}

function dayBefore(now: string): string {
  return new Date(Date.parse(now) - 24 * 60 * 60 * 1000).toISOString()
}
