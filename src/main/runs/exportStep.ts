import type { PlanLine } from '../../shared/domain/plan.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, type Result } from '../../shared/domain/result.ts'
import type { CounterName, Run } from '../../shared/domain/run.ts'
import { leavesOutcomeOpen } from '../connectors/leavesOutcomeOpen.ts'
import { changeAccount } from './export/changeAccount.ts'
import { confirmWritten, type Written } from './export/confirm.ts'
import { createAccount } from './export/createAccount.ts'
import { usualParallelWrites, type DirectoryTarget } from './export/directoryTarget.ts'
import type { ExportJournal } from './export/journalledWrite.ts'
import type { Consequences } from './export/recordConsequences.ts'
import { recoverExport } from './export/recoverExport.ts'
import { writeInParallel } from './export/writeInParallel.ts'
import type { Plan } from './plan.ts'
import { openRun, type OpenRun, type RunContext } from './runContext.ts'

/** So many written objects are read again together: after a crash at most these wait for their confirmation. */
const confirmEvery = 50

/**
 * Writes an approved plan and reads back what it wrote. Everything that may be refused before the first write was
 * refused before this is called (`checkExport`). Reads nothing but the plan: rules are not asked again (invariant 2).
 */
export async function exportPlan(context: RunContext, profile: string, plan: Plan, target: DirectoryTarget, consequences: Consequences): Promise<Run> {
  const run = await openRun(context, profile, 'export', 'ad')
  const journal: ExportJournal = { store: context.store, run: run.id, planHash: plan.hash, now: context.now, consequences }
  const recovered = await recoverExport(context, journal, target)
  if (!recovered.ok) return endWith(run, { end: recovered.problem, drifted: 0, failed: 0 })
  await run.addProblems(recovered.value.problems)
  const confirmed = await confirmWritten(context, run, target, recovered.value.written)
  if (!confirmed.ok) return endWith(run, { end: confirmed.problem, drifted: 0, failed: 0 })
  const outcome = await writeLines({ context, run, journal, target }, plan)
  return endWith(run, { ...outcome, failed: outcome.failed + recovered.value.problems.length })
}

type Export = { readonly context: RunContext; readonly run: OpenRun; readonly journal: ExportJournal; readonly target: DirectoryTarget }
type Outcome = { readonly end: Problem | null; readonly drifted: number; readonly failed: number }
type Tally = { end: Problem | null; drifted: number; failed: number; done: number; unconfirmed: Written[] }

async function writeLines(work: Export, plan: Plan): Promise<Outcome> {
  const { context, run, target } = work
  const already = await context.store.changesWrittenByPlan(plan.hash)
  const tally: Tally = { end: null, drifted: 0, failed: 0, done: 0, unconfirmed: [] }
  const takeUnconfirmed = (): readonly Written[] => tally.unconfirmed.splice(0)
  const perform = async (line: PlanLine): Promise<void> => {
    if (!already.has(line.hash)) await writeAndCount(work, tally, line)
    tally.done += 1
    run.progress('writing', tally.done, plan.counts.total)
    if (tally.unconfirmed.length < confirmEvery) return
    const confirmed = await confirmWritten(context, run, target, takeUnconfirmed())
    if (!confirmed.ok) tally.end ??= confirmed.problem
  }
  await writeInParallel(plan.lines(), target.parallelWrites ?? usualParallelWrites, () => tally.end !== null || context.signal.aborted, perform)
  // What was written is confirmed even when the export was cancelled; only a lost connection leaves it to the next run.
  const confirmed = await confirmWritten({ ...context, signal: AbortSignal.timeout(30_000) }, run, target, takeUnconfirmed())
  const isCancelled = context.signal.aborted && tally.done < plan.counts.total
  return { ...tally, end: isCancelled ? cancelled(tally.done, plan.counts.total) : (tally.end ?? (confirmed.ok ? null : confirmed.problem)) }
}

async function writeAndCount(work: Export, tally: Tally, line: PlanLine): Promise<void> {
  const { run } = work
  const result = await writeLine(work, line)
  if (result.ok) {
    run.countObject({ counter: counterOf(line), connector: 'ad', id: result.value })
    tally.unconfirmed.push({ change: line.change, anchor: result.value })
    return
  }
  const { problem } = result
  if (leavesOutcomeOpen(problem)) tally.end ??= problem
  const isDrift = problem.kind === 'drift' || problem.kind === 'planStale'
  tally[isDrift ? 'drifted' : 'failed'] += 1
  // By the person: an account that was not made has no anchor.
  run.countObject({ counter: isDrift ? 'exportDrift' : 'exportErrors', connector: 'metaverse', id: line.change.metaverseId })
  await run.addProblems([{ ...problem, connector: 'ad', object: line.change.anchor ?? line.change.dn }])
}

async function writeLine({ context, journal, target }: Export, line: PlanLine): Promise<Result<Written['anchor'], Problem>> {
  const refused = await findStale(context, line)
  if (refused !== null) return fail(refused)
  const { change, hash } = line
  return change.kind === 'create'
    ? createAccount(journal, target, { hash, change }, context.signal)
    : changeAccount(journal, target, { hash, change }, context.signal)
}

/**
 * A change is still pending, or it is not written. What an undo writes was never pending: its precondition alone says
 * whether the account is still as the undone export left it. Nobody is added twice before an import has shown the account.
 */
async function findStale({ store }: RunContext, line: PlanLine): Promise<Problem | null> {
  const { metaverseId, kind, reason } = line.change
  if (reason.kind !== 'undone') {
    const pending = await store.pendingExport(metaverseId)
    if (pending === null || pending.hash !== line.hash) return stale(line, pending === null)
  }
  if (kind !== 'create') return null
  const awaiting = (await store.awaitingConfirmation()).find((entry) => entry.metaverseId === metaverseId)
  return awaiting === undefined ? null : unconfirmed(line, awaiting.run)
}

async function endWith(run: OpenRun, { end, drifted, failed }: Outcome): Promise<Run> {
  if (end !== null) return run.end(end.kind === 'cancelled' ? 'stopped' : 'failed', end)
  return failed === 0 && drifted > 0 ? run.end('completedWithDrift', null) : run.finish()
}

function cancelled(done: number, total: number): Problem {
  return { kind: 'cancelled', message: `The export was cancelled after ${done} of ${total} changes.`, remedy: 'Export the same plan again to go on: what is written is not written twice.' }
}

function counterOf(line: PlanLine): CounterName {
  switch (line.change.kind) {
    case 'create': return 'exportAdds'
    case 'delete': return 'exportDeletes'
    case 'rename': case 'move': return 'exportRenames'
    default: return 'exportUpdates'
  }
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

/** Another controller may not have the account yet, and would take it a second time. */
function unconfirmed(line: PlanLine, run: number): Problem {
  return {
    kind: 'planStale',
    message: `${line.change.dn} was not written: run ${run} added an account for this person, and no import has shown it since.`,
    remedy: 'Run the import of Active Directory, then review the new plan.',
    detail: { dn: line.change.dn, run },
  }
}
