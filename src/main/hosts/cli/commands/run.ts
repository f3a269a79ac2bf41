import type { PlanSummary } from '../../../../shared/api/contract.ts'
import type { CounterName, Run } from '../../../../shared/domain/run.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodeOfCycle, type ExitCode } from '../exitCodes.ts'
import { describePlan } from '../planText.ts'
import type { Output } from '../output.ts'
import { refuse, withService } from '../withService.ts'

export type RunOptions = { readonly profile: string; readonly acceptSmallerSource: string | null }

export function runProfile(context: CommandContext, options: RunOptions): Promise<ExitCode> {
  return withService(context, async (call) => {
    const outcome = await call('runs.start', options)
    if (!outcome.ok) return refuse(context, outcome.problem)
    const { runs, plan } = outcome.value
    context.output.document({ runs, plan })
    runs.forEach((run) => printRun(context.output, run))
    // An import alone says nothing about the plan, which is that of the last synchronisation.
    if (!runs.some(({ step }) => step === 'fullSync' || step === 'deltaSync')) return exitCodeOfCycle(runs, 0, [])
    printPlan(context.output, plan)
    return exitCodeOfCycle(runs, plan.counts.total, plan.blocked)
  })
}

export function printRun(output: Output, run: Run): void {
  const colour = run.status === 'succeeded' ? 'green' : run.status === 'failed' || run.status === 'interrupted' ? 'red' : 'yellow'
  output.line(`${output.style('bold', `Run ${run.id}`)}  ${run.profile}  ${output.style(colour, describeStatus(run))}`)
  const counters = Object.entries(run.counters) as readonly (readonly [CounterName, number])[]
  const shown = counters.filter(([, value]) => value > 0).map(([name, value]) => `${describeCounter(name)} ${value}`)
  if (shown.length > 0) output.line(`  ${shown.join(', ')}`)
  if (run.problem !== null) {
    output.line(`  ${output.style('red', run.problem.message)}`)
    output.line(`  → ${run.problem.remedy}`)
  }
}

function printPlan(output: Output, plan: PlanSummary): void {
  output.line()
  describePlan(output, plan)
}

const statusWords: Readonly<Record<Run['status'], string>> = {
  running: 'is running', succeeded: 'succeeded', completedWithErrors: 'completed with errors of objects', completedWithDrift: 'completed, some refused for drift',
  stopped: 'was stopped', failed: 'failed', interrupted: 'was interrupted',
}

export function describeStatus(run: Run): string {
  return statusWords[run.status]
}

/** `provisioningAdds` → `provisioning adds`: MIM's words, spelled for people. */
export function describeCounter(name: CounterName): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
