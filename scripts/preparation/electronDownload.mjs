import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { SetupProblem } from './setupProblem.mjs'

/**
 * @typedef {object} ElectronDownload
 * @property {string} address
 * @property {string} file name of the archive
 * @property {string} sha256
 * @property {string} cache folder in which a part of the archive waits for the next start
 * @property {number} patience milliseconds until the server has to have answered; what it then sends may take as long as it takes
 * @property {(done: number, total: number | null) => void} onProgress bytes
 */

/**
 * Where the archive for this machine lies, by the same variables as Electron's own installer.
 *
 * @param {string} folder
 * @param {{ readonly platform: string, readonly arch: string, readonly environment: NodeJS.ProcessEnv }} machine
 * @returns {{ readonly address: string, readonly file: string, readonly sha256: string }}
 * @throws {SetupProblem} where there is no Electron for this machine, or the mirror is no address
 */
export function describeElectron(folder, { platform, arch, environment }) {
  const electron = join(folder, 'node_modules', 'electron')
  const { version } = JSON.parse(readFileSync(join(electron, 'package.json'), 'utf8'))
  const file = `electron-v${version}-${platform}-${arch}.zip`
  /** @type {Readonly<Record<string, string>>} */
  const checksums = JSON.parse(readFileSync(join(electron, 'checksums.json'), 'utf8'))
  const sha256 = checksums[file]
  if (sha256 === undefined) throw new SetupProblem(`There is no Electron ${version} for ${platform}-${arch}.`)
  const mirror = readSetting(environment, 'mirror') ?? 'https://github.com/electron/electron/releases/download/'
  const inMirror = (readSetting(environment, 'custom_dir') ?? `v${version}`).replace('{{ version }}', version)
  const address = `${mirror.replace(/\/*$/, '/')}${inMirror}/${file}`
  if (!URL.canParse(address)) throw new SetupProblem(`ELECTRON_MIRROR is no address of a mirror: ${mirror}.`)
  return { address, file, sha256 }
}

/**
 * What npm's configuration says comes first, as in Electron's own installer (@electron/get); an empty variable is none.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} name
 * @returns {string | null}
 */
function readSetting(environment, name) {
  const values = [environment[`npm_config_electron_${name}`], environment[`ELECTRON_${name.toUpperCase()}`]]
  return values.find((value) => value !== undefined && value !== '') ?? null
}

/**
 * Fetches the archive, from where the last start left off, and checks it.
 *
 * @param {ElectronDownload} download
 * @returns {Promise<string>} path of the whole archive
 * @throws {SetupProblem}
 */
export async function downloadElectron({ address, file, sha256, cache, patience, onProgress }) {
  mkdirSync(cache, { recursive: true })
  const [whole, part] = [join(cache, file), join(cache, `${file}.part`)]
  if (existsSync(whole)) return whole
  const has = existsSync(part) ? statSync(part).size : 0
  const response = await ask(address, has, patience)
  if (response.status === 416) {
    // There is nothing after what is there: the last start ended before it could look at the whole.
    if (await hashFile(part) === sha256) return keep(part, whole)
    rmSync(part)
    throw new SetupProblem(`What was fetched of ${file} does not fit to what the server has; the next start begins anew.`)
  }
  if (!response.ok || response.body === null) throw new SetupProblem(`${address} answers ${response.status}.`)
  await append(response, response.body, part, response.status === 206 ? has : 0, onProgress)
  if (await hashFile(part) !== sha256) {
    rmSync(part)
    throw new SetupProblem(`${address} is not the archive that Electron's package names; it was thrown away.`)
  }
  return keep(part, whole)
}

/**
 * @param {string} part
 * @param {string} whole
 * @returns {string}
 */
function keep(part, whole) {
  renameSync(part, whole)
  return whole
}

/**
 * Makes the archive the installed Electron. `path.txt` comes last: without it there is none.
 *
 * @param {string} archive
 * @param {string} folder
 * @param {NodeJS.Platform} platform
 * @returns {Promise<void>}
 */
export async function installElectron(archive, folder, platform) {
  const electron = join(folder, 'node_modules', 'electron')
  // It comes with Electron's package, whose own installer unpacks with it.
  const { extract } = await import('@electron-internal/extract-zip')
  await extract(archive, { dir: join(electron, 'dist') })
  const program = platform === 'win32' ? 'electron.exe' : platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
  writeFileSync(join(electron, 'path.txt'), program)
  rmSync(archive)
}

/**
 * @param {string} address
 * @param {number} from
 * @param {number} patience
 * @returns {Promise<Response>}
 */
async function ask(address, from, patience) {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), patience)
  try {
    return await fetch(address, { signal: giveUp.signal, headers: from === 0 ? {} : { range: `bytes=${from}-` } })
  } catch (error) {
    const why = giveUp.signal.aborted ? `it did not answer within ${patience / 1000} seconds` : describeCause(error)
    throw new SetupProblem(`${new URL(address).host} cannot be reached (${why}).`)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * @param {Response} response
 * @param {NonNullable<Response['body']>} body
 * @param {string} part
 * @param {number} has
 * @param {ElectronDownload['onProgress']} onProgress
 * @returns {Promise<void>}
 */
async function append(response, body, part, has, onProgress) {
  const rest = Number(response.headers.get('content-length') ?? Number.NaN)
  const total = Number.isFinite(rest) ? has + rest : null
  let done = has
  await pipeline(
    Readable.fromWeb(body),
    async function* count(/** @type {AsyncIterable<Uint8Array>} */ chunks) {
      for await (const chunk of chunks) {
        done += chunk.length
        onProgress(done, total)
        yield chunk
      }
    },
    createWriteStream(part, { flags: has === 0 ? 'w' : 'a' }),
  )
}

/**
 * @param {string} path
 * @returns {Promise<string>}
 */
async function hashFile(path) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/**
 * The reason of a failed fetch stands in its cause.
 *
 * @param {unknown} error
 * @returns {string}
 */
function describeCause(error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return String(cause)
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}
