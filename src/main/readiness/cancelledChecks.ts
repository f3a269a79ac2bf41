import type { Problem } from '../../shared/domain/problem.ts'
import type { ReadinessFinding } from '../../shared/domain/readiness.ts'

/** The findings of cancelled checks are not kept. What a trial may have left in the directory is said all the same. */
export function cancelledChecks(findings: readonly ReadinessFinding[]): Problem {
  const trial = findings.find(({ id, state }) => id === 'directory-probe' && state === 'failed')
  const again = 'Start them again; what was found before is kept.'
  if (trial === undefined) return { kind: 'cancelled', message: 'The checks were cancelled.', remedy: again }
  return { kind: 'cancelled', message: `The checks were cancelled. ${trial.message}`, remedy: `${trial.remedy ?? ''} ${again}`.trim() }
}
