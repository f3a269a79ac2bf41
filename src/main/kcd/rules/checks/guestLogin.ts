import type { GuestFacts, PrincipalFacts } from '../../../../shared/domain/delegation.ts'
import type { Outcome, Subjects } from '../check.ts'
import { isAdmitted } from '../isAdmitted.ts'
import { found, passed, warned, whenRead } from '../outcome.ts'
import { attributeOf, enumerate, nameOfGuest } from '../wording.ts'

/** 31: the connector asks for the UPN of Entra; the directory must have it on the guest's account. */
export function checkLoginName({ guest }: Subjects['guest']): readonly Outcome[] {
  const name = nameOfGuest(guest)
  return whenRead(guest.account, `The account of ${name}`, (account) => {
    if (account === null) return [describeMissing(guest)]
    const read = attributeOf(account, 'userPrincipalName')
    if (account.userPrincipalName?.toLowerCase() === guest.userPrincipalName.toLowerCase()) return [passed(`The account of ${name} has the userPrincipalName that the connector asks for.`, read)]
    return [found({
      message: `For ${name} the connector asks for ${guest.userPrincipalName}, and the directory has ${account.userPrincipalName ?? 'no userPrincipalName'} on ${account.accountName}.`,
      remedy: `Synchronise and export: the userPrincipalName of ${account.accountName} follows the guest's, on the same account.`, read
    })]
  })
}

/** 32: a name that two accounts answer to leads to the wrong one, or to none. A UPN also answers for sAMAccountName@domain. */
export function checkAmbiguousName({ guest }: Subjects['guest']): readonly Outcome[] {
  const lookUp = guest.found.userPrincipalName ?? { kind: 'notRead' as const, why: 'it was not looked up' }
  return whenRead(lookUp, `Who has the userPrincipalName ${guest.userPrincipalName}`, (named) => {
    const byAccountName = guest.found.userPrincipalUsername
    const implicit = byAccountName?.kind === 'read' ? byAccountName.value.filter((account) => isImplicitName(account, guest.userPrincipalName)) : []
    const accounts = [...new Map([...named, ...implicit].map((account) => [account.anchor, account])).values()]
    const read = [`userPrincipalName=${guest.userPrincipalName}`, ...accounts.flatMap((account) => attributeOf(account, 'userPrincipalName', 'sAMAccountName'))]
    if (accounts.length < 2) return [passed(`No two accounts answer to ${guest.userPrincipalName}.`, read)]
    return [found({
      message: `${guest.userPrincipalName} is ambiguous: ${enumerate(accounts.map((account) => account.dn))} answer to it.`,
      remedy: `Rename the other account: change the userPrincipalName, or the sAMAccountName, that equals the name of ${nameOfGuest(guest)}.`, read
    })]
  })
}

function describeMissing(guest: GuestFacts): Outcome {
  const fault = { message: `${nameOfGuest(guest)} (${guest.userPrincipalName}) has no account in the directory.`, read: [`userPrincipalName=${guest.userPrincipalName}`] }
  if (guest.isSynchronised === true) return warned({ ...fault, remedy: 'Nothing here: a guest who is mastered in Active Directory is left alone (see check 39).' })
  if (!isAdmitted(guest)) return warned({ ...fault, remedy: `Nothing, as long as Entra does not admit ${nameOfGuest(guest)} either; the account comes with the guest.` })
  return found({ ...fault, remedy: 'Synchronise, review and export: the account is created.' })
}

function isImplicitName(account: PrincipalFacts, userPrincipalName: string): boolean {
  return `${account.accountName}@${account.domain}`.toLowerCase() === userPrincipalName.toLowerCase()
}
