import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { readIfThere } from './processMark.mjs'
import { describeProcess } from './runningProcesses.mjs'
import { runProgram } from './runProgram.mjs'
import { SetupProblem } from './setupProblem.mjs'

/**
 * @typedef {import('./runningProcesses.mjs').RunningProcess} RunningProcess
 * @typedef {{ readonly kind: 'upToDate' } | { readonly kind: 'install', readonly why: string } | { readonly kind: 'refused', readonly message: string }} InstallDecision
 */

/**
 * Whether the packages have to be installed: only when the lockfile is another one than at the last installation, and
 * never under a running application, which would lose files that it has yet to load.
 *
 * @param {{ readonly wanted: string, readonly installed: string | null, readonly others: readonly RunningProcess[] }} state hashes
 * @returns {InstallDecision}
 */
export function decideInstallation({ wanted, installed, others }) {
  if (installed === wanted) return { kind: 'upToDate' }
  const [other] = others
  if (other !== undefined) {
    return { kind: 'refused', message: `The packages have changed, but ${describeProcess(other)} still uses them. End it, then try again.` }
  }
  return { kind: 'install', why: installed === null ? 'no packages are installed yet' : 'the lockfile has changed' }
}

/**
 * Installs the packages of the lockfile unless they are there.
 *
 * @param {string} folder
 * @param {readonly RunningProcess[]} others
 * @returns {Promise<void>}
 * @throws {SetupProblem}
 */
export async function ensureInstalled(folder, others) {
  const note = join(folder, 'node_modules', '.cache', 'guestbridge', 'lockfile.sha256')
  const wanted = hashLockfile(folder)
  const decision = decideInstallation({ wanted, installed: readIfThere(note), others })
  if (decision.kind === 'upToDate') return
  if (decision.kind === 'refused') throw new SetupProblem(decision.message)
  console.error(`Installing packages: ${decision.why}.`)
  await installPackages(folder)
  mkdirSync(dirname(note), { recursive: true })
  writeFileSync(note, wanted)
}

/**
 * @param {string} folder
 * @returns {Promise<void>}
 */
async function installPackages(folder) {
  if (process.platform === 'win32' && process.execPath.startsWith(join(folder, 'node_modules') + sep)) {
    // Windows does not delete a program that runs, and npm puts the packaged Node first on the path.
    throw new SetupProblem('The packages have changed. Install them with: npm ci')
  }
  const code = await runNpm(folder, ['ci', '--loglevel=error'])
  if (code !== 0) throw new SetupProblem(`npm ci failed with exit code ${code}; its messages are above.`)
}

/**
 * @param {string} folder
 * @param {readonly string[]} options
 * @returns {Promise<number>}
 */
function runNpm(folder, options) {
  const npm = process.env['npm_execpath']
  const node = process.env['npm_node_execpath']
  const settings = { cwd: folder, output: /** @type {const} */ ('onStandardError') }
  if (npm !== undefined && /\.c?js$/.test(npm)) return runProgram(node ?? process.execPath, [npm, ...options], settings)
  return process.platform === 'win32'
    ? runProgram(process.env['ComSpec'] ?? 'cmd.exe', ['/d', '/s', '/c', 'npm.cmd', ...options], settings)
    : runProgram('npm', options, settings)
}

/**
 * Platform and processor take part: optional packages differ by them.
 *
 * @param {string} folder
 * @returns {string}
 */
function hashLockfile(folder) {
  const hash = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json')))
  return hash.update(`${process.platform} ${process.arch}`).digest('hex')
}
