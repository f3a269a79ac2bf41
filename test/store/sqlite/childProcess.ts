import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export type Child = { readonly process: ChildProcess; nextLine(): Promise<string>; kill(): Promise<void> }

/** Runs a file of this folder in a process of its own; it is killed with the test at the latest. */
export function startChild(file: string, parameters: readonly string[]): Child {
  const child = spawn(process.execPath, ['--expose-gc', fileURLToPath(new URL(file, import.meta.url)), ...parameters], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const exited = once(child, 'exit')
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  onTestFinished(kill)
  return {
    process: child,
    kill,
    async nextLine() {
      const line = await lines.next()
      if (line.done === true) throw new Error(`${file} ended without the expected line`)
      return line.value
    },
  }
}
