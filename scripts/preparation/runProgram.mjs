import { spawn } from 'node:child_process'
import { constants } from 'node:os'

/**
 * @typedef {object} ProgramOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {'inherit' | 'onStandardError'} [output] `onStandardError` keeps standard output for the application's own documents
 */

const forwarded = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs a program to its end, passes signals on, and gives its exit code; 128 and the signal's number where a signal
 * ended it, as shells do.
 *
 * @param {string} program
 * @param {readonly string[]} options arguments of the program
 * @param {ProgramOptions} settings
 * @returns {Promise<number>}
 * @throws where the program cannot be started
 */
export async function runProgram(program, options, settings) {
  const child = spawn(program, options, {
    stdio: settings.output === 'onStandardError' ? ['ignore', 2, 2] : 'inherit',
    env: settings.env ?? process.env,
    ...(settings.cwd === undefined ? {} : { cwd: settings.cwd }),
  })
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    // A terminal sends Ctrl+C to the whole group: twice would mean "at once" to the application.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  }
  for (const signal of forwarded) process.on(signal, forward)
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    })
  } finally {
    for (const signal of forwarded) process.off(signal, forward)
  }
}
