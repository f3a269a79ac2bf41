/** What a group can hold. Entra also knows devices and service principals there; guests come by users and nested groups alone. */
export type MemberReference = { readonly type: 'user' | 'group'; readonly id: string }

/** A group as the tenant keeps it, named as in Graph. */
export type TenantGroup = {
  readonly id: string
  readonly displayName: string
  readonly description: string | null
  readonly mailNickname: string
  readonly mail: string | null
  readonly mailEnabled: boolean
  readonly securityEnabled: boolean
  /** `Unified`, `DynamicMembership`; empty for a security group. */
  readonly groupTypes: readonly string[]
  readonly visibility: string | null
  readonly createdDateTime: string
  readonly deletedDateTime: string | null
  /** Direct members. A soft-deleted user stays in the list and is not shown, so that a restore brings the membership back. */
  readonly members: readonly MemberReference[]
}

/** What is left to say of a security group once it has a name. */
export function asSecurityGroup(): Omit<TenantGroup, 'id' | 'displayName' | 'mailNickname' | 'createdDateTime' | 'members'> {
  return { description: null, mail: null, mailEnabled: false, securityEnabled: true, groupTypes: [], visibility: null, deletedDateTime: null }
}
