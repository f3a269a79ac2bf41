import type { CallOptions, Input } from '../../shared/api/contract.ts'
import type { JoinDecision } from '../../shared/domain/lifecycle.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { findAccount, findPerson } from './findPerson.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

type Decided = Promise<Result<JoinDecision, Problem>>

/** What a person decides about an account comes before every join criterion and stays over full synchronisations. */
export async function decideJoin(session: WorkspaceSession, { account, person, note }: Input<'decisions.join'>, options: CallOptions): Decided {
  const row = await findAccount(session.reader, account)
  if (!row.ok) return row
  const found = await findPerson(session.reader, person)
  if (!found.ok) return found
  const other = found.value.links.find(({ connector, anchor }) => connector === 'ad' && anchor !== row.value.object.anchor)
  if (other !== undefined) {
    return fail({ kind: 'usage', message: `"${person}" has the account ${other.anchor} already; a person has one account.`, remedy: `Disconnect that one first: guestbridge disconnect ${other.anchor} --note TEXT` })
  }
  return record(session, { ...said(session, row.value.object.anchor, note), decision: { kind: 'join', metaverseId: found.value.id } }, options)
}

export async function decideDisconnect(session: WorkspaceSession, { account, note }: Input<'decisions.disconnect'>, options: CallOptions): Decided {
  const row = await findAccount(session.reader, account)
  if (!row.ok) return row
  const { metaverseId, object } = row.value
  if (metaverseId === null) {
    return fail({ kind: 'usage', message: `${object.dn ?? object.anchor} belongs to nobody in the metaverse, so there is nothing to disconnect.`, remedy: `To keep it from ever being joined: guestbridge leave-alone ${account} --note TEXT` })
  }
  return record(session, { ...said(session, object.anchor, note), decision: { kind: 'disconnect', metaverseId } }, options)
}

export async function decideLeaveAlone(session: WorkspaceSession, { account, note }: Input<'decisions.leaveAlone'>, options: CallOptions): Decided {
  const row = await findAccount(session.reader, account)
  return row.ok ? record(session, { ...said(session, row.value.object.anchor, note), decision: { kind: 'leaveAlone' } }, options) : row
}

/** The join criteria decide again. The account may be gone by now, so its objectGUID is enough. */
export async function forgetDecision(session: WorkspaceSession, { account }: Input<'decisions.forget'>, options: CallOptions): Decided {
  const decisions = await session.reader.joinDecisions()
  const direct = decisions.find(({ anchor }) => anchor === account.toLowerCase())
  const row = direct === undefined ? await findAccount(session.reader, account) : null
  if (row !== null && !row.ok) return row
  const decision = direct ?? decisions.find(({ anchor }) => anchor === row?.value.object.anchor)
  if (decision === undefined) return fail({ kind: 'notFoundInWorkspace', message: `Nothing was decided about "${account}".`, remedy: 'See "guestbridge decisions" for what was.' })
  return session.asWriter('decision about a join', { signal: options.signal, report: options.onProgress }, async ({ store }) => {
    await session.audit('decisionForgotten', null, { ...decision })
    await store.removeJoinDecision(decision.anchor)
    return succeed(decision)
  })
}

function said(session: WorkspaceSession, anchor: string, note: string): Pick<JoinDecision, 'anchor' | 'note' | 'by' | 'at'> {
  return { anchor, note, by: session.actor, at: session.now() }
}

function record(session: WorkspaceSession, decision: JoinDecision, options: CallOptions): Decided {
  return session.asWriter('decision about a join', { signal: options.signal, report: options.onProgress }, async ({ store }) => {
    await session.audit('joinDecided', null, { ...decision })
    await store.putJoinDecision(decision)
    return succeed(decision)
  })
}
