import type { PlanBlock, PlanLine } from '../../shared/domain/plan.ts'
import type { ObjectProblem, Problem } from '../../shared/domain/problem.ts'
import { fail, type Result } from '../../shared/domain/result.ts'
import type { CounterName, Run, RunStatus } from '../../shared/domain/run.ts'
import { changeAccount, type ExistingLine } from './export/changeAccount.ts'
import { confirmWritten, type Written } from './export/confirm.ts'
import { createAccount, type CreateLine } from './export/createAccount.ts'
import type { DirectoryTarget } from './export/directoryTarget.ts'
import { endsExport, type ExportJournal } from './export/journalledWrite.ts'
import { recoverExport } from './export/recoverExport.ts'
import type { Plan } from './plan.ts'
import { openRun, type OpenRun, type RunContext } from './runContext.ts'

/** So many written objects are read again together: after a crash at most these wait for their confirmation. */
const confirmEvery = 50

export type ExportResult = { readonly run: Run; readonly blocked: readonly PlanBlock[] }

/**
 * Writes an approved plan and reads back what it wrote. Everything that may be refused before the first write was
 * refused before this is called (`checkExport`). Reads nothing but the plan: rules are not asked again (invariant 2).
 */
export async function exportPlan(context: RunContext, profile: string, plan: Plan, target: DirectoryTarget): Promise<Run> {
  const run = await openRun(context, profile, 'export', 'ad')
  const journal: ExportJournal = { store: context.store, run: run.id, planHash: plan.hash, now: context.now }
  const recovered = await recoverExport(context, journal, target)
  if (!recovered.ok) return endWith(run, recovered.problem, 0, 0)
  const confirmed = await confirmWritten(context, run, target, recovered.value)
  if (!confirmed.ok) return endWith(run, confirmed.problem, 0, 0)
  return writeLines(context, run, journal, plan, target)
}

async function writeLines(context: RunContext, run: OpenRun, journal: ExportJournal, plan: Plan, target: DirectoryTarget): Promise<Run> {
  const already = await context.store.changesWrittenByPlan(plan.hash)
  let unconfirmed: Written[] = []
  let [done, drifted, failed] = [0, 0, 0]
  let end: Problem | null = null
  const confirm = async (): Promise<void> => {
    const result = await confirmWritten(context, run, target, unconfirmed)
    unconfirmed = []
    if (!result.ok) end ??= result.problem
  }
  for await (const line of plan.lines()) {
    if (context.signal.aborted) end = { kind: 'cancelled', message: `The export was cancelled after ${done} of ${plan.counts.total} changes.`, remedy: 'Export the same plan again to go on: what is written is not written twice.' }
    if (end !== null) break
    done += 1
    if (already.has(line.hash)) continue
    const result = await writeLine(context, journal, target, line)
    if (result.ok) {
      run.count(counterOf(line))
      unconfirmed.push({ change: line.change, anchor: result.value })
    } else {
      const isDrift = result.problem.kind === 'drift' || result.problem.kind === 'planStale'
      if (isDrift) drifted += 1
      else failed += 1
      run.count(isDrift ? 'exportDrift' : 'exportErrors')
      await run.addProblems([ofObject(result.problem, line)])
      if (endsExport(result.problem) || result.problem.kind === 'cancelled') end = result.problem
    }
    if (unconfirmed.length >= confirmEvery) await confirm()
    run.progress('writing', done, plan.counts.total)
  }
  // What was written is confirmed even when the export was cancelled; only a lost connection leaves it to the next run.
  await confirmWritten({ ...context, signal: AbortSignal.timeout(30_000) }, run, target, unconfirmed)
  return endWith(run, end, drifted, failed)
}

async function writeLine(context: RunContext, journal: ExportJournal, target: DirectoryTarget, line: PlanLine): Promise<Result<Written['anchor'], Problem>> {
  const pending = await context.store.pendingExport(line.change.metaverseId)
  if (pending === null || pending.hash !== line.hash) return fail(stale(line, pending === null))
  return line.change.kind === 'create'
    ? createAccount(journal, target, line as CreateLine, context.signal)
    : changeAccount(journal, target, line as ExistingLine, context.signal)
}

async function endWith(run: OpenRun, problem: Problem | null, drifted: number, failed: number): Promise<Run> {
  if (problem !== null) return run.end(problem.kind === 'cancelled' ? 'stopped' : 'failed', problem)
  const finished: RunStatus = failed === 0 && drifted > 0 ? 'completedWithDrift' : 'succeeded'
  return failed === 0 && drifted > 0 ? run.end(finished, null) : run.finish()
}

function counterOf(line: PlanLine): CounterName {
  switch (line.change.kind) {
    case 'create': return 'exportAdds'
    case 'delete': return 'exportDeletes'
    case 'rename': case 'move': return 'exportRenames'
    default: return 'exportUpdates'
  }
}

function ofObject(problem: Problem, line: PlanLine): ObjectProblem {
  return { ...problem, connector: 'ad', object: line.change.anchor ?? line.change.dn }
}

function stale(line: PlanLine, isGone: boolean): Problem {
  return {
    kind: 'planStale',
    message: isGone
      ? `${line.change.dn} was not written: this change is no longer pending, it was written or fell away after the plan was made.`
      : `${line.change.dn} was not written: a later synchronisation plans something else for it.`,
    remedy: 'Review the current plan with "guestbridge plan" and approve that one.',
    detail: { dn: line.change.dn },
  }
}
