import type { DelegationFacts } from '../../../../shared/domain/delegation.ts'
import type { Outcome, Subjects } from '../check.ts'
import { found, passed, whenRead } from '../outcome.ts'
import { hasBit, passwordNotRequired, preAuthenticationNotRequired, smartCardRequired } from '../userAccountControl.ts'
import { attributeOf, enumerate, nameOfGuest } from '../wording.ts'

/** 36: an account that exists to be delegated must have no power. */
export function checkPrivileged({ facts, guest, account }: Subjects['guestAccount']): readonly Outcome[] {
  const whom = `${account.accountName}, the account of ${nameOfGuest(guest)},`
  const remedy = `Take ${account.accountName} out of these groups, and clear its adminCount afterwards.`
  if (account.adminCount === 1 && account.tokenGroups.kind === 'notRead') {
    return [found({ message: `${whom} is, or was, in a privileged group (adminCount is 1).`, remedy, read: attributeOf(account, 'adminCount') })]
  }
  return whenRead(account.tokenGroups, `The groups of ${account.accountName}`, (groups) => {
    const read = attributeOf(account, 'adminCount', 'tokenGroups')
    const privileged = groups.filter(isPrivileged).map((sid) => nameSid(facts, sid))
    if (privileged.length > 0) return [found({ message: `${whom} is privileged: it is in ${enumerate(privileged)}.`, remedy, read })]
    if (account.adminCount !== 1) return [passed(`${account.accountName} is not privileged.`, read)]
    return [found({ message: `${whom} was in a privileged group (adminCount is 1): it inherits no permissions.`, remedy: `Make sure that ${account.accountName} is in none, clear its adminCount and let it inherit permissions again.`, read })]
  })
}

/** 37: nobody should sign in to a shadow account itself. */
export function checkShadowFlags({ guest, account }: Subjects['guestAccount']): readonly Outcome[] {
  const read = attributeOf(account, 'userAccountControl')
  const faults = [
    ...(hasBit(account.userAccountControl, smartCardRequired) ? [] : ['it does not require a smart card']),
    ...(hasBit(account.userAccountControl, passwordNotRequired) ? ['it needs no password'] : []),
    ...(hasBit(account.userAccountControl, preAuthenticationNotRequired) ? ['it needs no Kerberos pre-authentication'] : []),
  ]
  if (faults.length === 0) return [passed(`Nobody can sign in to ${account.accountName} with a password.`, read)]
  return [found({
    message: `${account.accountName}, the account of ${nameOfGuest(guest)}, is open to sign-in by password: ${enumerate(faults)}.`,
    remedy: `Require a smart card for ${account.accountName} (userAccountControl 0x40000), and clear 0x20 and 0x400000.`, read
  })]
}

/** Administrators and operators; Domain Admins, controllers, Schema and Enterprise Admins, Policy Creators, Key Admins. */
function isPrivileged(sid: string): boolean {
  return /^S-1-5-32-(544|548|549|550|551)$/.test(sid) || /^S-1-5-21-.*-(512|516|518|519|520|526|527)$/.test(sid)
}

function nameSid(facts: DelegationFacts, sid: string): string {
  const name = Object.hasOwn(facts.names, sid) ? facts.names[sid] : undefined
  return name?.kind === 'read' && name.value !== null ? name.value.name : sid
}
