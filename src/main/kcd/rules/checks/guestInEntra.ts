import type { GuestFacts } from '../../../../shared/domain/delegation.ts'
import type { Assignments } from '../assignments.ts'
import type { Outcome, Subjects } from '../check.ts'
import { isPending } from '../isAdmitted.ts'
import { found, notChecked, passed, warned } from '../outcome.ts'
import { enumerate, nameOfGuest } from '../wording.ts'

/** 39: sync-semantics 23: excluding the OU alone would make Entra Connect delete the guest. */
export function checkSynchronised({ guest }: Subjects['guest']): readonly Outcome[] {
  const name = nameOfGuest(guest)
  const read = [`Entra user ${guest.userPrincipalName} onPremisesSyncEnabled`]
  if (guest.isSynchronised !== true) return [passed(`${name} is not synchronised from Active Directory.`, read)]
  const remedy = 'Never exclude the OU alone: Entra Connect would delete the guest for good. In this order: stop the scheduler of Entra Connect and the exports of Guestbridge, exclude the OU of the shadow accounts from Entra Connect, let it delete the guest, restore the guest by the same id within 30 days, then resume both.'
  if (guest.account.kind === 'notRead') return [notChecked(`Whether Entra Connect matched ${name}, who is synchronised, with a shadow account`, guest.account.why, read)]
  if (guest.account.value === null) return [warned({ message: `${name} is synchronised from Active Directory, by another account than one of Guestbridge, which leaves the guest alone.`, remedy: `Make sure that this is meant. If a shadow account was matched: ${remedy}`, read })]
  return [found({ message: `Entra Connect matched the shadow account ${guest.account.value.accountName} with the guest ${name}: the OU of the shadow accounts is in its scope.`, remedy, read: [...read, `${guest.account.value.dn} objectGUID`] })]
}

/**
 * 40: whether Entra admits the guest, and to which applications. These are decisions of people, no faults of the settings: a warning
 * each, though sign-on does not work.
 */
export function checkAdmission({ guest, assignments }: Subjects['guest']): readonly Outcome[] {
  const name = nameOfGuest(guest)
  const read = [`Entra user ${guest.userPrincipalName} accountEnabled, externalUserState`]
  const states = [
    ...(guest.isEnabled === false ? [found({ message: `${name} is blocked in Entra.`, remedy: `Unblock ${name} in Entra, if the guest may come back.`, read })] : []),
    ...(isPending(guest) ? [found({ message: `${name} has not accepted the invitation yet.`, remedy: `Ask ${name} to accept it, or send it again.`, read })] : []),
  ]
  const known = guest.isEnabled === null ? [notChecked(`Whether ${name} is enabled in Entra`, 'accountEnabled was not read', read)] : [passed(`${name} may sign in to Entra.`, read)]
  return [...(states.length > 0 ? states : known), ...judgeAssignments(guest, assignments)]
}

function judgeAssignments(guest: GuestFacts, assignments: Assignments): readonly Outcome[] {
  const name = nameOfGuest(guest)
  const unread = [...assignments].flatMap(([application, assigned]) => (assigned.kind === 'notRead' ? [{ application: application.name, why: assigned.why }] : []))
  const unassigned = [...assignments].filter(([, assigned]) => assigned.kind === 'read' && assigned.value !== null && !assigned.value.has(guest.entraId)).map(([application]) => application)
  return [
    ...unassigned.map((application) => warned({
      message: `${name} is not assigned to ${application.name}: Entra does not let the guest in there.`, remedy: `Assign ${name}, or a group that the guest is in, to ${application.name} in Entra, if the guest may use it.`,
      read: [`assignments of ${application.name}`], narrowedTo: { application: application.id }
    })),
    ...(unread[0] === undefined ? [] : [notChecked(`Whether ${name} is assigned to ${enumerate(unread.map(({ application }) => application).sort())}`, unread[0].why)]),
  ]
}
