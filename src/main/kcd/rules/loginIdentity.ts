import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { GuestFacts, LoginIdentity, LoginMapping, PrincipalFacts, Reading } from '../../../shared/domain/delegation.ts'
import { loginMappings } from '../../../shared/domain/delegation.ts'

/** sAMAccountName of a user (MS-SAMR 3.1.1.8.4). */
const longestAccountName = 20

/**
 * What each of the five mappings would delegate for the guest, and whether that is exactly the guest's account. Those that begin with
 * what Entra Connect synchronised have nothing for a guest: nothing of a guest is synchronised.
 */
export function loginIdentitiesOf(guest: GuestFacts): readonly LoginIdentity[] {
  return loginMappings.map((mapping) => loginIdentityOf(guest, mapping))
}

export function loginIdentityOf(guest: GuestFacts, mapping: LoginMapping): LoginIdentity {
  const identity = delegatedIdentity(guest, mapping)
  if (identity === null) return { mapping, identity, resolvesTo: 'nothingToDelegate', accounts: [] }
  if (isAccountName(mapping) && identity.length > longestAccountName) return { mapping, identity, resolvesTo: 'nobody', accounts: [] }
  const found = guest.found[mapping]
  if (found === undefined || found.kind === 'notRead') return { mapping, identity, resolvesTo: 'notChecked', accounts: [] }
  return { mapping, identity, resolvesTo: resolve(found.value, guest.account), accounts: found.value.map((account) => account.dn) }
}

/** A sentence about the identity: for lists of mappings and for remedies. */
export function explainLoginIdentity(login: LoginIdentity): string {
  const { mapping, identity } = login
  switch (login.resolvesTo) {
    case 'theGuestsAccount': return `${mapping} delegates ${identity ?? ''}, which is the guest's account.`
    case 'anotherAccount': return `${mapping} delegates ${identity ?? ''}, which is another account: ${login.accounts.join(', ')}.`
    case 'several': return `${mapping} delegates ${identity ?? ''}, which several accounts could be: ${login.accounts.join(', ')}.`
    case 'nobody': return isAccountName(mapping) && (identity ?? '').length > longestAccountName
      ? `${mapping} delegates ${identity ?? ''}, which nobody can have: account names have at most ${longestAccountName} characters.`
      : `${mapping} delegates ${identity ?? ''}, which nobody has.`
    case 'nothingToDelegate': return `${mapping} has nothing to delegate: nothing of a guest is synchronised from a directory. Guests need userPrincipalName.`
    case 'notChecked': return `${mapping} delegates ${identity ?? ''}; whose that is was not read.`
    default: return assertNever(login.resolvesTo)
  }
}

function delegatedIdentity(guest: GuestFacts, mapping: LoginMapping): string | null {
  switch (mapping) {
    case 'userPrincipalName': return present(guest.userPrincipalName)
    case 'onPremisesUserPrincipalName': return present(guest.onPremisesUserPrincipalName)
    case 'userPrincipalUsername': return userPart(guest.userPrincipalName)
    case 'onPremisesUserPrincipalUsername': return userPart(guest.onPremisesUserPrincipalName)
    case 'onPremisesSAMAccountName': return present(guest.onPremisesAccountName)
    default: return assertNever(mapping)
  }
}

function isAccountName(mapping: LoginMapping): boolean {
  return mapping !== 'userPrincipalName' && mapping !== 'onPremisesUserPrincipalName'
}

function present(text: string | null): string | null {
  return text === '' ? null : text
}

/** The part before the last @: that of a guest has "#EXT#" in it, and may have another @. */
function userPart(userPrincipalName: string | null): string | null {
  if (userPrincipalName === null) return null
  const at = userPrincipalName.lastIndexOf('@')
  return present(at === -1 ? userPrincipalName : userPrincipalName.slice(0, at))
}

function resolve(accounts: readonly PrincipalFacts[], own: Reading<PrincipalFacts | null>): LoginIdentity['resolvesTo'] {
  const [account, ...others] = accounts
  if (account === undefined) return 'nobody'
  if (others.length > 0) return 'several'
  if (own.kind === 'notRead') return 'notChecked'
  return own.value?.anchor === account.anchor ? 'theGuestsAccount' : 'anotherAccount'
}
