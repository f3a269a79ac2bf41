import type { DelegationChange, DelegationPlan, DelegationPlanLine } from '../../../shared/domain/delegationPlan.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Run } from '../../../shared/domain/run.ts'
import { leavesOutcomeOpen } from '../../connectors/leavesOutcomeOpen.ts'
import { openDelegationRun, type DelegationExportContext, type DelegationRun, type DelegationTarget } from './delegationExport.ts'
import { recoverDelegation } from './recoverDelegation.ts'
import { confirmDelegation, writeDelegation } from './writeDelegation.ts'

/** What became of one change. */
export type DelegationResult = {
  readonly change: DelegationChange
  /** `alreadyWritten`: by a former export of this plan. `notConfirmed`: the controller took it and shows something else. `open`: whether it was written is not known until the next export. */
  readonly outcome: 'written' | 'alreadyWritten' | 'drift' | 'refused' | 'notConfirmed' | 'open' | 'notReached'
  readonly problem: Problem | null
}
export type ExportedDelegation = { readonly run: Run; readonly results: readonly DelegationResult[] }

/**
 * Writes an approved plan, one change after the other, in its order. What may be refused before the first write was refused
 * before (`checkDelegationExport`). A change that fails does not stop the others; a lost connection does, and leaves its
 * entry to the next export.
 */
export async function exportDelegation(context: DelegationExportContext, plan: DelegationPlan, target: DelegationTarget): Promise<ExportedDelegation> {
  const run = await openDelegationRun(context)
  const recovered = await recoverDelegation(context, target)
  if (!recovered.ok) return { run: await run.end('failed', recovered.problem), results: plan.lines.map(({ change }) => notReached(change)) }
  const already = await context.store.delegationWrittenByPlan(plan.hash)
  const results: DelegationResult[] = []
  let ending: Problem | null = null
  for (const line of plan.lines) {
    ending ??= context.signal.aborted ? cancelled(results.length, plan.lines.length) : null
    if (ending !== null) {
      results.push(notReached(line.change))
      continue
    }
    const result = already.has(line.hash) ? { change: line.change, outcome: 'alreadyWritten' as const, problem: null } : await exportInOrder(context, { run, plan, target }, line, results)
    results.push(result)
    if (result.outcome === 'open') ending = result.problem
    run.progress('writing', results.length, plan.lines.length)
  }
  return { run: await end(run, results, ending), results }
}

type Export = { readonly run: DelegationRun; readonly plan: DelegationPlan; readonly target: DelegationTarget }

/**
 * "Any protocol" and the list of one account depend on each other: a list without the bit ends every way of delegation
 * (MS-SFU 3.2.5.1.2). Where the first of the two was not written, the second is left as it is. Lack of the privilege needs no
 * such care: the controller refuses both for it.
 */
async function exportInOrder(context: DelegationExportContext, exporting: Export, line: DelegationPlanLine, results: readonly DelegationResult[]): Promise<DelegationResult> {
  const { change } = line
  const first = results.find((result) => result.change.anchor === change.anchor && result.problem !== null && dependsOn(change, result.change))
  if (first === undefined || first.problem === null || first.problem.kind === 'delegationPrivilegeMissing') return exportOne(context, exporting, line)
  const problem = heldBack(change, first.change, first.problem)
  await exporting.run.addProblem({ ...problem, connector: 'ad', object: change.anchor })
  return { change, outcome: 'notReached', problem }
}

function dependsOn({ attribute }: DelegationChange, { attribute: first }: DelegationChange): boolean {
  const depending: readonly DelegationChange['attribute'][] = ['userAccountControl', 'msDS-AllowedToDelegateTo']
  return attribute !== first && depending.includes(attribute) && depending.includes(first)
}

async function exportOne(context: DelegationExportContext, { run, plan, target }: Export, line: DelegationPlanLine): Promise<DelegationResult> {
  const { change } = line
  const journal = { ...context, run: run.id, planHash: plan.hash, target }
  const written = await writeDelegation(journal, line)
  // Reading back is not cancelled: what was written is confirmed.
  const confirmed = written.ok ? await confirmDelegation(target, change, AbortSignal.timeout(confirmPatience)) : null
  if (written.ok) run.count('exportUpdates')
  if (confirmed !== null) run.count(confirmed.ok ? 'exportConfirmed' : 'exportNotConfirmed')
  const problem = written.ok ? (confirmed?.ok === false ? confirmed.problem : null) : written.problem
  if (problem === null) return { change, outcome: 'written', problem }
  const outcome = written.ok ? 'notConfirmed' : leavesOutcomeOpen(problem) ? 'open' : problem.kind === 'drift' ? 'drift' : 'refused'
  if (!written.ok) run.count(outcome === 'drift' ? 'exportDrift' : 'exportErrors')
  await run.addProblem({ ...problem, connector: 'ad', object: change.anchor })
  return { change, outcome, problem }
}

const confirmPatience = 30_000

async function end(run: DelegationRun, results: readonly DelegationResult[], ending: Problem | null): Promise<Run> {
  const has = (...outcomes: readonly DelegationResult['outcome'][]) => results.some(({ outcome }) => outcomes.includes(outcome))
  if (ending !== null) return run.end(ending.kind === 'cancelled' ? 'stopped' : 'failed', ending)
  if (has('refused', 'notConfirmed')) return run.end('completedWithErrors', null)
  return run.end(has('drift') ? 'completedWithDrift' : 'succeeded', null)
}

function notReached(change: DelegationChange): DelegationResult {
  return { change, outcome: 'notReached', problem: null }
}

function heldBack({ attribute, dn }: DelegationChange, first: DelegationChange, { kind }: Problem): Problem {
  return {
    kind, message: `${attribute} of ${dn} was left as it is: ${first.attribute} comes first, and was not written. One without the other would end its delegation.`,
    remedy: `Mend what kept ${first.attribute} from being written, and plan both again with "guestbridge kcd plan".`, detail: { dn },
  }
}

function cancelled(done: number, total: number): Problem {
  return { kind: 'cancelled', message: `The export was cancelled after ${done} of ${total} changes.`, remedy: 'Export the same plan again to go on: what is written is not written twice.' }
}
