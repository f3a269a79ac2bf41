import { setTimeout as sleep } from 'node:timers/promises'
import type { CallOptions, Input, Outputs } from '../../../shared/api/contract.ts'
import type { Invitation } from '../../../shared/domain/invitation.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { isOutcomeUnknown, type EntraInviter } from '../../connectors/invitationPort.ts'
import { findMistakes } from '../../invitations/checkInvitation.ts'
import type { InvitationJournal } from '../../invitations/invitationJournal.ts'
import { sendOne } from '../../invitations/sendInvitations.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'
import { journalOf } from './journalOf.ts'

export async function findGuests(session: WorkspaceSession, { mail }: Input<'invitations.find'>, options: CallOptions): Promise<Result<Outputs['invitations.find'], Problem>> {
  const inviter = await session.openInviter()
  if (!inviter.ok) return inviter
  const found = await inviter.value.findByAddress([mail], options.signal)
  if (!found.ok) return found
  const users = found.value.get(mail)
  if (users === undefined) return succeed({ users: [] })
  return users.ok ? succeed({ users: users.value }) : users
}

/** Looks first, sends once. Where no answer came, the address is looked up; it is never sent again by itself. */
export async function sendInvitation(session: WorkspaceSession, { invitation }: Input<'invitations.send'>, options: CallOptions): Promise<Result<Outputs['invitations.send'], Problem>> {
  const [mistake] = findMistakes(invitation)
  if (mistake !== undefined) return fail({ kind: 'usage', message: `${mistake.column} "${mistake.value}" ${mistake.message}.`, remedy: 'Correct it; nothing was sent.' })
  const inviter = await session.openInviter()
  if (!inviter.ok) return inviter
  return session.asWriter<Sent>('inviting a guest', { signal: options.signal, report: options.onProgress }, async () => {
    // Looked up while nobody else can invite: whoever did so a moment ago is seen, in the tenant or in the journal.
    const found = await findGuests(session, { mail: invitation.mail }, options)
    if (!found.ok) return found
    if (found.value.users.length > 0) return succeed({ kind: 'exists', users: found.value.users })
    const journal = journalOf(session)
    if (!journal.ok) return journal
    const known = journal.value.known(invitation.mail)
    if (known.kind !== 'nothing' && isRecent(known.since, session.now())) return fail(known.kind === 'invited' ? notShownYet(invitation.mail, known.since) : notAnswered(invitation.mail, known.since))
    return sendAndLook(session, inviter.value, journal.value, invitation, options.signal)
  })
}

type Sent = Outputs['invitations.send']

async function sendAndLook(session: WorkspaceSession, inviter: EntraInviter, journal: InvitationJournal, invitation: Invitation, signal: AbortSignal): Promise<Result<Sent, Problem>> {
  const sent = await sendOne({ inviter, journal, now: session.now, signal }, invitation)
  if (sent.ok) {
    await session.audit('guestInvited', null, { id: sent.value.id, status: sent.value.status })
    return succeed({ kind: 'invited', ...sent.value })
  }
  if (!isOutcomeUnknown(sent.problem)) return fail(sent.problem)
  const id = await findAfterwards(inviter, invitation.mail)
  await session.audit('guestInvited', null, { id, status: id === null ? 'no answer came' : 'found after an answer was lost' })
  if (id === null) return fail(notAnswered(invitation.mail, session.now()))
  journal.ended([{ mail: invitation.mail, id }], session.now())
  return succeed({ kind: 'invited', id, status: 'PendingAcceptance', redeemUrl: null })
}

const looks = 5
const lookEvery = 3_000
const unansweredMinutes = 15

/** A guest whom the tenant has just made is not found at once. */
async function findAfterwards(inviter: EntraInviter, mail: string): Promise<string | null> {
  for (let look = 0; look < looks; look += 1) {
    const found = await inviter.findByAddress([mail], AbortSignal.timeout(20_000))
    const users = found.ok ? found.value.get(mail) : undefined
    if (users?.ok === true && users.value[0] !== undefined) return users.value[0].id
    await sleep(lookEvery)
  }
  return null
}

function isRecent(since: string, now: string): boolean {
  return Date.parse(now) - Date.parse(since) < unansweredMinutes * 60_000
}

function notShownYet(mail: string, since: string): Problem {
  return {
    kind: 'notPermitted', message: `${mail} was invited from this workspace at ${since}, and the tenant does not show the guest yet. Nobody was invited again.`,
    remedy: `Look again in ${unansweredMinutes} minutes: where the guest was deleted since, another invitation can be sent then.`,
  }
}

function notAnswered(mail: string, since: string): Problem {
  return {
    kind: 'timedOut', message: `Nobody knows whether ${mail} was invited: the request went out at ${since} and no answer came, and the tenant does not show the guest yet.`,
    remedy: `Look again in ${unansweredMinutes} minutes. It is not sent twice before that.`,
  }
}
