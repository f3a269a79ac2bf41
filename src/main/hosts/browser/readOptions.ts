import { parseArgs } from 'node:util'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'

export type BrowserHostOptions = {
  readonly workspace: string | undefined
  /** With `nothing` the one-time address is printed instead. */
  readonly opens: 'window' | 'nothing'
  /** 0: a free one. */
  readonly port: number
}

/** What follows `npm start`. A mistake there is the person's, and is said like one. */
export function readOptions(args: readonly string[]): Result<BrowserHostOptions, Problem> {
  const parsed = parse(args)
  if (!parsed.ok) return parsed
  const { workspace, print, port = '0' } = parsed.value
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return fail(misused(`"${port}" is no port.`))
  return succeed({ workspace, opens: print === true ? 'nothing' : 'window', port: Number(port) })
}

function parse(args: readonly string[]): Result<{ readonly workspace?: string; readonly print?: boolean; readonly port?: string }, Problem> {
  try {
    return succeed(parseArgs({ args: [...args], options: { workspace: { type: 'string' }, print: { type: 'boolean' }, port: { type: 'string' } } }).values)
  } catch (error) {
    // ERR_PARSE_ARGS_*: its first sentence names the option.
    return fail(misused(`${(error instanceof Error ? error.message : String(error)).split('. ')[0]}.`))
  }
}

function misused(message: string): Problem {
  return { kind: 'usage', message, remedy: 'What there is: --workspace FOLDER, --print, --port NUMBER.' }
}
