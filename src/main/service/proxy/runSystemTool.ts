import { execFile } from 'node:child_process'
import { environmentWithoutSecrets } from '../../workspace/environmentWithoutSecrets.ts'
import type { Environment } from '../../workspace/secrets.ts'

export type SystemTool = { readonly program: string; readonly args: readonly string[] }

/** `refused`: it ran, and ended with an error, as it does about a setting that is not there. */
export type ToolAnswer = { readonly kind: 'answered'; readonly output: string } | { readonly kind: 'missing' | 'refused' | 'timedOut' }

/** Milliseconds. These tools read a file; one that takes longer will not answer. */
const patience = 5000

/** Runs a program of the system that prints settings; no shell is between. Rejects never. */
export function runSystemTool({ program, args }: SystemTool, environment: Environment): Promise<ToolAnswer> {
  return new Promise((resolve) => {
    execFile(program, [...args], { encoding: 'utf8', env: environmentWithoutSecrets(environment), timeout: patience, killSignal: 'SIGKILL', windowsHide: true, maxBuffer: 1_000_000 }, (error, output) => {
      if (error === null) return resolve({ kind: 'answered', output })
      if (error.code === 'ENOENT' || error.code === 'EACCES') return resolve({ kind: 'missing' })
      // Too much of an output ends it too, with a code of its own.
      resolve({ kind: error.killed === true && typeof error.code !== 'string' ? 'timedOut' : 'refused' })
    })
  })
}
