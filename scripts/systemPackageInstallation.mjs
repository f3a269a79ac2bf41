import { existsSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { runProgram } from './preparation/runProgram.mjs'

/**
 * @typedef {import('./systemPackages.mjs').MissingGroup} MissingGroup
 * @typedef {{ readonly isDebian: boolean, readonly isRoot: boolean, readonly isDeclined: boolean }} System
 * @typedef {{ readonly kind: 'complete' } | { readonly kind: 'install', readonly packages: readonly string[] } | { readonly kind: 'leftOut', readonly why: string, readonly packages: readonly string[] }} PackageDecision
 */

export const decliningVariable = 'GUESTBRIDGE_NO_SYSTEM_PACKAGES'

/**
 * What to do about missing system packages. They are installed only where that is ours to do.
 *
 * @param {readonly MissingGroup[]} missing
 * @param {System} system
 * @returns {PackageDecision}
 */
export function decideSystemPackages(missing, system) {
  const packages = missing.flatMap((group) => group.packages.map((systemPackage) => systemPackage.name))
  if (packages.length === 0) return { kind: 'complete' }
  if (!system.isDebian) return { kind: 'leftOut', why: 'this is not Debian', packages }
  if (system.isDeclined) return { kind: 'leftOut', why: `${decliningVariable}=1 declines it`, packages }
  if (!system.isRoot) return { kind: 'leftOut', why: 'only root may', packages }
  return { kind: 'install', packages }
}

/**
 * The one command that a person types instead.
 *
 * @param {readonly string[]} packages
 * @returns {string}
 */
export function formatInstallCommand(packages) {
  return `apt-get install -y --no-install-recommends ${packages.join(' ')}`
}

/** @returns {System} */
export function inspectSystem() {
  return {
    isDebian: process.platform === 'linux' && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get'),
    isRoot: process.getuid?.() === 0,
    isDeclined: process.env[decliningVariable] === '1',
  }
}

/**
 * Installs Debian packages without starting the services that they bring.
 *
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>} whether apt-get succeeded
 */
export function installSystemPackages(packages) {
  const install = ['-q', 'install', '-y', '--no-install-recommends', ...packages]
  return withoutStartingServices(policyFile, async () => {
    if ((await runAptGet(install)) === 0) return true
    // Without a mirror's lists, or with old ones, apt-get does not find what it shall install.
    console.log('That failed; once more with new package lists.')
    return (await runAptGet(['-q', 'update'])) === 0 && (await runAptGet(install)) === 0
  })
}

/**
 * @param {readonly string[]} options
 * @returns {Promise<number>}
 */
function runAptGet(options) {
  return runProgram('apt-get', options, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, output: 'onStandardError' })
}

/** Asked by invoke-rc.d before each start of a service; 101 means "not allowed" (Debian's policy-rc.d specification). */
const policyFile = '/usr/sbin/policy-rc.d'
const denial = '#!/bin/sh\n# Written while the tests of Guestbridge install packages; removed afterwards.\nexit 101\n'

/**
 * Denies starts of services while `action` runs. A policy that is there already comes back in every case; one that an
 * earlier, killed run has left is recognised by its text.
 *
 * @template Result
 * @param {string} path of the policy
 * @param {() => Promise<Result>} action
 * @returns {Promise<Result>}
 */
export async function withoutStartingServices(path, action) {
  const kept = `${path}.kept-by-guestbridge`
  restorePolicy(path, kept)
  if (isThere(path)) renameSync(path, kept)
  const restore = () => restorePolicy(path, kept)
  process.once('exit', restore)
  try {
    writeFileSync(path, denial, { mode: 0o755 })
    return await action()
  } finally {
    process.off('exit', restore)
    restore()
  }
}

/**
 * @param {string} path
 * @param {string} kept
 * @returns {void}
 */
function restorePolicy(path, kept) {
  if (existsSync(path) && readFileSync(path, 'utf8') === denial) rmSync(path)
  if (isThere(kept)) renameSync(kept, path)
}

/**
 * Also for a link that leads nowhere, which `existsSync` denies.
 *
 * @param {string} path
 * @returns {boolean}
 */
function isThere(path) {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}
