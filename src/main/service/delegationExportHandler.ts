import type { CallOptions, Input } from '../../shared/api/contract.ts'
import type { DelegationExportOutcome, DelegationUndoKept } from '../../shared/api/delegationPlanCalls.ts'
import { parseSid } from '../../shared/domain/ids.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { checkDelegationExport } from '../kcd/planning/checkDelegationExport.ts'
import { readDelegationPlan } from '../kcd/planning/delegationPlanFile.ts'
import type { DelegationTarget } from '../kcd/planning/delegationExport.ts'
import { exportDelegation } from '../kcd/planning/exportDelegation.ts'
import { planDelegationUndo } from '../kcd/planning/undoDelegation.ts'
import type { RunContext } from '../runs/runContext.ts'
import { openDelegationTarget } from './delegationTarget.ts'
import { keepDelegationPlan, planFileOf } from './keepDelegationPlan.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** Milliseconds: a cancelled export gets its undo plan too, but nobody waits for a directory that is gone. */
const undoPatience = 30_000

/** Writes the plan whose whole hash was approved, under the writer's lock and with both ends in the audit trail. */
export async function exportApprovedDelegation(session: WorkspaceSession, { approve, path, lifts }: Input<'delegation.export'>, options: CallOptions): Promise<Result<DelegationExportOutcome, Problem>> {
  const plan = await readDelegationPlan(path ?? planFileOf(session.folder, approve))
  if (!plan.ok) return plan
  const domain = parseSid(plan.value.header.domainSid)
  if (!domain.ok) return fail({ kind: 'planForeign', message: `Nothing was written: the plan names no domain (${domain.problem.text}).`, remedy: 'Plan it again with "guestbridge kcd plan".' })
  const target = await openDelegationTarget(session, domain.value, options.signal)
  if (!target.ok) return target
  const { configuration, now } = session
  return session.asWriter('export of delegation', { signal: options.signal, report: options.onProgress }, async (context): Promise<Result<DelegationExportOutcome, Problem>> => {
    const { controller, boundAs, domainSid } = target.value
    const conditions = { approvedHash: approve, workspace: configuration.id, domainSid, limit: configuration.thresholds.delegation.count, lift: lifts[0]?.note ?? null, now: now() }
    const clearance = await checkDelegationExport(context.store, plan.value, conditions)
    if (!clearance.ok) return clearance
    if (clearance.value.kind === 'blocked') return succeed(clearance.value)
    const { hash, lines, header } = plan.value
    await session.audit('delegationApproved', hash, { changes: lines.length, purpose: header.purpose.kind, lifted: clearance.value.lifted, controller, boundAs })
    const { run, results } = await exportDelegation(context, plan.value, target.value)
    const written = results.map(({ change: { dn, attribute, before, after }, outcome }) => ({ dn, attribute, before, after, outcome }))
    await session.audit('delegationWritten', hash, { run: run.id, status: run.status, counters: run.counters, controller, changes: written })
    return succeed({ kind: 'exported', run, controller, results, undo: await keepUndo(session, context, run.id, target.value) })
  })
}

async function keepUndo({ folder, configuration }: WorkspaceSession, { store, now }: RunContext, run: number, { writer }: DelegationTarget): Promise<DelegationUndoKept> {
  const entries = await store.delegationJournalOfRun(run)
  if (!entries.some(({ outcome }) => outcome?.kind === 'done')) return { kind: 'nothingToUndo' }
  const undo = await planDelegationUndo(store, { run, workspace: configuration.id, now: now(), openWriter: () => Promise.resolve(succeed(writer)), signal: AbortSignal.timeout(undoPatience) })
  if (!undo.ok) return { kind: 'notKept', problem: undo.problem }
  const { plan, impossible } = undo.value
  const file = await keepDelegationPlan(folder, plan, null)
  if (!file.ok) return { kind: 'notKept', problem: file.problem }
  return file.value === null ? { kind: 'nothingToUndo' } : { kind: 'kept', file: file.value, hash: plan.hash, changes: plan.lines.length, impossible: impossible.length }
}
