import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Outcome } from '../fixtures/commandLine.ts'

/** Longer than any of them takes; without an end one would outlive the test that gave it up. */
const longest = 110_000

/** Runs a program to its end, with this environment and no other. */
export async function runToEnd(program: string, args: readonly string[], { cwd, environment }: { readonly cwd: string; readonly environment: Readonly<Record<string, string>> }): Promise<Outcome> {
  const child = spawn(program, args, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'], timeout: longest, killSignal: 'SIGKILL' })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text })
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text })
  await once(child, 'close')
  return { exitCode: child.exitCode, stdout, stderr }
}
