import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere } from './processMark.mjs'
import { describeProcess } from './runningProcesses.mjs'
import { runProgram } from './runProgram.mjs'
import { SetupProblem } from './setupProblem.mjs'

/**
 * @typedef {import('./runningProcesses.mjs').RunningProcess} RunningProcess
 * @typedef {{ readonly kind: 'upToDate' } | { readonly kind: 'build', readonly why: string } | { readonly kind: 'refused', readonly message: string }} BuildDecision
 */

/** What the build reads, as folders and files of the project. */
const inputs = ['src', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json']
const outputs = ['out/main/cli.js', 'out/main/labWorker.js', 'out/main/serviceWorker.js', 'out/main/browserHost.js', 'out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']

/**
 * Whether the application has to be built: what it is made from has changed, or there is none.
 *
 * @param {{ readonly wanted: string, readonly built: string | null, readonly others: readonly RunningProcess[] }} state hashes; `built` is null where an output is missing
 * @returns {BuildDecision}
 */
export function decideBuild({ wanted, built, others }) {
  if (built === wanted) return { kind: 'upToDate' }
  const [other] = others
  if (other !== undefined) {
    return { kind: 'refused', message: `The sources have changed, but ${describeProcess(other)} still runs the former build. End it, then try again.` }
  }
  return { kind: 'build', why: built === null ? 'there is no build yet' : 'the sources have changed' }
}

/**
 * Whether what stands in `out/` was made from the sources as they are.
 *
 * @param {string} folder
 * @returns {boolean}
 */
export function isBuildFresh(folder) {
  return readBuiltHash(folder) === hashInputs(folder, inputs)
}

/**
 * Builds the application if it is stale.
 *
 * @param {string} folder
 * @param {string} node
 * @param {readonly RunningProcess[]} others
 * @returns {Promise<void>}
 * @throws {SetupProblem}
 */
export async function ensureBuilt(folder, node, others) {
  const wanted = hashInputs(folder, inputs)
  const decision = decideBuild({ wanted, built: readBuiltHash(folder), others })
  if (decision.kind === 'upToDate') return
  if (decision.kind === 'refused') throw new SetupProblem(decision.message)
  console.error(`Building: ${decision.why}.`)
  await build(folder, node, wanted)
}

/**
 * Builds the application, stale or not.
 *
 * @param {string} folder
 * @param {string} node
 * @param {string} [wanted] hash of the inputs, where it is known
 * @returns {Promise<void>}
 */
export async function build(folder, node, wanted = hashInputs(folder, inputs)) {
  rmSync(noteOf(folder), { force: true })
  const program = join(folder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const code = await runProgram(node, [program, 'build', '--logLevel', 'warn', '--ignoreConfigWarning'], { cwd: folder, output: 'onStandardError' })
  if (code !== 0) throw new SetupProblem(`The build failed with exit code ${code}; its messages are above.`)
  // The hash is from before the build: a source that changed meanwhile makes the next start build again.
  writeFileSync(noteOf(folder), wanted)
}

/**
 * Hash over the paths and contents of files, and of all files in folders. Times take no part: git does not keep them.
 *
 * @param {string} folder
 * @param {readonly string[]} names files and folders in `folder`; missing ones count as empty
 * @returns {string}
 */
export function hashInputs(folder, names) {
  const hash = createHash('sha256')
  for (const path of names.flatMap((name) => listFiles(folder, name))) {
    const content = readFileSync(join(folder, path))
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {readonly string[]} paths with slashes, sorted
 */
function listFiles(folder, name) {
  const path = join(folder, name)
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [name]
  return readdirSync(path).toSorted().flatMap((child) => listFiles(folder, `${name}/${child}`))
}

/**
 * @param {string} folder
 * @returns {string | null}
 */
function readBuiltHash(folder) {
  return outputs.every((output) => existsSync(join(folder, output))) ? readIfThere(noteOf(folder)) : null
}

/**
 * @param {string} folder
 * @returns {string}
 */
function noteOf(folder) {
  return join(folder, 'out', 'inputs.sha256')
}
