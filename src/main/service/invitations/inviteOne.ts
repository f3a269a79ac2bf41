import { setTimeout as sleep } from 'node:timers/promises'
import type { CallOptions, Input, Outputs } from '../../../shared/api/contract.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { isOutcomeUnknown, type EntraInviter } from '../../connectors/invitationPort.ts'
import { findMistakes } from '../../invitations/checkInvitation.ts'
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
  const found = await findGuests(session, { mail: invitation.mail }, options)
  if (!found.ok) return found
  if (found.value.users.length > 0) return succeed({ kind: 'exists', users: found.value.users })
  return session.asWriter('inviting a guest', { signal: options.signal, report: options.onProgress }, async () => {
    const journal = journalOf(session)
    const known = journal.known(invitation.mail)
    if (known.kind === 'unanswered' && isRecent(known.since, session.now())) return fail(notAnswered(invitation.mail, known.since))
    const sent = await sendOne({ inviter: inviter.value, journal, now: session.now, signal: options.signal }, invitation)
    if (sent.ok) {
      await session.audit('guestInvited', null, { id: sent.value.id, status: sent.value.status })
      return succeed({ kind: 'invited', ...sent.value })
    }
    if (!isOutcomeUnknown(sent.problem)) return fail(sent.problem)
    const id = await findAfterwards(inviter.value, invitation.mail)
    if (id === null) return fail(notAnswered(invitation.mail, session.now()))
    journal.ended([{ mail: invitation.mail, id }], session.now())
    await session.audit('guestInvited', null, { id, status: 'found after an answer was lost' })
    return succeed({ kind: 'invited', id, status: 'PendingAcceptance', redeemUrl: null })
  })
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

function notAnswered(mail: string, since: string): Problem {
  return {
    kind: 'timedOut', message: `Nobody knows whether ${mail} was invited: the request went out at ${since} and no answer came, and the tenant does not show the guest yet.`,
    remedy: `Look again in ${unansweredMinutes} minutes. It is not sent twice before that.`,
  }
}
