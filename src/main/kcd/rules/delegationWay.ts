import type { PrincipalFacts, TrustEntry } from '../../../shared/domain/delegation.ts'
import type { Sid } from '../../../shared/domain/ids.ts'
import { spnKey } from '../../../shared/domain/spn.ts'
import { hasBit, trustedToAuthenticateForDelegation } from './userAccountControl.ts'

/** What the service's descriptor answers to the connector. */
export type TrustAnswer =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'denied'; readonly sid: Sid }
  | { readonly kind: 'malformed' | 'unknown'; readonly why: string }

/** The way on which a ticket is issued; null: on none, as far as was read. `service` is null where nobody owns the SPN, or it was not read. */
export function wayOf(connector: PrincipalFacts, spn: string, service: PrincipalFacts | null): 'classic' | 'resourceBased' | null {
  // With the list set and the bit clear, tickets for oneself are never forwardable: that ends both ways.
  if (service === null || isKerberosOnly(connector)) return null
  if (listsService(connector, spn) && isSameDomain(connector, service)) return 'classic'
  return askTrust(connector, service).kind === 'allowed' ? 'resourceBased' : null
}

/** Whether the proxy could use its list with any protocol; unconstrained delegation does not change what it needs. */
export function isKerberosOnly(connector: PrincipalFacts): boolean {
  return connector.allowedToDelegateTo.length > 0 && !hasBit(connector.userAccountControl, trustedToAuthenticateForDelegation)
}

export function listsService(connector: PrincipalFacts, spn: string): boolean {
  return connector.allowedToDelegateTo.some((entry) => spnKey(entry) === spnKey(spn))
}

export function isSameDomain(left: PrincipalFacts, right: PrincipalFacts): boolean {
  return left.domain.toLowerCase() === right.domain.toLowerCase()
}

/** An entry that denies wins wherever it stands: Windows writes those first, and others are not meant otherwise. */
export function askTrust(connector: PrincipalFacts, service: PrincipalFacts): TrustAnswer {
  if (service.trust.kind === 'notRead') return { kind: 'unknown', why: service.trust.why }
  if (service.trust.value === null) return { kind: 'absent' }
  const content = service.trust.value.content
  if (content.kind === 'malformed') return content
  const entries = content.entries.filter(concernsDelegation)
  const own = entries.filter((entry) => isOwn(connector, entry.sid))
  const denial = own.find((entry) => entry.kind === 'deny')?.sid ?? null
  if (denial !== null) return { kind: 'denied', sid: denial }
  const isAllowed = own.some((entry) => entry.kind === 'allow')
  if (connector.tokenGroups.kind === 'read') return isAllowed ? { kind: 'allowed' } : { kind: 'absent' }
  const isOpen = entries.some((entry) => !own.includes(entry) && (isAllowed ? entry.kind === 'deny' : entry.kind === 'allow'))
  if (!isOpen) return isAllowed ? { kind: 'allowed' } : { kind: 'absent' }
  return { kind: 'unknown', why: `the groups of ${connector.accountName} were not read: ${connector.tokenGroups.why}` }
}

/** Everyone and Authenticated Users are in no account's groups, but in every token. */
const inEveryToken = new Set(['S-1-1-0', 'S-1-5-11'])

function isOwn(connector: PrincipalFacts, sid: Sid | null): boolean {
  if (sid === null) return false
  const groups = connector.tokenGroups.kind === 'read' ? connector.tokenGroups.value : []
  return sid === connector.sid || inEveryToken.has(sid) || groups.includes(sid)
}

/** The controller asks for the right of control access (0x100); 0x10000000 is all rights. */
function concernsDelegation(entry: TrustEntry): boolean {
  return entry.kind !== 'other' && (entry.mask & 0x10000100) !== 0
}
