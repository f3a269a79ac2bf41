import { resolve } from 'node:path'
import type { ExportOutcome } from '../../../../shared/api/contract.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodeOfRun, exitCodes, type ExitCode } from '../exitCodes.ts'
import { describeBlock } from '../planText.ts'
import { refuse, withService } from '../withService.ts'
import { printRun } from './run.ts'

export function exportPlan(context: CommandContext, options: { readonly plan: string; readonly approve: string }): Promise<ExitCode> {
  return withService(context, async (call) => {
    const outcome = await call('plan.export', { path: resolve(context.currentFolder, options.plan), approve: options.approve })
    return outcome.ok ? report(context, outcome.value) : refuse(context, outcome.problem)
  })
}

export function provision(context: CommandContext, options: { readonly id: string; readonly approve: string }): Promise<ExitCode> {
  return withService(context, async (call) => {
    const outcome = await call('plan.provision', options)
    return outcome.ok ? report(context, outcome.value) : refuse(context, outcome.problem)
  })
}

function report({ output }: CommandContext, outcome: ExportOutcome): ExitCode {
  output.document(outcome)
  if (outcome.kind === 'blocked') {
    outcome.blocks.forEach((block) => output.line(output.style('red', describeBlock(block))))
    output.line('Nothing was written.')
    return exitCodes.blocked
  }
  printRun(output, outcome.run)
  outcome.problems.forEach((problem) => {
    output.line(`  ${output.style('red', problem.message)}`)
    output.line(`    → ${problem.remedy}`)
  })
  const { exportConfirmed = 0, exportNotConfirmed = 0 } = outcome.run.counters
  output.line(`Confirmed by reading again: ${exportConfirmed} of ${exportConfirmed + exportNotConfirmed}.`)
  return exitCodeOfRun(outcome.run)
}
