import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
/** Without it each process loads Node's compiler of types, which the built application does not have in its memory. */
const compiled = join(import.meta.dirname, '..', '..', '.cache', 'bench-compiled')

/** What a process of this folder says (`say.ts`). A failure of it is a failure of the bench. */
export async function runProcess<Answer>(file: string, args: readonly string[], flags: readonly string[] = []): Promise<Answer> {
  const environment = { ...process.env, NODE_COMPILE_CACHE: compiled }
  const { stdout } = await run(process.execPath, [...flags, join(import.meta.dirname, file), ...args], { maxBuffer: 2 ** 24, env: environment })
  return JSON.parse(stdout) as Answer
}
