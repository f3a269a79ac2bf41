import { linkSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isErrorWithCode, readIfThere, readProcessMark } from './processMark.mjs'

/**
 * Who uses this folder's packages and build. They lie outside of node_modules, which an installation deletes.
 *
 * @typedef {{ readonly pid: number, readonly mark: string, readonly command: string, readonly since: string }} RunningProcess
 */

/**
 * Notes that this process runs from the folder, until it ends.
 *
 * @param {string} folder
 * @param {string} command what a person would call it: `npm start`
 * @returns {void}
 */
export function registerThisProcess(folder, command) {
  const path = join(makeFolder(folder, 'running'), `${process.pid}.json`)
  writeFileSync(path, JSON.stringify(describeThisProcess(command)))
  process.once('exit', () => rmSync(path, { force: true }))
}

/**
 * Everybody else who runs from the folder now. Notes of processes that have ended are removed.
 *
 * @param {string} folder
 * @returns {readonly RunningProcess[]}
 */
export function findOtherProcesses(folder) {
  const notes = makeFolder(folder, 'running')
  return readdirSync(notes).flatMap((name) => {
    const note = readNote(join(notes, name))
    if (note !== null && isRunning(note)) return note.pid === process.pid ? [] : [note]
    rmSync(join(notes, name), { force: true })
    return []
  })
}

/**
 * Does something that only one process may do at a time in this folder: installing, building, noting that it runs.
 *
 * @template Result
 * @param {string} folder
 * @param {string} command
 * @param {() => Promise<Result>} action
 * @returns {Promise<Result>}
 */
export async function whileNobodyElsePrepares(folder, command, action) {
  const lock = join(makeFolder(folder, ''), 'preparing.json')
  await takeLock(lock, command)
  const release = () => rmSync(lock, { force: true })
  process.once('exit', release)
  try {
    return await action()
  } finally {
    process.off('exit', release)
    release()
  }
}

/**
 * @param {string} lock
 * @param {string} command
 * @returns {Promise<void>}
 */
async function takeLock(lock, command) {
  let hasSaidWhom = false
  while (!tryLock(lock, command)) {
    const holder = readNote(lock)
    if (holder !== null && !isRunning(holder)) rmSync(lock, { force: true })
    else if (holder !== null && !hasSaidWhom) {
      console.error(`Waiting until ${describeProcess(holder)} has installed and built.`)
      hasSaidWhom = true
    }
    await delay(200)
  }
}

/**
 * A link appears with its whole content or not at all, so that nobody reads half a note.
 *
 * @param {string} lock
 * @param {string} command
 * @returns {boolean}
 */
function tryLock(lock, command) {
  const draft = `${lock}.${process.pid}`
  writeFileSync(draft, JSON.stringify(describeThisProcess(command)))
  try {
    linkSync(draft, lock)
    return true
  } catch (error) {
    if (isErrorWithCode(error, 'EEXIST')) return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * For sentences: `npm start (process 4711, since 2026-02-01T09:00:00.000Z)`.
 *
 * @param {RunningProcess} running
 * @returns {string}
 */
export function describeProcess(running) {
  return `${running.command} (process ${running.pid}, since ${running.since})`
}

/**
 * @param {RunningProcess} running
 * @returns {boolean}
 */
function isRunning(running) {
  return readProcessMark(running.pid) === running.mark
}

/**
 * @param {string} command
 * @returns {RunningProcess}
 */
function describeThisProcess(command) {
  return { pid: process.pid, mark: readProcessMark(process.pid) ?? '', command, since: new Date().toISOString() }
}

/**
 * @param {string} path
 * @returns {RunningProcess | null} null too for a note that was cut off when its process was killed
 */
function readNote(path) {
  const text = readIfThere(path)
  if (text === null) return null
  try {
    return parseNote(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/**
 * @param {unknown} note
 * @returns {RunningProcess | null}
 */
function parseNote(note) {
  if (typeof note !== 'object' || note === null) return null
  const { pid, mark, command, since } = /** @type {Record<string, unknown>} */ (note)
  if (typeof pid !== 'number' || typeof mark !== 'string' || typeof command !== 'string' || typeof since !== 'string') return null
  return { pid, mark, command, since }
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {string}
 */
function makeFolder(folder, name) {
  const path = join(folder, '.cache', name)
  mkdirSync(path, { recursive: true })
  return path
}
