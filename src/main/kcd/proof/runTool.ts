import { spawn } from 'node:child_process'

export type ToolCall = {
  readonly program: string
  readonly args: readonly string[]
  /** All of it: nothing of our own environment, where secrets may be, is handed on. */
  readonly environment: Readonly<Record<string, string>>
  /** Written to standard input, which is then closed. Passwords go this way: arguments and environment can be read by others. */
  readonly input: string
}

export type ToolAnswer =
  | { readonly kind: 'ended'; readonly succeeded: boolean; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'missing' | 'cancelled' | 'timedOut' }

/** A KDC that does not answer is tried for about ten seconds by MIT's library; nobody waits longer than this. */
const patienceInMilliseconds = 45_000
/** No ticket list and no page that we look at is longer; what comes after is dropped. */
const mostCharacters = 1_000_000

/** Runs a program of the system to its end. Rejects never: what can happen to it is in the answer. */
export function runTool({ program, args, environment, input }: ToolCall, signal: AbortSignal): Promise<ToolAnswer> {
  if (signal.aborted) return Promise.resolve({ kind: 'cancelled' })
  return new Promise((resolve) => {
    const child = spawn(program, args, { env: environment, stdio: 'pipe', signal, killSignal: 'SIGKILL', windowsHide: true })
    const texts = { stdout: '', stderr: '' }
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      child.kill('SIGKILL')
    }, patienceInMilliseconds)
    const settle = (answer: ToolAnswer): void => {
      clearTimeout(timer)
      resolve(signal.aborted ? { kind: 'cancelled' } : isLate ? { kind: 'timedOut' } : answer)
    }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => { texts[name] = (texts[name] + text).slice(0, mostCharacters) })
    }
    // A program that ends without reading closes the pipe; its exit code tells what happened.
    child.stdin.on('error', () => child.stdin.destroy())
    child.stdin.end(input)
    child.once('error', (error: NodeJS.ErrnoException) => {
      // A program that is being ended still writes its files: its end is waited for, so that they can be removed.
      if (signal.aborted && child.pid !== undefined) return
      settle(error.code === 'ENOENT' ? { kind: 'missing' } : { kind: 'ended', succeeded: false, stdout: texts.stdout, stderr: error.message })
    })
    child.once('close', (code) => settle({ kind: 'ended', succeeded: code === 0, ...texts }))
  })
}
