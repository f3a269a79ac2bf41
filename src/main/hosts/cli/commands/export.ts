import { resolve } from 'node:path'
import type { ExportOutcome, Input } from '../../../../shared/api/contract.ts'
import { assertNever } from '../../../../shared/domain/assertNever.ts'
import { nearestName } from '../../../../shared/domain/nearestName.ts'
import { thresholdKinds } from '../../../../shared/domain/plan.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../../shared/domain/result.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodeOfRun, exitCodes, type ExitCode } from '../exitCodes.ts'
import type { Output } from '../output.ts'
import { describeBlock } from '../planText.ts'
import { refuse, withService } from '../withService.ts'
import { printRun } from './run.ts'

export type Lifts = Input<'plan.export'>['lifts']
type Approval = { readonly approve: string; readonly lifts: Lifts }

export function exportPlan(context: CommandContext, options: Approval & { readonly plan: string }): Promise<ExitCode> {
  return withService(context, async (call) => {
    const outcome = await call('plan.export', { path: resolve(context.currentFolder, options.plan), approve: options.approve, lifts: options.lifts })
    return outcome.ok ? report(context, outcome.value) : refuse(context, outcome.problem)
  })
}

export function provision(context: CommandContext, options: Approval & { readonly id: string }): Promise<ExitCode> {
  return withService(context, async (call) => {
    const outcome = await call('plan.provision', options)
    return outcome.ok ? report(context, outcome.value) : refuse(context, outcome.problem)
  })
}

/** The first note belongs to the first kind, and so on: each lifted threshold has its own reason. */
export function pairLifts(kinds: readonly string[], notes: readonly string[]): Result<Lifts, Problem> {
  const unknown = kinds.find((kind) => !thresholdKinds.some((known) => known === kind))
  if (unknown !== undefined) {
    const nearest = nearestName(unknown, thresholdKinds)
    return fail({ kind: 'usage', message: `There is no threshold "${unknown}"${nearest === null ? '' : `; did you mean "${nearest}"?`}`, remedy: `Known are: ${thresholdKinds.join(', ')}.` })
  }
  if (kinds.length !== notes.length) {
    return fail({ kind: 'usage', message: `${kinds.length} thresholds are to be lifted, with ${notes.length} notes.`, remedy: 'Give each --lift KIND its --note TEXT; it is kept in the audit trail.' })
  }
  return succeed(kinds.flatMap((name, index) => {
    const kind = thresholdKinds.find((known) => known === name)
    return kind === undefined ? [] : [{ kind, note: notes[index] ?? '' }]
  }))
}

function report({ output }: CommandContext, outcome: ExportOutcome): ExitCode {
  output.document(outcome)
  if (outcome.kind === 'blocked') {
    outcome.blocks.forEach((block) => output.line(output.style('red', describeBlock(block))))
    output.line('Nothing was written. An approver may lift a threshold for this plan: --lift KIND --note TEXT.')
    return exitCodes.blocked
  }
  printRun(output, outcome.run)
  outcome.problems.forEach((problem) => {
    output.line(`  ${output.style('red', problem.message)}`)
    output.line(`    → ${problem.remedy}`)
  })
  const { exportConfirmed = 0, exportNotConfirmed = 0 } = outcome.run.counters
  output.line(`Confirmed by reading again: ${exportConfirmed} of ${exportConfirmed + exportNotConfirmed}.`)
  describeUndo(output, outcome)
  return exitCodeOfRun(outcome.run)
}

function describeUndo(output: Output, { run, undo }: Extract<ExportOutcome, { kind: 'exported' }>): void {
  switch (undo.kind) {
    case 'kept': return output.line(`Undo: ${undo.path} takes back ${undo.changes} of its changes${undo.impossible > 0 ? `, ${undo.impossible} cannot be` : ''} (${output.command('undo', String(run.id), '--out', 'FILE')}).`)
    case 'nothingToUndo': return output.line(undo.impossible > 0 ? `Undo: none of the ${undo.impossible} changes can be taken back (${output.command('undo', String(run.id))} says why).` : 'Undo: nothing was written.')
    case 'notKept': return output.problem(undo.problem)
    default: return assertNever(undo)
  }
}
