import type { DelegationAttribute } from '../../../../shared/domain/delegationPlan.ts'
import { trustedForDelegation, trustedToAuthenticateForDelegation } from '../userAccountControl.ts'

/** SeEnableDelegationPrivilege on the domain controller: for the list and for either bit alike. */
export function needsPrivilege(attribute: DelegationAttribute, before: readonly string[], after: readonly string[]): boolean {
  if (attribute === 'msDS-AllowedToDelegateTo') return true
  if (attribute !== 'userAccountControl') return false
  const changed = Number(before[0] ?? 0) ^ Number(after[0] ?? 0)
  return (changed & (trustedForDelegation | trustedToAuthenticateForDelegation)) !== 0
}
