import type { DelegationFacts, PrincipalFacts, Reading, SpnOwner } from '../../../shared/domain/delegation.ts'
import { spnKey } from '../../../shared/domain/spn.ts'

export function ownersOf(facts: DelegationFacts, spn: string): Reading<readonly SpnOwner[]> {
  const key = spnKey(spn)
  const owners = Object.hasOwn(facts.services, key) ? facts.services[key] : undefined
  return owners ?? { kind: 'notRead', why: `${spn} was not looked up` }
}

/** Accounts whose key a ticket for the SPN is made with: the HOST entry of a computer counts where nobody has the SPN itself. */
export function serviceAccounts(owners: readonly SpnOwner[]): readonly PrincipalFacts[] {
  const explicit = owners.filter((owner) => owner.by === 'explicit')
  return (explicit.length > 0 ? explicit : owners).map((owner) => owner.account)
}
