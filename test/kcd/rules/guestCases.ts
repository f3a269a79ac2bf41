import type { DelegationFacts, GuestFacts, PrincipalFacts } from '../../../src/shared/domain/delegation.ts'
import type { CheckCase } from './checkCase.ts'
import { application, dn, domainSid, guest, guid, read, shadow, sid, unread, worldWith } from './world.ts'

const withGuest = (overrides: Partial<GuestFacts>): DelegationFacts => worldWith({ guests: [guest(overrides)] })
const withShadow = (account: Partial<PrincipalFacts>): DelegationFacts => withGuest({ account: read({ ...shadow, ...account }) })
const namesake: PrincipalFacts = { ...shadow, anchor: guid('7'), accountName: 'ana', dn: dn('CN=other,DC=contoso,DC=test'), userPrincipalName: null }
const groups = (count: number) => Array.from({ length: count }, (_, index) => sid(`${domainSid}-${2000 + index}`))

/** Checks 31 to 41 without 38: what is asked of guests and their accounts. */
export const guestCases: readonly CheckCase[] = [
  {
    check: 31, passing: withShadow({ userPrincipalName: 'ANA_fabrikam.test#ext#@contoso.onmicrosoft.com' }), notChecked: withGuest({ account: unread }), failing: [
      { rule: 'another UPN in the directory', world: withShadow({ userPrincipalName: 'ana_old.test#EXT#@contoso.onmicrosoft.com' }), state: 'failed', names: /Ana Souza the connector asks for ana_fabrikam.*the directory has ana_old/ },
      { rule: 'a guest without account', world: withGuest({ account: read(null), found: { userPrincipalName: read([]) } }), state: 'failed', names: /Ana Souza .*has no account/ },
      { rule: 'a blocked guest without account, who needs none', world: withGuest({ account: read(null), isEnabled: false }), state: 'warning', names: /has no account/ },
      { rule: 'a guest without account who is mastered in Active Directory', world: withGuest({ account: read(null), isSynchronised: true }), state: 'warning', names: /has no account/ },
    ]
  },
  {
    check: 32, passing: worldWith(), notChecked: withGuest({ found: { userPrincipalName: unread } }), failing: [
      { rule: 'a UPN that two accounts have', world: withGuest({ found: { userPrincipalName: read([shadow, namesake]) } }), state: 'failed', names: /ambiguous: CN=ana,.* and CN=other,/ },
      { rule: 'a UPN that equals the account name of another account in its domain', world: withGuest({ userPrincipalName: 'ana@contoso.test', found: { userPrincipalName: read([shadow]), userPrincipalUsername: read([namesake]) } }), state: 'failed', names: /ana@contoso\.test is ambiguous/ },
    ]
  },
  {
    check: 33, passing: worldWith(), notChecked: withShadow({ computedControl: unread }), failing: [
      { rule: 'a disabled account', world: withShadow({ userAccountControl: 262_658 }), state: 'failed', names: /3f2504e0.*Ana Souza, is disabled/ },
      { rule: 'an account that expires now', world: withShadow({ accountExpires: '2026-11-23T10:00:00Z' }), state: 'failed', names: /is expired/ },
      { rule: 'a disabled account of a blocked guest, as it should be', world: withGuest({ isEnabled: false, account: read({ ...shadow, userAccountControl: 262_658 }) }), state: 'warning', names: /is disabled/ },
    ]
  },
  { check: 34, passing: worldWith(), notChecked: withGuest({ account: unread }), failing: [{ rule: 'a sensitive account', world: withShadow({ userAccountControl: 262_656 | 0x100000 }), state: 'failed', names: /Ana Souza, is marked as sensitive/ }] },
  { check: 35, passing: worldWith(), notChecked: withShadow({ tokenGroups: unread }), failing: [{ rule: 'a member of Protected Users', world: withShadow({ tokenGroups: read([sid(`${domainSid}-525`)]) }), state: 'failed', names: /Ana Souza, is in Protected Users/ }] },
  {
    check: 36, passing: worldWith(), notChecked: withShadow({ tokenGroups: unread }), failing: [
      { rule: 'a member of Domain Admins', world: { ...withShadow({ tokenGroups: read([sid(`${domainSid}-512`)]) }), names: { [`${domainSid}-512`]: read({ name: 'CONTOSO\\Domain Admins', sid: sid(`${domainSid}-512`) }) } }, state: 'failed', names: /Ana Souza, is privileged: it is in CONTOSO\\Domain Admins/ },
      { rule: 'an adminCount that was left behind', world: withShadow({ adminCount: 1 }), state: 'failed', names: /adminCount is 1/ },
      { rule: 'an adminCount, whatever its groups are', world: withShadow({ adminCount: 1, tokenGroups: unread }), state: 'failed', names: /is, or was, in a privileged group/ },
    ]
  },
  { check: 37, passing: worldWith(), notChecked: withGuest({ account: unread }), failing: [{ rule: 'an account with a password that could be used', world: withShadow({ userAccountControl: 512 | 0x20 | 0x400000 }), state: 'warning', names: /smart card, it needs no password and it needs no Kerberos pre-authentication/ }] },
  {
    check: 39, passing: worldWith(), notChecked: withGuest({ isSynchronised: true, account: unread }), failing: [
      { rule: 'a guest whom Entra Connect matched', world: withGuest({ isSynchronised: true }), state: 'failed', names: /matched the shadow account 3f2504e0.* Ana Souza/ },
      { rule: 'a guest who is mastered elsewhere', world: withGuest({ isSynchronised: true, account: read(null) }), state: 'warning', names: /by another account/ },
    ]
  },
  {
    check: 40, passing: worldWith(), notChecked: worldWith({ applications: [application({ assignedTo: unread })] }), failing: [
      { rule: 'a blocked guest', world: withGuest({ isEnabled: false }), state: 'warning', names: /Ana Souza is blocked/ },
      { rule: 'an invitation that waits', world: withGuest({ externalUserState: 'PendingAcceptance' }), state: 'warning', names: /Ana Souza has not accepted/ },
      { rule: 'a guest who is not assigned', world: worldWith({ applications: [application({ assignedTo: read(['another']) })] }), state: 'warning', names: /Ana Souza is not assigned to Orders/ },
    ]
  },
  { check: 41, passing: withShadow({ tokenGroups: read(groups(120)) }), notChecked: withShadow({ tokenGroups: unread }), failing: [{ rule: '121 groups', world: withShadow({ tokenGroups: read(groups(121)) }), state: 'warning', names: /Ana Souza, is in 121 groups/ }] },
]
