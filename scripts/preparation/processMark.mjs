import { readFileSync } from 'node:fs'

/**
 * What tells a process from a later one with the same number: the moment of its start where the system says it, else
 * an empty text. Null for a process that has ended, zombies included.
 *
 * @param {number} pid
 * @returns {string | null}
 */
export function readProcessMark(pid) {
  return process.platform === 'linux' ? readLinuxMark(pid) : readPortableMark(pid)
}

/**
 * proc_pid_stat(5): fields after the command's closing bracket; the third of all is the state, the 22nd the start in
 * ticks since boot.
 *
 * @param {number} pid
 * @returns {string | null}
 */
function readLinuxMark(pid) {
  const text = readIfThere(`/proc/${pid}/stat`)
  if (text === null) return null
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state] = fields
  return state === 'Z' || state === 'X' ? null : (fields[19] ?? '')
}

/**
 * @param {number} pid
 * @returns {string | null}
 */
function readPortableMark(pid) {
  try {
    process.kill(pid, 0)
    return ''
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return isErrorWithCode(error, 'EPERM') ? '' : null
  }
}

/**
 * The text of a file, or null where there is none.
 *
 * @param {string} path
 * @returns {string | null}
 */
export function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    // ESRCH: the process ended while its entry in /proc was read.
    if (isErrorWithCode(error, 'ENOENT') || isErrorWithCode(error, 'ESRCH')) return null
    throw error
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 * @returns {boolean}
 */
export function isErrorWithCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code
}
