/** What an administrator of the tenant (or of the service) has decided; kept over restarts. */
export type TenantPolicies = {
  /** External collaboration settings: who may invite guests. */
  readonly invitations: 'allowed' | 'restricted'
  /** A delta token of an earlier generation counts as older than its seven days. */
  readonly deltaGeneration: number
  /** A delta token of an earlier epoch was made before the service lost its state. */
  readonly deltaEpoch: number
  /** Resource units for each 10 seconds; null: what Entra gives to a tenant of this size. */
  readonly resourceUnits: number | null
}

export const firstPolicies: TenantPolicies = { invitations: 'allowed', deltaGeneration: 1, deltaEpoch: 1, resourceUnits: null }
