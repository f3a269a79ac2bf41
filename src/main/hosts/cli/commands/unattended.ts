import type { UnattendedOutcome } from '../../../../shared/api/unattendedCalls.ts'
import type { CommandContext } from '../commandContext.ts'
import { exitCodeOfProblem, exitCodeOfRun, exitCodes, type ExitCode } from '../exitCodes.ts'
import type { Output } from '../output.ts'
import { readWorkspaceConfiguration } from '../../../workspace/readConfiguration.ts'
import { refuse, withService } from '../withService.ts'
import { printRun } from './run.ts'

const usualLimitMinutes = 120
/** How long a run that was told to end may take to do so: an export confirms what it wrote. */
const graceMilliseconds = 60_000

/**
 * One cycle that nobody watches. It is cancelled after the limit of the configuration; where even that does not end it, the
 * process goes away: the journal and the directory say afterwards what was done (invariant 7).
 */
export async function runCycleUnattended(context: CommandContext): Promise<ExitCode> {
  const configuration = await readWorkspaceConfiguration(context.workspace)
  const minutes = configuration.ok ? (configuration.value.unattended?.limitMinutes ?? usualLimitMinutes) : usualLimitMinutes
  const limit = minutes * 60_000
  const last = setTimeout(() => {
    context.output.problem({ kind: 'timedOut', message: `The cycle did not end within ${minutes} minutes, nor a minute after it was told to.`, remedy: 'The process ends here; the next cycle goes on from the journal.' })
    process.exit(exitCodes.failed)
  }, limit + graceMilliseconds)
  last.unref()
  try {
    return await cycle({ ...context, signal: AbortSignal.any([context.signal, AbortSignal.timeout(limit)]) })
  } finally {
    clearTimeout(last)
  }
}

function cycle(context: CommandContext): Promise<ExitCode> {
  return withService(context, async (call) => {
    const outcome = await call('unattended.run', {})
    if (!outcome.ok) return refuse(context, outcome.problem)
    context.output.document(outcome.value)
    print(context.output, outcome.value)
    return exitCodeOf(outcome.value.end)
  })
}

function print(output: Output, { cycle: name, runs, end, planned, planHash, notSent }: UnattendedOutcome): void {
  output.line(`Unattended ${name}`)
  runs.forEach((run) => printRun(output, run))
  switch (end.kind) {
    case 'nothingToDo': output.line('Nothing is to be changed.'); break
    case 'waits':
      output.line(output.style('yellow', `A plan of ${planned} changes waits for a person: ${planHash ?? ''}`))
      end.reasons.forEach((reason) => output.line(`  ${reason}`))
      break
    case 'failed': output.problem(end.problem); break
    case 'exported':
      printRun(output, end.run)
      output.line(`  let through by the standing approval of ${end.approvedBy}, plan ${planHash ?? ''}`)
      break
  }
  notSent.forEach(({ way, why }) => output.line(output.style('red', `Not told by ${way}: ${why}`)))
}

function exitCodeOf(end: UnattendedOutcome['end']): ExitCode {
  switch (end.kind) {
    case 'nothingToDo': return exitCodes.done
    case 'waits': return exitCodes.blocked
    case 'failed': return exitCodeOfProblem(end.problem)
    case 'exported': return exitCodeOfRun(end.run)
  }
}
