import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What a process of this folder says (`say.ts`). A failure of it is a failure of the bench. */
export async function runProcess<Answer>(file: string, args: readonly string[], flags: readonly string[] = []): Promise<Answer> {
  const { stdout } = await run(process.execPath, [...flags, join(import.meta.dirname, file), ...args], { maxBuffer: 2 ** 24 })
  return JSON.parse(stdout) as Answer
}
