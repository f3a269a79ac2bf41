import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A server of a bench in a process of its own; resolves with the first line that it prints. */
export async function startServer(file: string, args: readonly string[]): Promise<{ readonly said: string; readonly stop: () => Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, [join(import.meta.dirname, file), ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (child.stdout === null) throw new Error(`${file} has no output`)
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit').then(([code]) => { throw new Error(`${file} ended with ${String(code)}`) })])
  return {
    said: String(first[0]),
    stop: async () => {
      const exited = once(child, 'exit')
      child.kill()
      await exited
    },
  }
}
