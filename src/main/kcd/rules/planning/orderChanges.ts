import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { DelegationChange } from '../../../../shared/domain/delegationPlan.ts'
import { hasBit, trustedToAuthenticateForDelegation } from '../userAccountControl.ts'

/**
 * The order of writing, the same for the same changes. An SPN is free before another account gets it. "Any protocol" comes
 * before the list and goes after it: a list without it ends every way of delegation in between (MS-SFU 3.2.5.1.2).
 */
export function orderChanges(changes: readonly DelegationChange[]): readonly DelegationChange[] {
  return changes.toSorted((left, right) => rankOf(left) - rankOf(right) || compare(left.accountName.toLowerCase(), right.accountName.toLowerCase()) || compare(left.anchor, right.anchor))
}

function rankOf({ attribute, before, after }: DelegationChange): number {
  switch (attribute) {
    case 'servicePrincipalName': return after.length < before.length ? 0 : 1
    case 'msDS-SupportedEncryptionTypes': return 2
    case 'userAccountControl': return hasBit(Number(after[0] ?? 0) & ~Number(before[0] ?? 0), trustedToAuthenticateForDelegation) ? 3 : 6
    case 'msDS-AllowedToActOnBehalfOfOtherIdentity': return 4
    case 'msDS-AllowedToDelegateTo': return 5
    default: return assertNever(attribute)
  }
}

function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
