/**
 * @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Counts
 * @typedef {{ readonly status: string, readonly assertionResults: readonly { readonly status: string }[] }} FileReport
 * @typedef {{ readonly testResults: readonly FileReport[] }} SuiteReport what vitest's json reporter writes, as far as it is read here
 */

/** @type {Counts} */
export const noTests = { passed: 0, failed: 0, skipped: 0 }

/**
 * Counts of one suite. A failure that belongs to no test (a file that cannot be loaded, an error after the last test, a
 * crash before the report) counts as one, so that it is never lost.
 *
 * @param {SuiteReport | null} report null where vitest wrote none
 * @param {number} exitCode of vitest
 * @param {'mayBeEmpty' | 'mustHaveTests'} expectation
 * @returns {Counts}
 */
export function countSuite(report, exitCode, expectation) {
  const counts = (report?.testResults ?? []).map(countFile).reduce(addCounts, noTests)
  const isEmpty = counts.passed + counts.failed + counts.skipped === 0
  const hasUncountedFailure = counts.failed === 0 && (report === null || exitCode !== 0 || (isEmpty && expectation === 'mustHaveTests'))
  return hasUncountedFailure ? { ...counts, failed: 1 } : counts
}

/**
 * @param {FileReport} file
 * @returns {Counts}
 */
function countFile(file) {
  const statuses = file.assertionResults.map((test) => test.status)
  const failed = statuses.filter((status) => status === 'failed').length
  const passed = statuses.filter((status) => status === 'passed').length
  const hasFailedOutsideOfTests = file.status === 'failed' && failed === 0
  return { passed, failed: hasFailedOutsideOfTests ? 1 : failed, skipped: statuses.length - passed - failed }
}

/**
 * @param {Counts} left
 * @param {Counts} right
 * @returns {Counts}
 */
export function addCounts(left, right) {
  return { passed: left.passed + right.passed, failed: left.failed + right.failed, skipped: left.skipped + right.skipped }
}

/**
 * The last line of `npm test`.
 *
 * @param {Counts} counts
 * @returns {string}
 */
export function formatSummary(counts) {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`
}
