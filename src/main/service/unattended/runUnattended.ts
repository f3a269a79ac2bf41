import { createHash } from 'node:crypto'
import type { CallOptions, ExportOutcome, Outputs } from '../../../shared/api/contract.ts'
import type { UnattendedOutcome } from '../../../shared/api/unattendedCalls.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import type { Run } from '../../../shared/domain/run.ts'
import type { StandingApproval } from '../../../shared/domain/standingApproval.ts'
import { findBlocks, readPlan, type Plan } from '../../runs/plan.ts'
import { wentToItsEnd } from '../../runs/profiles.ts'
import type { Notice, NotSent } from '../../unattended/notify/notice.ts'
import { exportApproved } from '../planHandlers.ts'
import { startRuns } from '../runHandlers.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'
import { isFullDue } from './fullDue.ts'
import { noticeOf } from './noticeOf.ts'
import { findStandingApproval } from './standingApprovals.ts'
import { tellExpiring } from './tellExpiring.ts'

type End = UnattendedOutcome['end']

/**
 * A cycle that nobody watches (sync-semantics 22): what changed where that is possible, everything when it is due. It exports
 * only a plan within a standing approval and within the thresholds; every other plan waits, and somebody is told.
 */
export async function runUnattended(session: WorkspaceSession, _input: unknown, options: CallOptions): Promise<Result<Outputs['unattended.run'], Problem>> {
  const cycle = (await isFullDue(session)) ? 'cycle' : 'delta cycle'
  const ran = await startRuns(session, { profile: cycle, acceptSmallerSource: null }, options, `unattended ${cycle}`)
  // Somebody else writes just now: the next cycle of the schedule comes soon enough.
  if (!ran.ok && ran.problem.kind === 'locked') return ran
  const runs = ran.ok ? ran.value.runs : []
  const stopped = ran.ok ? findStopped(runs) : ran.problem
  const plan = stopped === null ? await readPlan(session.reader) : null
  const end = stopped !== null ? { kind: 'failed' as const, problem: stopped } : plan === null || plan.counts.total === 0 ? { kind: 'nothingToDo' as const } : await exportIfCovered(session, plan, options)
  const planHash = plan?.hash ?? null
  return succeed({ cycle, runs, planHash, planned: plan?.counts.total ?? 0, end, notSent: [...(await tell(session, end, plan)), ...(await tellExpiring(session))] })
}

async function exportIfCovered(session: WorkspaceSession, plan: Plan, options: CallOptions): Promise<End> {
  const { reader, configuration, now } = session
  const blocks = await findBlocks(reader, plan, configuration.thresholds, now())
  const found = await findStandingApproval(session, reader, plan)
  if (!found.ok) return { kind: 'waits', reasons: [...blocks.map(describeBlock), ...found.problem] }
  if (blocks.length > 0) return { kind: 'waits', reasons: blocks.map(describeBlock) }
  // Judged again under the writer's lock: what was written or withdrawn meanwhile counts.
  let approval: StandingApproval = found.value
  const exported = await exportApproved(session, plan, {
    hash: plan.hash, lifts: [],
    standing: async (store) => {
      const still = await findStandingApproval(session, store, plan)
      if (still.ok) approval = still.value
      return still
    },
  }, options)
  return endOf(exported, approval)
}

function endOf(exported: Result<ExportOutcome, Problem>, approval: StandingApproval): End {
  if (!exported.ok) return exported.problem.kind === 'approvalMismatch' ? { kind: 'waits', reasons: [exported.problem.message] } : { kind: 'failed', problem: exported.problem }
  if (exported.value.kind === 'blocked') return { kind: 'waits', reasons: exported.value.blocks.map(describeBlock) }
  const { run } = exported.value
  if (!wentToItsEnd(run)) return { kind: 'failed', problem: run.problem ?? { kind: 'internal', message: `The export (run ${run.id}) did not come to its end.`, remedy: 'See the run in the window, or "guestbridge history".' } }
  return { kind: 'exported', run, approvedBy: approval.givenBy }
}

function findStopped(runs: readonly Run[]): Problem | null {
  const stopped = runs.find((run) => !wentToItsEnd(run))
  return stopped === undefined ? null : (stopped.problem ?? { kind: 'internal', message: `Run ${stopped.id} (${stopped.profile}) did not come to its end.`, remedy: 'See "guestbridge history".' })
}

function describeBlock({ kind, planned, limit, unit, managedAccounts }: { readonly kind: string; readonly planned: number; readonly limit: number; readonly unit: 'count' | 'percent'; readonly managedAccounts: number }): string {
  return unit === 'count' ? `The threshold "${kind}" is ${limit}; plan and the last 24 hours have ${planned}.` : `The threshold "${kind}" is ${limit} % of ${managedAccounts} accounts; plan and the last 24 hours have ${planned}.`
}

/** What somebody was told of last: a schedule of minutes must not fill a mailbox with one plan. */
const toldWatermark = 'unattended.told'

async function tell(session: WorkspaceSession, end: End, plan: Plan | null): Promise<readonly NotSent[]> {
  const notice: Notice | null = noticeOf(session, end, plan?.hash ?? null, plan?.counts.total ?? 0)
  const told = notice === null ? '' : `${end.kind} ${end.kind === 'failed' ? end.problem.message : plan === null ? '' : await digestOf(plan)}`
  if (told === ((await session.reader.watermark(toldWatermark)) ?? '')) return []
  const notSent = notice === null ? [] : await session.notify(notice)
  // Whoever could not be told is told by the next cycle.
  if (notSent.length === 0) await remember(session, told)
  return notSent
}

/** Of the changes alone: each cycle gives the same plan another header, and so another hash. */
async function digestOf(plan: Plan): Promise<string> {
  const digest = createHash('sha256')
  for await (const { hash } of plan.lines()) digest.update(hash)
  return digest.digest('hex')
}

async function remember(session: WorkspaceSession, told: string): Promise<void> {
  await session.asWriter('remembering who was told', { signal: AbortSignal.timeout(30_000), report: () => undefined }, async ({ store }) => {
    await store.setWatermark(toldWatermark, told)
    return succeed(null)
  })
}
