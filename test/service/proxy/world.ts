import type { Problem } from '../../../src/shared/domain/problem.ts'
import type { Result } from '../../../src/shared/domain/result.ts'
import type { SystemProxy } from '../../../src/main/service/proxy/systemProxy.ts'

/** Without the brands, to compare with. */
export function shown(result: Result<SystemProxy, Problem>): unknown {
  return result.ok ? result.value : { refused: result.problem.message }
}

export function named(https: string, http: string | null, exceptions: readonly string[] = []): unknown {
  return { kind: 'named', https, http, exceptions, problems: [] }
}
