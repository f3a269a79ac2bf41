import type { StepKind } from '../../../shared/domain/run.ts'
import { wentToItsEnd } from '../../runs/profiles.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'

const defaultDays = 7
const pageOfRuns = 200

/** Everything is read again when it never was, or so long ago: a delta that lost something heals by itself. */
export async function isFullDue({ reader, configuration, now }: Pick<WorkspaceSession, 'reader' | 'configuration' | 'now'>): Promise<boolean> {
  const days = configuration.unattended?.fullEveryDays ?? defaultDays
  const since = new Date(Date.parse(now()) - days * 24 * 60 * 60 * 1000).toISOString()
  const missing = new Set<string>(['fullImport entra', 'fullImport ad', 'fullSync '])
  let before: number | undefined
  for (;;) {
    const page = await reader.runs(pageOfRuns, before)
    for (const run of page) {
      if (run.startedAt >= since && wentToItsEnd(run)) missing.delete(keyOf(run.step, run.connector))
    }
    const last = page.at(-1)
    if (missing.size === 0) return false
    if (last === undefined || last.startedAt < since || page.length < pageOfRuns) return true
    before = last.id
  }
}

function keyOf(step: StepKind, connector: string | null): string {
  return `${step} ${connector ?? ''}`
}
