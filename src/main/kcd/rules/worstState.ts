import type { FindingState } from '../../../shared/domain/delegation.ts'
import type { Judgement } from './runCheck.ts'

/** From best to worst. What decides and was not read is worse than a warning: nobody can say that sign-on works. */
const order: readonly FindingState[] = ['passed', 'warning', 'notChecked', 'failed']

/** What several findings come to together. A supporting check that was not made leaves the others standing. */
export function worstOf(judgements: readonly Judgement[]): FindingState {
  return worseOf(...judgements.filter(({ row, finding }) => finding.state !== 'notChecked' || row.weight === 'deciding').map(({ finding }) => finding.state))
}

/** `passed` of none. */
export function worseOf(...states: readonly FindingState[]): FindingState {
  return order[Math.max(0, ...states.map((state) => order.indexOf(state)))] ?? 'passed'
}

export function isWorse(left: FindingState, right: FindingState): boolean {
  return order.indexOf(left) > order.indexOf(right)
}
