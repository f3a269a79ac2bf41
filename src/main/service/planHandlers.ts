import type { CallOptions, ExportOutcome, Input, Outputs, PlanSummary } from '../../shared/api/contract.ts'
import { changeKinds, type Change } from '../../shared/domain/change.ts'
import { thresholdKinds } from '../../shared/domain/plan.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { DomainIdentity } from '../connectors/connector.ts'
import type { StandingApproval } from '../../shared/domain/standingApproval.ts'
import { checkExport } from '../runs/checkExport.ts'
import { exportPlan } from '../runs/exportStep.ts'
import type { DirectoryTarget } from '../runs/export/directoryTarget.ts'
import type { Consequences } from '../runs/export/recordConsequences.ts'
import { findObject } from '../runs/findObject.ts'
import { countManagedAccounts, judgeCounts, planOfOne, readPlan, readPlanHeader, type Plan } from '../runs/plan.ts'
import { readPlanFile, writePlanFile } from '../runs/planFile.ts'
import { hashOfRules } from '../runs/synchronizationSettings.ts'
import type { Lift } from '../runs/thresholds.ts'
import type { StoreReader } from '../store/store.ts'
import { listHolds } from './holdHandlers.ts'
import { keepUndoPlan } from './undoHandlers.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

const shownProblems = 1000

/** Milliseconds: a cancelled export gets its undo plan too, but nobody waits for a directory that is gone. */
const undoPatience = 30_000

export async function summarizePlan(session: WorkspaceSession): Promise<PlanSummary> {
  const { reader, configuration, now } = session
  const holds = await listHolds(reader)
  const plan = await session.planDigest()
  const skipped = await reader.countSkips()
  const managedAccounts = await countManagedAccounts(reader)
  if (plan === null) return { header: null, hash: null, counts: noCounts(), blocked: [], thresholds: [], managedAccounts, skipped, holds }
  const { blocks, counted } = await judgeCounts(reader, plan.planned, configuration.thresholds, now())
  const thresholds = thresholdKinds.map((kind) => ({ kind, planned: counted[kind], count: configuration.thresholds[kind].count, percent: configuration.thresholds[kind].percent ?? null }))
  return { header: plan.header, hash: plan.hash, counts: plan.counts, blocked: blocks, thresholds, managedAccounts, skipped, holds }
}

export async function readPlanPage(session: WorkspaceSession, { after, limit }: Input<'plan.page'>): Promise<Outputs['plan.page']> {
  const kind = changeKinds.find((known) => known === after?.kind)
  const key = after === null || kind === undefined ? null : { kind, metaverseId: after.metaverseId }
  const batch = await session.reader.pendingBatch(key, limit)
  const last = batch.at(-1)
  return {
    lines: batch.map(({ change, hash }) => ({ change, hash })),
    next: last === undefined || batch.length < limit ? null : { kind: last.change.kind, metaverseId: last.change.metaverseId },
  }
}

export async function writePlan(session: WorkspaceSession, { path }: Input<'plan.write'>): Promise<Result<PlanSummary, Problem>> {
  const plan = await readPlan(session.reader)
  if (plan === null) return fail(noPlan())
  try {
    await writePlanFile(path, plan)
  } catch (error) {
    return fail({ kind: 'planUnreadable', message: `The plan was not written to ${path}: ${error instanceof Error ? error.message : String(error)}.`, remedy: 'Name a file in a folder that exists and that you may write to.' })
  }
  return succeed(await summarizePlan(session))
}

export async function exportPlanFile(session: WorkspaceSession, { path, approve, lifts }: Input<'plan.export'>, options: CallOptions): Promise<Result<ExportOutcome, Problem>> {
  const plan = await readPlanFile(path)
  return plan.ok ? exportApproved(session, plan.value, { hash: approve, lifts }, options) : plan
}

/** The one change of this person in the current plan; the approval names the hash that `preview` showed. */
export async function provisionOne(session: WorkspaceSession, { id, approve, lifts }: Input<'plan.provision'>, options: CallOptions): Promise<Result<ExportOutcome, Problem>> {
  const found = await findObject(session.reader, id)
  if (!found.ok) return found
  const header = await readPlanHeader(session.reader)
  if (header === null) return fail(noPlan())
  const pending = found.value.person === null ? null : await session.reader.pendingExport(found.value.person.id)
  if (pending === null) {
    return fail({ kind: 'planStale', message: `Nothing is planned for "${id}".`, remedy: `See why with "guestbridge preview ${id}".` })
  }
  return exportApproved(session, planOfOne(header, { change: pending.change, hash: pending.hash }), { hash: approve, lifts }, options)
}

