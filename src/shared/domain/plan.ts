import type { Change, ChangeKind } from './change.ts'

/** First line of a plan file. Binds the plan to what it was made from (invariant 3). */
export type PlanHeader = {
  readonly format: 'guestbridge-plan'
  readonly version: 1
  readonly workspace: string
  readonly tenant: string
  readonly domainSid: string
  /** The synchronisation that made it and the imports that it read. */
  readonly runs: { readonly synchronization: number; readonly adImport: number; readonly entraImport: number }
  /** SHA-256 of the rules and of the settings that decide (RFC 8785 form), hex. */
  readonly rulesHash: string
  /** The one `now` of the synchronisation, ISO 8601 in UTC. */
  readonly plannedAt: string
  /** Missing: a synchronisation made it. An undo plan takes back what that export wrote (sync-semantics 15). */
  readonly purpose?: { readonly kind: 'undo'; readonly run: number; readonly created: 'disabled' | 'deleted' }
}

/** Each further line: the change and its own SHA-256 (RFC 8785 form), hex. */
export type PlanLine = { readonly hash: string; readonly change: Change }

export type PlanCounts = Readonly<Record<ChangeKind, number>> & { readonly total: number }

/** Kinds of change that are limited together (sync-semantics 14). */
export const thresholdKinds = ['disableAndDelete', 'renameMoveAndUserPrincipalName', 'updateAdoptAndEnable', 'create'] as const

/** Computed again whenever it is needed; not part of the hash. */
export type PlanBlock = {
  readonly kind: (typeof thresholdKinds)[number]
  readonly planned: number
  readonly limit: number
  /** What the limit means: a count, or a share of `managedAccounts` in percent. */
  readonly unit: 'count' | 'percent'
  readonly managedAccounts: number
}
