import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What `npm start` opens. `sentence` is said where it is not what a person would expect.
 *
 * @typedef {{ readonly kind: 'electron', readonly program: string, readonly options: readonly string[] }
 *   | { readonly kind: 'browser', readonly sentence: string, readonly fetchesElectron: 'yes' | 'no' }
 *   | { readonly kind: 'terminal', readonly sentence: string }} WindowChoice
 * @typedef {{ readonly platform: NodeJS.Platform, readonly environment: NodeJS.ProcessEnv, readonly user: number | undefined, readonly electron: string | null, readonly options: readonly string[] }} Situation
 */

/**
 * Electron where its binary is; a browser where it is not, or where one is named; the plan in the terminal where there
 * is no display.
 *
 * @param {Situation} situation
 * @returns {WindowChoice}
 */
export function chooseWindow({ platform, environment, user, electron, options }) {
  const browser = environment['GUESTBRIDGE_BROWSER']
  if (options.includes('--print')) return { kind: 'browser', sentence: 'No window is opened, because of --print.', fetchesElectron: 'no' }
  if (browser !== undefined && browser !== '') return { kind: 'browser', sentence: `The window opens in ${browser}, because GUESTBRIDGE_BROWSER names it.`, fetchesElectron: 'no' }
  if (!hasDisplay(platform, environment)) {
    return { kind: 'terminal', sentence: 'There is no display here, so the plan comes into this terminal; "npm start -- --print" gives an address for a browser instead.' }
  }
  if (electron === null) return { kind: 'browser', sentence: 'The window opens in a browser, because the binary of Electron is not here yet; it is fetched meanwhile for the next start.', fetchesElectron: 'yes' }
  // Chromium refuses to run its sandbox as root.
  return { kind: 'electron', program: electron, options: platform === 'linux' && user === 0 ? ['--no-sandbox'] : [] }
}

/**
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} environment
 * @returns {boolean}
 */
function hasDisplay(platform, environment) {
  return platform === 'win32' || platform === 'darwin' || (environment['DISPLAY'] ?? '') !== '' || (environment['WAYLAND_DISPLAY'] ?? '') !== ''
}

/**
 * Path of Electron's binary, null where it is not installed. Never by importing the package: that starts a download.
 *
 * @param {string} folder
 * @param {(path: string) => boolean} exists
 * @returns {string | null}
 */
export function findElectron(folder, exists) {
  const electron = join(folder, 'node_modules', 'electron')
  const note = join(electron, 'path.txt')
  if (!exists(note)) return null
  const program = join(electron, 'dist', readFileSync(note, 'utf8'))
  return exists(program) ? program : null
}
