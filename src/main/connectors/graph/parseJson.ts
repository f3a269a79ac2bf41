import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'

/** JSON of a server, shape unknown; the problem is the parser's sentence about where it broke, without the text itself. */
export function parseJson(text: string): Result<unknown, string> {
  try {
    return succeed(JSON.parse(text) as unknown)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return fail(text.trimStart().startsWith('<') ? 'it is a page of HTML or XML, not JSON' : `it is not complete JSON (${text.length} characters)`)
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
