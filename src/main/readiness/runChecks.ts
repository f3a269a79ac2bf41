import type { ReadinessFinding } from '../../shared/domain/readiness.ts'
import type { ReadinessCheck } from './readinessCheck.ts'

/** A check with the world that it looks at: rows of several tables side by side. */
export type BoundCheck = Pick<ReadinessFinding, 'id' | 'area' | 'title'> & { readonly find: (signal: AbortSignal) => Promise<ReadinessFinding> }

export function bindChecks<World>(checks: readonly ReadinessCheck<World>[], world: World): readonly BoundCheck[] {
  return checks.map(({ id, area, title, check }) => ({
    id, area, title,
    find: async (signal) => ({ scripts: [], canApply: false, ...(await check(world, signal)), id, area, title }),
  }))
}

/** One after the other: what a check has read, the next one need not ask again. Ends early where it was cancelled. */
export async function runChecks(checks: readonly BoundCheck[], report: (title: string, area: ReadinessFinding['area'], done: number) => void, signal: AbortSignal): Promise<readonly ReadinessFinding[]> {
  const findings: ReadinessFinding[] = []
  for (const check of checks) {
    if (signal.aborted) break
    report(check.title, check.area, findings.length)
    findings.push(await check.find(signal))
  }
  return findings
}
