import { storeErrorOf } from './failures.ts'

/** Answers at once in a promise; an error of the database becomes a StoreError. */
export type Answer = <Value>(work: () => Value) => Promise<Value>

export function answerFor(file: string): Answer {
  return (work) => {
    try {
      return Promise.resolve(work())
    } catch (error) {
      return Promise.reject(storeErrorOf(error, file))
    }
  }
}
