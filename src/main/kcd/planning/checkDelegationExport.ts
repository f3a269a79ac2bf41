import type { DelegationPlan, DelegationThreshold } from '../../../shared/domain/delegationPlan.ts'
import type { Sid } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { DelegationJournalReader } from '../../store/delegationJournal.ts'

export type DelegationConditions = {
  /** The whole hash that was approved, 64 characters. */
  readonly approvedHash: string
  readonly workspace: string
  /** Of the controller that will write. */
  readonly domainSid: Sid
  readonly limit: number
  /** An approver's word that this plan may exceed the limit; null: there is none. */
  readonly lift: string | null
  readonly now: string
}

export type DelegationClearance =
  | { readonly kind: 'cleared'; readonly lifted: (DelegationThreshold & { readonly note: string }) | null }
  | { readonly kind: 'blocked'; readonly threshold: DelegationThreshold }

/** Everything that is refused before the first write: another plan than the approved one, another world, the limit. */
export async function checkDelegationExport(store: DelegationJournalReader, plan: DelegationPlan, conditions: DelegationConditions): Promise<Result<DelegationClearance, Problem>> {
  const { approvedHash, workspace, domainSid, limit, lift, now } = conditions
  if (plan.hash !== approvedHash.toLowerCase()) return fail(notApproved(plan.hash, approvedHash))
  if (plan.header.workspace !== workspace) return fail(foreign('workspace', plan.header.workspace, workspace))
  if (plan.header.domainSid !== domainSid) return fail(foreign('domain', plan.header.domainSid, domainSid))
  const threshold = await judgeDelegationThreshold(store, plan, limit, now)
  if (!threshold.isExceeded) return succeed({ kind: 'cleared', lifted: null })
  return succeed(lift === null ? { kind: 'blocked', threshold } : { kind: 'cleared', lifted: { ...threshold, note: lift } })
}

/** Changes that are still to be written, and those of the last 24 hours. What the plan has written already is not counted twice. */
export async function judgeDelegationThreshold(store: DelegationJournalReader, plan: DelegationPlan, limit: number, now: string): Promise<DelegationThreshold> {
  const already = await store.delegationWrittenByPlan(plan.hash)
  const planned = plan.lines.filter(({ hash }) => !already.has(hash)).length
  const recent = await store.delegationChangesSince(new Date(Date.parse(now) - dayInMilliseconds).toISOString())
  return { kind: 'delegation', planned, recent, limit, isExceeded: planned > 0 && planned + recent > limit }
}

const dayInMilliseconds = 24 * 60 * 60 * 1000

function notApproved(hash: string, approved: string): Problem {
  return {
    kind: 'approvalMismatch', message: `Nothing was written: the plan's hash is ${hash}, but ${approved} was approved.`,
    remedy: 'Read the plan with that hash, or approve this one after reading it.', detail: { hash, approved },
  }
}

function foreign(what: string, planned: string, here: string): Problem {
  return {
    kind: 'planForeign', message: `Nothing was written: the plan was made for another ${what} (${planned}) than this one (${here}).`,
    remedy: 'Plan it here with "guestbridge kcd plan", and approve that plan.', detail: { differs: what, plan: planned, here },
  }
}
