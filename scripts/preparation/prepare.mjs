import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ensureBuilt } from './freshBuild.mjs'
import { ensureInstalled } from './installation.mjs'
import { chooseNode } from './packagedNode.mjs'
import { findOtherProcesses, registerThisProcess, whileNobodyElsePrepares } from './runningProcesses.mjs'
import { SetupProblem } from './setupProblem.mjs'

/**
 * Makes the packages usable and notes that this process uses them.
 *
 * @param {string} folder
 * @param {string} command what a person called: `npm start`
 * @returns {Promise<string>} path of the Node to run things with
 * @throws {SetupProblem}
 */
export function prepareTools(folder, command) {
  return prepareForBuild(folder, command, async () => {})
}

/**
 * The same, and builds the application if it is stale.
 *
 * @param {string} folder
 * @param {string} command
 * @returns {Promise<string>}
 */
export function prepareApplication(folder, command) {
  return prepareForBuild(folder, command, (node) => ensureBuilt(folder, node, findOtherProcesses(folder)))
}

/**
 * The same, with a build of the caller's own while nobody else installs or builds.
 *
 * @param {string} folder
 * @param {string} command
 * @param {(node: string) => Promise<void>} build
 * @returns {Promise<string>}
 */
export function prepareForBuild(folder, command, build) {
  return whileNobodyElsePrepares(folder, command, async () => {
    await ensureInstalled(folder, findOtherProcesses(folder))
    const node = findNode(folder)
    await build(node)
    registerThisProcess(folder, command)
    return node
  })
}

/**
 * @param {string} folder
 * @returns {string}
 */
function findNode(folder) {
  const { platform, arch, execPath, versions } = process
  const choice = chooseNode({ platform, arch, execPath, folder, version: versions.node }, existsSync)
  if (choice.kind === 'missing') throw new SetupProblem(choice.message)
  return choice.path
}

/**
 * Environment of programs that we start: tools of the packages are found first, and relative paths on the command line
 * mean the folder in which the person stands (npm itself moves to the package's).
 *
 * @param {string} folder
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOf(folder) {
  // Windows writes it as Path, and a copy of the environment minds the case.
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
  const path = [join(folder, 'node_modules', '.bin'), process.env[name] ?? ''].join(delimiter)
  return { ...process.env, [name]: path, INIT_CWD: process.env['INIT_CWD'] ?? process.cwd() }
}

/**
 * The one place where a script ends: with the exit code of what it did, or with the sentence of what went wrong.
 *
 * @param {() => Promise<number>} script
 * @returns {Promise<void>}
 */
export async function endWith(script) {
  try {
    process.exitCode = await script()
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
