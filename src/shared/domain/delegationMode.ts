import type { DelegationMode } from './delegation.ts'

/** userAccountControl, MS-ADTS 2.2.16. */
const trustedForDelegation = 0x80000
const trustedToAuthenticateForDelegation = 0x1000000

/** What the tab "Delegation" of the account would show. Unconstrained delegation comes first: with it the list is not asked. */
export function delegationModeOf(userAccountControl: number, allowedToDelegateTo: readonly string[]): DelegationMode {
  if ((userAccountControl & trustedForDelegation) !== 0) return 'unconstrained'
  if (allowedToDelegateTo.length === 0) return 'none'
  return (userAccountControl & trustedToAuthenticateForDelegation) === 0 ? 'kerberosOnly' : 'anyProtocol'
}
