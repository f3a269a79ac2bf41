import type { InvitationFate, InvitationRow } from '../../shared/domain/invitation.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { EntraInviter } from '../connectors/invitationPort.ts'
import type { InvitationJournal } from './invitationJournal.ts'
import type { ListedInvitation } from './parseInvitationList.ts'

/** Graph shows a new guest to searches some minutes later at the most; until then "not found" says nothing. */
const shownAfterMinutes = 15

/** What would become of each line: who is there already is not invited again. */
export async function judgeInvitations(inviter: EntraInviter, journal: InvitationJournal, listed: readonly ListedInvitation[], now: string, signal: AbortSignal): Promise<Result<readonly InvitationRow[], Problem>> {
  const found = await inviter.findByAddress(listed.map(({ invitation }) => invitation.mail), signal)
  if (!found.ok) return found
  const rows: InvitationRow[] = []
  for (const { line, invitation } of listed) {
    const users = found.value.get(invitation.mail)
    if (users?.ok === false) return fail(users.problem)
    rows.push({ line, invitation, fate: fateOf(users?.value ?? [], journal, invitation.mail, now) })
  }
  return succeed(rows)
}

function fateOf(users: Parameters<typeof describeUsers>[0], journal: InvitationJournal, mail: string, now: string): InvitationFate {
  if (users.length > 0) return describeUsers(users)
  const known = journal.known(mail)
  const isRecent = known.kind === 'unanswered' && Date.parse(now) - Date.parse(known.since) < shownAfterMinutes * 60_000
  if (isRecent) return { kind: 'unknown', why: `It was sent at ${known.since} and no answer came. If the tenant does not show the guest ${shownAfterMinutes} minutes later, it was not carried out.` }
  return known.kind === 'invited' ? { kind: 'invitedBefore', id: known.id } : { kind: 'new' }
}

function describeUsers(users: readonly Extract<InvitationFate, { kind: 'isGuest' }>['guest'][]): InvitationFate {
  const [first, ...others] = users
  if (first === undefined) return { kind: 'new' }
  if (others.length > 0) return { kind: 'ambiguous', users }
  return first.userType === 'Guest' ? { kind: 'isGuest', guest: first } : { kind: 'isMember', member: first }
}