/** A person's word: for this plan and no other, and for these kinds beyond their thresholds. */
type Approval = {
  readonly hash: string
  readonly lifts: readonly Lift[]
  /** Nobody approves just now: a standing approval must cover the plan, judged under the writer's lock. */
  readonly standing?: (store: StoreReader) => Promise<Result<StandingApproval, readonly string[]>>
}

export async function exportApproved(session: WorkspaceSession, plan: Plan, approval: Approval, options: CallOptions): Promise<Result<ExportOutcome, Problem>> {
  const target = await session.openTarget()
  if (!target.ok) return target
  const domain = await identifyOne(target.value, options.signal)
  if (!domain.ok) return domain
  return session.asWriter<ExportOutcome>('export', { signal: options.signal, report: options.onProgress }, async (context) => {
    const cleared = await checkExport(context.store, plan, {
      approvedHash: approval.hash, workspace: session.configuration.id, rulesHash: hashOfRules(session.deciding), domain: domain.value,
      limits: session.configuration.thresholds, lifts: approval.lifts, now: context.now(),
    })
    if (!cleared.ok) return cleared
    if (cleared.value.kind === 'blocked') return succeed({ kind: 'blocked', blocks: cleared.value.blocks })
    const standing = (await approval.standing?.(context.store)) ?? null
    if (standing?.ok === false) return fail(notCovered(standing.problem))
    const { controller, boundAs } = domain.value
    const by = standing === null ? {} : { standingApproval: { line: standing.value.line, givenBy: standing.value.givenBy } }
    await session.audit('planApproved', plan.hash, { counts: plan.counts, purpose: plan.header.purpose ?? null, lifted: cleared.value.lifted, controller, boundAs, ...by })
    const run = await exportPlan(context, exportProfile(session), plan, target.value, consequencesIn(session))
    await session.audit('exportEnded', plan.hash, { run: run.id, status: run.status, counters: run.counters })
    const undo = await keepUndoPlan(session, context.store, run.id, AbortSignal.timeout(undoPatience))
    return succeed({ kind: 'exported', run, problems: await context.store.runProblems(run.id, shownProblems), undo })
  })
}

function notCovered(reasons: readonly string[]): Problem {
  return { kind: 'approvalMismatch', message: `Nothing was written. ${reasons.join(' ')}`, remedy: 'Review the plan and approve it, or give another standing approval.' }
}

function consequencesIn({ actor, deciding: { leavers } }: WorkspaceSession): Consequences {
  return { approvedBy: actor, deleteAfterDays: leavers.action === 'leave' ? null : leavers.deleteAfterDays }
}

/** Reading back on another controller would show what it has not replicated yet (sync-semantics 16). */
async function identifyOne({ reader, writer }: DirectoryTarget, signal: AbortSignal): Promise<Result<DomainIdentity, Problem>> {
  const [written, read] = [await writer.identify(signal), await reader.identify(signal)]
  if (!written.ok || !read.ok || written.value.controller === read.value.controller) return written.ok ? (read.ok ? written : read) : written
  return fail({
    kind: 'wrongController', message: `Nothing was written: ${written.value.controller} would write, but ${read.value.controller} would read back.`,
    remedy: 'Export again. If it happens again, name one domain controller first in workspace.json.',
  })
}

function exportProfile(session: WorkspaceSession): string {
  return Object.entries(session.configuration.runProfiles).find(([, profile]) => profile.step === 'export')?.[0] ?? 'export'
}

export function noPlan(): Problem {
  return { kind: 'planUnreadable', message: 'There is no plan yet.', remedy: 'Run "guestbridge run cycle" first.' }
}

function noCounts(): PlanSummary['counts'] {
  return Object.fromEntries([...changeKinds, 'total'].map((kind) => [kind, 0])) as Record<Change['kind'] | 'total', number>
}
