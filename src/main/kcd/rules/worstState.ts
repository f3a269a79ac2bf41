import type { FindingState } from '../../../shared/domain/delegation.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { Judgement } from './runCheck.ts'

/** From best to worst. What decides and was not read is worse than a warning: nobody can say that sign-on works. */
const order: readonly FindingState[] = ['passed', 'warning', 'notChecked', 'failed']

/** What several findings come to together, as far as sign-on is concerned. */
export function worstOf(judgements: readonly Judgement[]): FindingState {
  return worseOf(...judgements.map(stateForSignOn))
}

/** `passed` of none. */
export function worseOf(...states: readonly FindingState[]): FindingState {
  return order[Math.max(0, ...states.map((state) => order.indexOf(state)))] ?? 'passed'
}

export function isWorse(left: FindingState, right: FindingState): boolean {
  return order.indexOf(left) > order.indexOf(right)
}

/** What a finding says of sign-on. A supporting check that was not made leaves the others standing. */
function stateForSignOn({ row, finding }: Judgement): FindingState {
  switch (finding.state) {
    case 'passed': return 'passed'
    case 'notChecked': return row.weight === 'deciding' ? 'notChecked' : 'passed'
    case 'warning': return row.signOn === 'blocks' ? 'failed' : 'warning'
    case 'failed': return row.signOn === 'unaffected' ? 'warning' : 'failed'
    default: return assertNever(finding.state)
  }
}
