import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { environmentOf } from '../preparation/prepare.mjs'
import { readIfThere } from '../preparation/processMark.mjs'
import { runProgram } from '../preparation/runProgram.mjs'
import { addCounts, countSuite, noTests } from './results.mjs'

/**
 * @typedef {import('./results.mjs').Counts} Counts
 * @typedef {import('./results.mjs').SuiteReport} SuiteReport
 */

/**
 * Runs suites one after the other; a failed one does not hide the others.
 *
 * @param {string} folder
 * @param {string} node
 * @param {readonly string[]} names
 * @param {'mayBeEmpty' | 'mustHaveTests'} expectation
 * @returns {Promise<Counts>}
 */
export async function runSuites(folder, node, names, expectation) {
  const reports = mkdtempSync(join(tmpdir(), 'guestbridge-reports-'))
  try {
    let counts = noTests
    for (const name of names) counts = addCounts(counts, await runSuite(folder, node, name, join(reports, `${name}.json`), expectation))
    return counts
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
}

/**
 * @param {string} folder
 * @param {string} node
 * @param {string} name
 * @param {string} reportPath
 * @param {'mayBeEmpty' | 'mustHaveTests'} expectation
 * @returns {Promise<Counts>}
 */
async function runSuite(folder, node, name, reportPath, expectation) {
  console.log(`\nSuite ${name}`)
  const options = ['run', '--project', name, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`]
  const vitest = join(folder, 'node_modules', 'vitest', 'vitest.mjs')
  // Tests start hundreds of processes and threads of the same sources: each finds what the one before has compiled.
  const env = { ...environmentOf(folder), NODE_COMPILE_CACHE: join(folder, '.cache', 'compiled') }
  const exitCode = await runProgram(node, [vitest, ...options], { cwd: folder, env })
  const report = readReport(reportPath)
  if (report?.testResults.length === 0) console.log(`Suite ${name} has no tests.`)
  return countSuite(report, exitCode, expectation)
}

/**
 * @param {string} path
 * @returns {SuiteReport | null}
 */
function readReport(path) {
  const text = readIfThere(path)
  return text === null ? null : /** @type {SuiteReport} */ (JSON.parse(text))
}
