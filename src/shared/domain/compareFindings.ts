import type { Finding, FindingState } from './delegation.ts'

const fromWorst: readonly FindingState[] = ['failed', 'warning', 'notChecked', 'passed']

/** For sorting: the worst first, then in the order of the table of checks. */
export function compareFindings(left: Finding, right: Finding): number {
  return fromWorst.indexOf(left.state) - fromWorst.indexOf(right.state) || left.check - right.check
}
