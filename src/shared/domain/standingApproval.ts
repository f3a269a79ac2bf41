import { changeKinds, type ChangeKind } from './change.ts'

/**
 * A named person's approval ahead of time (sync-semantics 22): plans within these limits may be exported unattended until
 * the end date, as long as rules and settings are those that the person knew.
 */
export type StandingApproval = {
  /** Line of the audit trail that gave it. */
  readonly line: number
  readonly givenBy: string
  /** ISO 8601 in UTC. */
  readonly givenAt: string
  readonly until: string
  /** Of rules and settings, and of what is read as guests (tenant, filter, group). */
  readonly rulesHash: string
  /** Changes of each kind in a plan and the 24 hours before it, together; kinds that are missing: none. */
  readonly limits: Readonly<Partial<Record<ChangeKind, number>>>
  readonly note: string
}

type Counts = Readonly<Record<ChangeKind, number>>

export type JudgedPlan = {
  readonly rulesHash: string
  readonly counts: Counts
  /** Written in the last 24 hours, whoever approved it. */
  readonly recent: Counts
  /** ISO 8601 in UTC. */
  readonly now: string
}

/** Why the approval does not cover the plan, in sentences; empty: it does. */
export function findUncovered(approval: StandingApproval, plan: JudgedPlan): readonly string[] {
  const isOver = plan.now > approval.until
  // A clock that was set back would make an approval last for ever.
  const isTooEarly = plan.now < approval.givenAt
  return [
    ...(isTooEarly ? [`The clock of this computer says ${plan.now}, and the standing approval was given at ${approval.givenAt}: set the clock.`] : []),
    ...(isOver ? [`The standing approval of ${approval.givenBy} ended at ${approval.until}.`] : []),
    ...(plan.rulesHash === approval.rulesHash ? [] : [`Rules or settings have changed since ${approval.givenBy} gave the standing approval.`]),
    ...changeKinds.flatMap((kind) => {
      const [wanted, limit] = [plan.counts[kind] + plan.recent[kind], approval.limits[kind] ?? 0]
      if (plan.counts[kind] === 0 || wanted <= limit) return []
      const before = plan.recent[kind] === 0 ? '' : ` (${plan.recent[kind]} of them in the last 24 hours)`
      return [`The plan has "${kind}" for ${wanted}${before}; the standing approval allows ${limit}.`]
    }),
  ]
}
