import type { Invitation, InvitationResult, InvitationRow } from '../../shared/domain/invitation.ts'
import { isOutcomeUnknown, type EntraInviter, type Invited } from '../connectors/invitationPort.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { InvitationJournal } from './invitationJournal.ts'

/** As many as Graph takes in one batch. */
const atATime = 20

export type Sending = {
  readonly inviter: EntraInviter
  readonly journal: InvitationJournal
  readonly now: () => string
  readonly report: (done: number, total: number) => void
  readonly signal: AbortSignal
}

/** Sends the new ones, batch by batch, each between two entries of the journal. Every line has a result. */
export async function sendInvitations(sending: Sending, rows: readonly InvitationRow[]): Promise<readonly InvitationResult[]> {
  const fresh = rows.filter(({ fate }) => fate.kind === 'new')
  const results = new Map<number, InvitationResult>()
  for (let first = 0; first < fresh.length; first += atATime) {
    if (sending.signal.aborted) break
    const batch = fresh.slice(first, first + atATime)
    const mails = batch.map(({ invitation }) => invitation.mail)
    sending.journal.sending(mails, sending.now())
    const answers = await sending.inviter.inviteSeveral(batch.map(({ invitation }) => invitation), sending.signal)
    for (const [index, row] of batch.entries()) {
      const answer = answers.ok ? answers.value[index] : answers
      if (answer !== undefined) results.set(row.line, settle(sending, row, answer))
    }
    sending.report(Math.min(first + atATime, fresh.length), fresh.length)
  }
  return rows.map((row) => results.get(row.line) ?? unsent(row))
}

/** One invitation, as `sendInvitations` sends many. */
export async function sendOne({ inviter, journal, now, signal }: Omit<Sending, 'report'>, invitation: Invitation): Promise<Result<Invited, Problem>> {
  journal.sending([invitation.mail], now())
  const answer = await inviter.invite(invitation, signal)
  if (answer.ok) journal.ended([{ mail: invitation.mail, id: answer.value.id }], now())
  else if (!isOutcomeUnknown(answer.problem)) journal.ended([{ mail: invitation.mail, id: null }], now())
  return answer
}

function settle({ journal, now }: Sending, { line, invitation: { mail } }: InvitationRow, answer: Result<Invited, Problem>): InvitationResult {
  if (answer.ok) {
    journal.ended([{ mail, id: answer.value.id }], now())
    return { line, mail, result: 'invited', id: answer.value.id, text: answer.value.status }
  }
  if (isOutcomeUnknown(answer.problem)) return { line, mail, result: 'unknown', id: null, text: `${answer.problem.message} Look the address up before anything is sent again.` }
  journal.ended([{ mail, id: null }], now())
  return { line, mail, result: 'refused', id: null, text: `${answer.problem.message} ${answer.problem.remedy}` }
}

function unsent({ line, invitation: { mail }, fate }: InvitationRow): InvitationResult {
  switch (fate.kind) {
    case 'new': return { line, mail, result: 'notSent', id: null, text: 'Cancelled before it was sent.' }
    case 'isGuest': return { line, mail, result: 'wasGuest', id: fate.guest.id, text: `${fate.guest.displayName ?? fate.guest.userPrincipalName} is a guest already.` }
    case 'invitedBefore': return { line, mail, result: 'wasGuest', id: fate.id, text: 'Was invited from this workspace before. Where the guest was deleted since: guestbridge invite, with this address alone.' }
    case 'isMember': return { line, mail, result: 'refused', id: fate.member.id, text: `The address belongs to the member ${fate.member.userPrincipalName}.` }
    case 'ambiguous': return { line, mail, result: 'refused', id: null, text: `Several users have the address: ${fate.users.map(({ userPrincipalName }) => userPrincipalName).join(', ')}.` }
    case 'unknown': return { line, mail, result: 'unknown', id: null, text: fate.why }
  }
}
