import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { packagedNodeOf } from '../preparation/packagedNode.mjs'

/**
 * What electron-builder tells about a package that it has filled: `electronPlatformName` as in `process.platform`, `arch`
 * as in its own list of architectures (https://www.electron.build/hooks).
 *
 * @typedef {{ readonly appOutDir: string, readonly electronPlatformName: string, readonly arch: number, readonly packager: { readonly projectDir: string, getResourcesDir(appOutDir: string): string } }} FilledPackage
 */

/** @type {Readonly<Record<number, string>>} electron-builder's numbers of what Guestbridge is packaged for */
const architectures = { 1: 'x64', 3: 'arm64' }

/** Entries of windows: the command line needs none of them. */
const entriesOfWindows = new Set(['index.js', 'browserHost.js', 'serviceWorker.js'])

/**
 * Puts the command line into a package, for schedules, servers and scripts: `resources/commandLine/guestbridge`. The
 * fuses keep the desktop's binary from being a Node, and Node reads no archive; so it lies beside the archive, with the
 * Node that runs it in a working copy too. A hook, because electron-builder takes what `extraResources` names out of the
 * archive.
 *
 * @param {FilledPackage} filled
 * @returns {Promise<void>}
 * @throws where the Node of the package's platform is not installed: such a package would have no schedule
 */
export default async function addCommandLine({ appOutDir, electronPlatformName, arch, packager }) {
  const node = packagedNodeOf(electronPlatformName, architectures[arch] ?? '')
  if (node === undefined) return console.log(`  • without command line: there is no packaged Node for ${electronPlatformName}`)
  copyCommandLine({ from: packager.projectDir, to: join(packager.getResourcesDir(appOutDir), 'commandLine'), node })
}

/**
 * @param {{ readonly from: string, readonly to: string, readonly node: string }} copy `node` as a path in node_modules
 * @returns {void}
 */
function copyCommandLine({ from, to, node }) {
  const program = join(from, 'node_modules', node)
  if (!existsSync(program)) throw new Error(`${program} is missing: packages are made on the platform that they are for, with its optional packages.`)
  cpSync(join(from, 'out', 'main'), join(to, 'out', 'main'), { recursive: true, filter: (path) => !path.endsWith('.map') && !entriesOfWindows.has(basename(path)) })
  cpSync(join(from, 'node_modules', '@napi-rs'), join(to, 'node_modules', '@napi-rs'), { recursive: true, filter: (path) => !/(\.d\.ts|README\.md)$/.test(path) })
  mkdirSync(to, { recursive: true })
  // It says that the files are modules.
  copyFileSync(join(from, 'package.json'), join(to, 'package.json'))
  copyFileSync(program, join(to, basename(program)))
  copyFileSync(join(from, 'node_modules', node.split('/')[0] ?? '', 'LICENSE'), join(to, 'LICENSE.node'))
  const launcher = node.endsWith('.exe') ? 'guestbridge.cmd' : 'guestbridge'
  copyFileSync(join(from, 'resources', 'commandLine', launcher), join(to, launcher))
  for (const file of [basename(program), launcher]) chmodSync(join(to, file), 0o755)
}
