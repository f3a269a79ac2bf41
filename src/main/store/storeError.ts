import type { Problem } from '../../shared/domain/problem.ts'

/**
 * What a method of the store rejects with: the file is damaged, locked or unwritable, or we have a bug. Never for data.
 * `problem` is fit to be shown; `cause` is what the database said.
 */
export class StoreError extends Error {
  readonly problem: Problem

  constructor(problem: Problem, cause?: unknown) {
    super(problem.message, { cause })
    this.name = 'StoreError'
    this.problem = problem
  }
}

/** A caller broke the contract of the port. */
export function storeBug(message: string): StoreError {
  return new StoreError({ kind: 'internal', message, remedy: 'This is an error of Guestbridge. Report it with this message.' })
}
