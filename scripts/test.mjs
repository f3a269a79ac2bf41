import { prepareApplication } from './preparation/prepare.mjs'
import { projectFolder } from './preparation/projectFolder.mjs'
import { SetupProblem } from './preparation/setupProblem.mjs'
import { addCounts, formatSummary, noTests } from './suites/results.mjs'
import { runSuites } from './suites/runSuites.mjs'
import { suites } from './suites/suites.mjs'
import { decideSystemPackages, formatInstallCommand, inspectSystem, installSystemPackages } from './systemPackageInstallation.mjs'
import { describeMissing, findMissingPackages, isOnThisMachine, systemPackageGroups } from './systemPackages.mjs'

/** @typedef {import('./suites/results.mjs').Counts} Counts */

// `npm test [suite …]`: everything from a fresh clone to the result of every suite, which is the last line.
const isUnattended = process.env['CI'] === 'true'
const counts = await runEverything(process.argv.slice(2))
console.log(formatSummary(counts))
process.exitCode = counts.failed === 0 ? 0 : 1

/**
 * @param {readonly string[]} named suites; all of them where none is named
 * @returns {Promise<Counts>}
 */
async function runEverything(named) {
  try {
    const names = chooseSuites(named)
    const node = await prepareApplication(projectFolder, 'npm test')
    const missing = await completeSystemPackages()
    const results = await runSuites(projectFolder, node, names, isUnattended ? 'mustHaveTests' : 'mayBeEmpty')
    return addCounts(results, missing)
  } catch (error) {
    console.error(error instanceof SetupProblem ? error.message : error)
    return { ...noTests, failed: 1 }
  }
}

/**
 * @param {readonly string[]} named
 * @returns {readonly string[]}
 */
function chooseSuites(named) {
  const all = suites.map((suite) => suite.name)
  const unknown = named.find((name) => !all.includes(name))
  if (unknown !== undefined) throw new SetupProblem(`There is no suite "${unknown}": ${all.join(', ')}.`)
  return named.length === 0 ? all : all.filter((name) => named.includes(name))
}

/**
 * Installs what the tests need of the system, or says what is missing and how to install it.
 *
 * @returns {Promise<Counts>} one failure for each missing group where nothing may be missing
 */
async function completeSystemPackages() {
  const decision = decideSystemPackages(findMissingPackages(systemPackageGroups, isOnThisMachine), inspectSystem())
  if (decision.kind === 'complete') return noTests
  if (decision.kind === 'install') {
    console.log(`Installing system packages for the tests: ${decision.packages.join(' ')}. Their services are not started.`)
    if (!(await installSystemPackages(decision.packages))) console.log('apt-get failed; its messages are above.')
  } else {
    console.log(`System packages are missing and not installed, because ${decision.why}. This installs them:\n  ${formatInstallCommand(decision.packages)}`)
  }
  const missing = findMissingPackages(systemPackageGroups, isOnThisMachine)
  for (const group of missing) console.log(`${isUnattended ? 'Failed' : 'Skipped'}: ${describeMissing(group)}`)
  return { ...noTests, failed: isUnattended ? missing.length : 0 }
}
