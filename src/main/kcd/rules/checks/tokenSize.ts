import type { Outcome, Subjects } from '../check.ts'
import { found, passed, whenRead } from '../outcome.ts'
import { attributeOf, nameOfGuest } from '../wording.ts'

const manyGroups = 120

/** 41: each group makes the ticket longer, and web servers refuse long headers. */
export function checkTokenSize({ guest, account }: Subjects['guestAccount']): readonly Outcome[] {
  return whenRead(account.tokenGroups, `The groups of ${account.accountName}`, (groups) => {
    const read = attributeOf(account, 'tokenGroups')
    if (groups.length <= manyGroups) return [passed(`${account.accountName} is in ${groups.length} groups: its tickets stay short.`, read)]
    return [found({
      message: `${account.accountName}, the account of ${nameOfGuest(guest)}, is in ${groups.length} groups: its tickets may be too long for web servers.`,
      remedy: `Take ${account.accountName} out of groups that it does not need; ${manyGroups} are harmless.`, read
    })]
  })
}
