import { resolve } from 'node:path'
import type { DelegationExportOutcome } from '../../../../shared/api/delegationPlanCalls.ts'
import type { CommandContext } from '../commandContext.ts'
import { describeDelegationThreshold, printDelegationResults } from '../delegationPlanText.ts'
import { exitCodeOfRun, exitCodes, type ExitCode } from '../exitCodes.ts'
import { refuse, withService } from '../withService.ts'
import { printRun } from './run.ts'

export type DelegationApproval = { readonly plan: string | null; readonly approve: string; /** Why the limit is lifted; null: it is not. */ readonly lift: string | null }

/** Writes a plan of delegation that was read and approved. Without a file it is the one that the workspace keeps by that hash. */
export function exportDelegation(context: CommandContext, { plan, approve, lift }: DelegationApproval): Promise<ExitCode> {
  return withService(context, async (call) => {
    const outcome = await call('delegation.export', {
      approve, path: plan === null ? null : resolve(context.currentFolder, plan), lifts: lift === null ? [] : [{ kind: 'delegation', note: lift }],
    })
    return outcome.ok ? report(context, outcome.value) : refuse(context, outcome.problem)
  })
}

function report({ output }: CommandContext, outcome: DelegationExportOutcome): ExitCode {
  output.document(outcome)
  if (outcome.kind === 'blocked') {
    output.line(output.style('red', describeDelegationThreshold(outcome.threshold)))
    output.line('Nothing was written. An approver may lift the limit for this plan: --lift delegation=NOTE.')
    return exitCodes.blocked
  }
  printRun(output, outcome.run)
  printDelegationResults(output, outcome)
  return exitCodeOfRun(outcome.run)
}
