import type { PlanBlock } from '../../../shared/domain/plan.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Run } from '../../../shared/domain/run.ts'

/** What a script can rely on; the table stands in docs/command-line.md. */
export const exitCodes = { done: 0, failed: 1, usage: 2, blocked: 3, objectErrors: 4, drift: 5 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export function exitCodeOfProblem(problem: Problem): ExitCode {
  switch (problem.kind) {
    case 'usage': case 'configurationInvalid': case 'rulesInvalid': case 'notFoundInWorkspace': return exitCodes.usage
    case 'thresholdExceeded': case 'approvalMismatch': return exitCodes.blocked
    default: return exitCodes.failed
  }
}

export function exitCodeOfRun(run: Run): ExitCode {
  switch (run.status) {
    case 'succeeded': return exitCodes.done
    case 'completedWithErrors': return exitCodes.objectErrors
    case 'completedWithDrift': return exitCodes.drift
    case 'running': case 'stopped': case 'failed': case 'interrupted': return exitCodes.failed
  }
}

/** A cycle ends at the plan: 3 where it waits for approval; object errors of the imports are said, the plan decides. */
export function exitCodeOfCycle(runs: readonly Run[], planned: number, blocked: readonly PlanBlock[]): ExitCode {
  const ended = runs.map(exitCodeOfRun)
  if (ended.includes(exitCodes.failed)) return exitCodes.failed
  if (planned > 0 || blocked.length > 0) return exitCodes.blocked
  return ended.includes(exitCodes.objectErrors) ? exitCodes.objectErrors : exitCodes.done
}
