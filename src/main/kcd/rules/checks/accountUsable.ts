import type { PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import { secondsOfInstant } from '../../../../shared/domain/instant.ts'
import type { Outcome, Subjects } from '../check.ts'
import { isAdmitted } from '../isAdmitted.ts'
import { found, notChecked, passed, warned } from '../outcome.ts'
import { readFully } from '../readFully.ts'
import { accountDisabled, hasBit, lockedOut } from '../userAccountControl.ts'
import { attributeOf, enumerate, nameOfGuest } from '../wording.ts'

/** 20: no ticket is issued for a service whose account cannot be used. */
export function checkServiceUsable({ facts, application, service }: Subjects['serviceAccount']): readonly Outcome[] {
  const state = `Whether ${service.accountName}, which owns ${application.spn}, is locked or expired`
  return judge(service, facts.readAt, state, (obstacles, read) => found({
    message: `${service.accountName}, which owns ${application.spn}, is ${obstacles}.`, remedy: `Find out why ${service.accountName} is ${obstacles}, then make it usable again.`, read
  }))
}

/** 33: nor is one issued in the name of an account that cannot be used. That of a guest who is blocked is disabled rightly. */
export function checkGuestUsable({ facts, guest, account }: Subjects['guestAccount']): readonly Outcome[] {
  const state = `Whether ${account.accountName}, the account of ${nameOfGuest(guest)}, is locked or expired`
  return judge(account, facts.readAt, state, (obstacles, read) => {
    const message = `${account.accountName}, the account of ${nameOfGuest(guest)}, is ${obstacles}.`
    if (!isAdmitted(guest)) return warned({ message, remedy: `Nothing, as long as Entra does not admit ${nameOfGuest(guest)} either.`, read })
    return found({ message, remedy: `Look up in Guestbridge why ${account.accountName} is ${obstacles}: what it disabled itself comes back with the guest, everything else is for whoever did it.`, read })
  })
}

function judge(account: PrincipalFacts, readAt: string, state: string, describe: (obstacles: string, read: readonly string[]) => Outcome): readonly Outcome[] {
  const read = attributeOf(account, 'userAccountControl', 'accountExpires', 'msDS-User-Account-Control-Computed')
  const obstacles = [
    ...(hasBit(account.userAccountControl, accountDisabled) ? ['disabled'] : []),
    ...(isExpired(account, readAt) ? ['expired'] : []),
    ...(account.computedControl.kind === 'read' && hasBit(account.computedControl.value, lockedOut) ? ['locked'] : []),
  ]
  if (obstacles.length > 0) return [describe(enumerate(obstacles), read)]
  if (account.computedControl.kind === 'notRead') return [notChecked(state, account.computedControl.why, read)]
  const expiry = readFully(account, account.accountExpires)
  if (expiry.kind === 'notRead') return [notChecked(state, expiry.why, read)]
  return [passed(`${account.accountName} is enabled, not expired and not locked.`, read)]
}

function isExpired(account: PrincipalFacts, readAt: string): boolean {
  const [expires, now] = [secondsOfInstant(account.accountExpires ?? ''), secondsOfInstant(readAt)]
  return expires !== null && now !== null && expires <= now
}
