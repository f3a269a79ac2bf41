import type { Dn, ObjectGuid } from './ids.ts'
import type { DelegationIntent } from './delegation.ts'

export const delegationAttributes = ['msDS-AllowedToDelegateTo', 'userAccountControl', 'msDS-AllowedToActOnBehalfOfOtherIdentity', 'msDS-SupportedEncryptionTypes', 'servicePrincipalName'] as const
export type DelegationAttribute = (typeof delegationAttributes)[number]

/** First line of a plan of delegation; the others are one change each. Hashed as plans of accounts are. */
export type DelegationPlanHeader = {
  readonly format: 'guestbridge-delegation-plan'
  readonly version: 1
  readonly workspace: string
  /** Of the domain that is written to. */
  readonly domainSid: string
  /** ISO 8601 in UTC: the reading that the plan was made from. */
  readonly readAt: string
  readonly purpose: { readonly kind: 'intents'; readonly intents: readonly DelegationIntent[] } | { readonly kind: 'undo'; readonly run: number }
}

/** One attribute of one account. Descriptors are base64; all others as LDAP text. */
export type DelegationChange = {
  readonly kind: 'delegation'
  readonly anchor: ObjectGuid
  readonly dn: Dn
  readonly accountName: string
  readonly attribute: DelegationAttribute
  readonly before: readonly string[]
  readonly after: readonly string[]
  /** Why, as a sentence with the names in it. */
  readonly reason: string
  /** SeEnableDelegationPrivilege on the domain controller (sync-semantics 21). */
  readonly needsPrivilege: boolean
  /** What must be taken care of, that no directory can show: "reset the password first, so that AES keys exist". */
  readonly cautions: readonly string[]
}

export type DelegationPlanLine = { readonly hash: string; readonly change: DelegationChange }
export type DelegationPlan = { readonly header: DelegationPlanHeader; readonly lines: readonly DelegationPlanLine[]; readonly hash: string }

/** A wish, or a part of it, that no change can fulfil. */
export type RefusedIntent = { readonly intent: DelegationIntent; /** A sentence with the names in it. */ readonly why: string; readonly remedy: string }

/** What an undo cannot take back: all of a change, or one of its values. */
export type ImpossibleUndo = { readonly change: DelegationChange; readonly why: string }

/** Changes of the plan and of the last 24 hours together, against the limit of workspace.json (sync-semantics 14). */
export type DelegationThreshold = { readonly kind: 'delegation'; readonly planned: number; readonly recent: number; readonly limit: number; readonly isExceeded: boolean }

/** Whether the controller will take changes of lists and bits from us. What no directory shows is `unknown`, never "held" (sync-semantics 21). */
export type PrivilegeOutlook = {
  readonly state: 'notNeeded' | 'expected' | 'refusedBefore' | 'unknown'
  readonly why: string
  /** What to do; null where nothing is. */
  readonly remedy: string | null
}
