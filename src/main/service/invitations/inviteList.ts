import { createHash } from 'node:crypto'
import type { CallOptions, Input, Outputs } from '../../../shared/api/contract.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import { renderCsvRecord } from '../../../shared/domain/csvRecord.ts'
import type { InvitationFate, InvitationResult, InvitationRow } from '../../../shared/domain/invitation.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { judgeInvitations } from '../../invitations/judgeInvitations.ts'
import { parseInvitationList } from '../../invitations/parseInvitationList.ts'
import { sendInvitations } from '../../invitations/sendInvitations.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'
import { journalOf } from './journalOf.ts'

/** The whole list is checked before anything is looked up, and looked up before anything is sent. */
export async function judgeList(session: WorkspaceSession, { text, redirectUrl }: Input<'invitations.judgeList'>, options: CallOptions): Promise<Result<Outputs['invitations.judgeList'], Problem>> {
  const listed = parseInvitationList(text, redirectUrl)
  if (!listed.ok) return succeed({ kind: 'mistakes', mistakes: listed.problem })
  const inviter = await session.openInviter()
  if (!inviter.ok) return inviter
  const journal = journalOf(session)
  if (!journal.ok) return journal
  const rows = await judgeInvitations(inviter.value, journal.value, listed.value, session.now(), options.signal)
  return rows.ok ? succeed({ kind: 'list', rows: rows.value, counts: countFates(rows.value), hash: hashOf(session, rows.value) }) : rows
}

/** The list is judged again, while nobody else can invite: where other people would be invited than those that were approved, nobody is. */
export async function sendList(session: WorkspaceSession, input: Input<'invitations.sendList'>, options: CallOptions): Promise<Result<Outputs['invitations.sendList'], Problem>> {
  return session.asWriter('inviting a list of guests', { signal: options.signal, report: options.onProgress }, async () => {
    const judged = await judgeList(session, { text: input.text, redirectUrl: input.redirectUrl }, options)
    if (!judged.ok) return judged
    const approved = asApproved(judged.value, input.approve)
    return approved.ok ? sendApproved(session, approved.value, options) : approved
  })
}

type JudgedList = Extract<Outputs['invitations.judgeList'], { kind: 'list' }>

function asApproved(list: Outputs['invitations.judgeList'], approve: string): Result<JudgedList, Problem> {
  if (list.kind === 'mistakes') return fail({ kind: 'usage', message: `The list has ${list.mistakes.length} ${list.mistakes.length === 1 ? 'mistake' : 'mistakes'}; nobody was invited.`, remedy: 'Correct it and look at the list again.' })
  if (list.hash === approve.toLowerCase()) return succeed(list)
  return fail({ kind: 'approvalMismatch', message: `Nobody was invited: other people would be invited than when the list was approved (its hash is ${list.hash} now).`, remedy: 'Look at the list again and approve that.' })
}

async function sendApproved(session: WorkspaceSession, list: JudgedList, options: CallOptions): Promise<Result<Outputs['invitations.sendList'], Problem>> {
  const inviter = await session.openInviter()
  if (!inviter.ok) return inviter
  const journal = journalOf(session)
  if (!journal.ok) return journal
  await session.audit('listInvited', list.hash, { counts: list.counts })
  const report = (done: number, total: number): void => options.onProgress({ run: 0, step: 'export', connector: 'entra', phase: 'inviting', done, total })
  const results = await sendInvitations({ inviter: inviter.value, journal: journal.value, now: session.now, report, signal: options.signal }, list.rows)
  await session.audit('listInvitationEnded', list.hash, { invited: results.filter(({ result }) => result === 'invited').map(({ id }) => id), unknown: results.filter(({ result }) => result === 'unknown').length })
  return succeed({ results, csv: renderResults(results) })
}

function countFates(rows: readonly InvitationRow[]): Readonly<Record<InvitationFate['kind'], number>> {
  const counts = { new: 0, isGuest: 0, isMember: 0, ambiguous: 0, invitedBefore: 0, unknown: 0 }
  for (const { fate } of rows) counts[fate.kind] += 1
  return counts
}

function hashOf({ configuration: { id, entra } }: WorkspaceSession, rows: readonly InvitationRow[]): string {
  const invited = rows.filter(({ fate }) => fate.kind === 'new').map(({ invitation }) => invitation)
  return createHash('sha256').update(canonicalJson({ workspace: id, tenant: entra.tenantId, invited })).digest('hex')
}

function renderResults(results: readonly InvitationResult[]): string {
  return [renderCsvRecord(['line', 'mail', 'result', 'id', 'text']), ...results.map(({ line, mail, result, id, text }) => renderCsvRecord([String(line), mail, result, id ?? '', text]))].join('')
}
