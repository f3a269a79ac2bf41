import { changeKinds, type Change } from '../../shared/domain/change.ts'
import type { PlanBlock, PlanCounts, PlanHeader, PlanLine } from '../../shared/domain/plan.ts'
import { planHeaderWatermark, type PendingKey, type StoreReader } from '../store/store.ts'
import { startPlanHash } from './planHash.ts'
import { giveWay } from './runContext.ts'
import { addCounts, countForThresholds, countOfKind, findExceeded, isCountedByKind, type Limits, type ThresholdCounts } from './thresholds.ts'

/** The plan of the last synchronisation, less what has been exported since. Lines are read when they are needed. */
export type Plan = {
  readonly header: PlanHeader
  readonly hash: string
  readonly counts: PlanCounts
  readonly lines: () => AsyncGenerator<PlanLine>
}

const batchSize = 500
const hashBatchSize = 5_000

/** Null where no synchronisation has made one yet. */
export async function readPlan(store: StoreReader): Promise<Plan | null> {
  const header = await readPlanHeader(store)
  if (header === null) return null
  return { header, lines: () => pendingLines(store, null), ...(await summarizePending(store, header)) }
}

/** From the hashes alone: a plan of 100,000 changes is summed up without parsing one of them. */
async function summarizePending(store: StoreReader, header: PlanHeader): Promise<Pick<Plan, 'hash' | 'counts'>> {
  const hash = startPlanHash(header)
  const counts = { ...emptyCounts() }
  let after: PendingKey | null = null
  for (;;) {
    const batch: Awaited<ReturnType<StoreReader['pendingHashBatch']>> = await store.pendingHashBatch(after, hashBatchSize)
    for (const line of batch) {
      hash.add(line.hash)
      counts[line.kind] += 1
      counts.total += 1
      after = line
    }
    if (batch.length < hashBatchSize) return { hash: hash.digest(), counts }
    await giveWay()
  }
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
export async function judgeThresholds(store: StoreReader, plan: Pick<Plan, 'lines'>, limits: Limits, now: string): Promise<ThresholdJudgement> {
  let planned: ThresholdCounts = countForThresholds([])
  for await (const line of plan.lines()) planned = addCounts(planned, countForThresholds([line.change]))
  return judgeCounts(store, planned, limits, now)
}

export type ThresholdJudgement = { readonly blocks: readonly PlanBlock[]; readonly counted: ThresholdCounts }

/** As `judgeThresholds`, for a plan that was counted before. */
export async function judgeCounts(store: StoreReader, planned: ThresholdCounts, limits: Limits, now: string): Promise<ThresholdJudgement> {
  const recent = countForThresholds(await store.changesWrittenSince(dayBefore(now)))
  return { blocks: findExceeded(planned, recent, await countManagedAccounts(store), limits), counted: addCounts(planned, recent) }
}

/** What `countForThresholds` says of the stored plan; only changes whose kind does not settle it are read. */
export async function countStoredPlan(store: StoreReader, counts: PlanCounts): Promise<ThresholdCounts> {
  let planned: ThresholdCounts = countForThresholds([])
  for (const kind of changeKinds) {
    if (isCountedByKind(kind)) planned = addCounts(planned, countOfKind(kind, counts[kind]))
    else if (counts[kind] > 0) for await (const { change } of pendingLines(store, kind)) planned = addCounts(planned, countForThresholds([change]))
  }
  return planned
}

/** Accounts of the last import that belong to a person in the metaverse. */
export async function countManagedAccounts(store: StoreReader): Promise<number> {
  return store.countLinked('ad')
}

/** `kind`: only those; null: all. */
async function* pendingLines(store: StoreReader, kind: Change['kind'] | null): AsyncGenerator<PlanLine> {
  let after: PendingKey | null = kind === null ? null : { kind, metaverseId: '' }
  for (;;) {
    const batch: Awaited<ReturnType<StoreReader['pendingBatch']>> = await store.pendingBatch(after, batchSize)
    for (const { change, hash } of batch) {
      if (kind !== null && change.kind !== kind) return
      yield { change, hash }
      after = { kind: change.kind, metaverseId: change.metaverseId }
    }
    if (batch.length < batchSize) return
    await giveWay()
  }
}

function emptyCounts(): Record<Change['kind'] | 'total', number> {
  return Object.fromEntries([...changeKinds, 'total'].map((kind) => [kind, 0])) as Record<Change['kind'] | 'total', number>
}

function dayBefore(now: string): string {
  return new Date(Date.parse(now) - 24 * 60 * 60 * 1000).toISOString()
}
