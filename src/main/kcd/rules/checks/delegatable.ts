import type { Outcome, Subjects } from '../check.ts'
import { found, passed, whenRead } from '../outcome.ts'
import { hasBit, notDelegated } from '../userAccountControl.ts'
import { attributeOf, nameOfGuest } from '../wording.ts'

/** 34: "Account is sensitive and cannot be delegated". */
export function checkSensitive({ guest, account }: Subjects['guestAccount']): readonly Outcome[] {
  const read = attributeOf(account, 'userAccountControl')
  if (!hasBit(account.userAccountControl, notDelegated)) return [passed(`${account.accountName} may be delegated.`, read)]
  return [found({
    message: `${account.accountName}, the account of ${nameOfGuest(guest)}, is marked as sensitive: it cannot be delegated.`,
    remedy: `Ask who marked it, then clear "Account is sensitive and cannot be delegated" (userAccountControl 0x100000) of ${account.accountName}.`, read
  })]
}

/** 35: members of Protected Users (RID 525) are never delegated. */
export function checkProtectedUsers({ guest, account }: Subjects['guestAccount']): readonly Outcome[] {
  return whenRead(account.tokenGroups, `The groups of ${account.accountName}`, (groups) => {
    const read = attributeOf(account, 'tokenGroups')
    if (!groups.some((sid) => /^S-1-5-21-.*-525$/.test(sid))) return [passed(`${account.accountName} is not in Protected Users.`, read)]
    return [found({ message: `${account.accountName}, the account of ${nameOfGuest(guest)}, is in Protected Users: it cannot be delegated.`, remedy: `Take ${account.accountName} out of Protected Users, and out of the groups that are in it.`, read })]
  })
}
