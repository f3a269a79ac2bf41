import type { Reading } from '../../../../shared/domain/delegation.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'

/** What failed to be read is not absent: the check that needs it says why it was not made. */
export function readingOf<Value>(result: Result<Value, Problem>): Reading<Value> {
  return result.ok ? { kind: 'read', value: result.value } : { kind: 'notRead', why: result.problem.message }
}
