import type { PlanBlock } from '../../shared/domain/plan.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { DomainIdentity } from '../connectors/connector.ts'
import type { StoreReader } from '../store/store.ts'
import { importWatermarks } from './importStep.ts'
import { findBlocks, type Plan } from './plan.ts'
import { applyLifts, type Lift, type Limits } from './thresholds.ts'

export type ExportConditions = {
  readonly approvedHash: string
  readonly workspace: string
  readonly rulesHash: string
  readonly domain: DomainIdentity
  readonly limits: Limits
  /** Thresholds that the approval lifts for this plan. */
  readonly lifts: readonly Lift[]
  readonly now: string
}

export type LiftedBlock = PlanBlock & { readonly note: string }
export type Clearance = { readonly kind: 'cleared'; readonly lifted: readonly LiftedBlock[] } | { readonly kind: 'blocked'; readonly blocks: readonly PlanBlock[] }

/** Everything that is refused before the first write: another plan than the approved one, another world, thresholds. */
export async function checkExport(store: StoreReader, plan: Plan, conditions: ExportConditions): Promise<Result<Clearance, Problem>> {
  if (plan.hash !== conditions.approvedHash.toLowerCase()) return fail(notApproved(plan.hash, conditions.approvedHash))
  const foreign = await findForeign(store, plan, conditions)
  if (foreign !== null) return fail(foreign)
  const { blocking, lifted } = applyLifts(await findBlocks(store, plan, conditions.limits, conditions.now), conditions.lifts)
  return succeed(blocking.length > 0 ? { kind: 'blocked', blocks: blocking } : { kind: 'cleared', lifted })
}

async function findForeign(store: StoreReader, { header }: Plan, conditions: ExportConditions): Promise<Problem | null> {
  const tenant = await store.watermark(importWatermarks.tenant)
  const run = await store.run(header.runs.synchronization)
  const bindings = [
    { what: 'workspace', plan: header.workspace, here: conditions.workspace },
    { what: 'tenant', plan: header.tenant, here: tenant ?? 'none' },
    { what: 'domain', plan: header.domainSid, here: conditions.domain.domainSid },
    { what: 'rules and settings', plan: header.rulesHash, here: conditions.rulesHash },
    { what: 'synchronisation', plan: header.plannedAt, here: run?.step === 'fullSync' || run?.step === 'deltaSync' ? header.plannedAt : 'none' },
  ]
  const different = bindings.find((binding) => binding.plan !== binding.here)
  if (different === undefined) return null
  return {
    kind: 'planForeign',
    message: `Nothing was written: the plan was made for another ${different.what} (${different.plan}) than this one (${different.here}).`,
    remedy: 'Run the cycle here, review the new plan and approve that one.',
    detail: { differs: different.what, plan: different.plan, here: different.here },
  }
}

function notApproved(hash: string, approved: string): Problem {
  return {
    kind: 'approvalMismatch',
    message: `Nothing was written: the plan's hash is ${hash}, but ${approved} was approved.`,
    remedy: 'Read the plan with that hash, or approve this one after reading it.',
    detail: { hash, approved },
  }
}
