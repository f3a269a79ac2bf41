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
