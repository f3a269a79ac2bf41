import type { PlanHeader } from '../../shared/domain/plan.ts'
import { countStoredPlan, readPlan, type Plan } from '../runs/plan.ts'
import type { ThresholdCounts } from '../runs/thresholds.ts'
import type { StoreReader } from '../store/store.ts'

/** The stored plan in figures. `planned`: what it counts against the thresholds, without the last 24 hours. */
export type PlanDigest = Pick<Plan, 'hash' | 'counts'> & { readonly header: PlanHeader; readonly planned: ThresholdCounts }

/** Reads the figures of the stored plan once for each version of the store, however many screens ask. Null: there is no plan. */
export function openPlanDigest(reader: StoreReader): () => Promise<PlanDigest | null> {
  let kept: { readonly version: number; readonly digest: Promise<PlanDigest | null> } | null = null
  return async () => {
    const version = await reader.version()
    if (kept?.version === version) return kept.digest
    const digest = digestPlan(reader)
    const keeping = { version, digest }
    kept = keeping
    // A failure is for those who asked; the next one asks the store again.
    digest.catch(() => { if (kept === keeping) kept = null })
    return digest
  }
}

async function digestPlan(reader: StoreReader): Promise<PlanDigest | null> {
  const plan = await readPlan(reader)
  return plan === null ? null : { header: plan.header, hash: plan.hash, counts: plan.counts, planned: await countStoredPlan(reader, plan.counts) }
}
