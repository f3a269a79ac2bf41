import type { Outputs } from '../../../shared/api/contract.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import { findBlocks, readPlan } from '../../runs/plan.ts'
import { wentToItsEnd } from '../../runs/profiles.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'
import { findExpiringSecrets } from '../connect/expiringSecrets.ts'
import { readStandingApproval } from './standingApprovals.ts'

const lookedAt = 500
/** A standing approval that ends so soon is worth a word. */
const soonDays = 7

/** What a monitor asks for: is the workspace well, and if not, why. Reads the store and the trail only. */
export async function showStatus(session: WorkspaceSession): Promise<Result<Outputs['status.show'], Problem>> {
  const { reader, configuration, folder, now } = session
  const runs = await reader.runs(lookedAt)
  const plan = await readPlan(reader)
  const blocked = plan === null ? 0 : (await findBlocks(reader, plan, configuration.thresholds, now())).length
  const openEntries = (await reader.openJournalEntries()).length
  const standing = await readStandingApproval(folder, reader)
  const approval = standing.ok ? standing.value : null
  const lastRun = runs[0] ?? null
  const writer = session.currentWriter()
  const soon = new Date(Date.parse(now()) + soonDays * 24 * 60 * 60 * 1000).toISOString()
  const expiring = await findExpiringSecrets({ folder, configuration, environment: session.environment, now: now() })
  const reasons = [
    ...(lastRun === null ? ['No run has been made yet.'] : []),
    // Who could not write its end any more (killed, no power, a full disk) leaves its run as it was.
    ...(lastRun?.status === 'running' && writer === null ? [`Run ${lastRun.id} (${lastRun.profile}) was cut off: no process works on it any more. The next one goes on from what the journal and the directory say; nothing is done twice.`] : []),
    ...(lastRun !== null && lastRun.status !== 'running' && !wentToItsEnd(lastRun) ? [`Run ${lastRun.id} (${lastRun.profile}) did not come to its end: ${lastRun.problem?.message ?? lastRun.status}.`] : []),
    ...(plan !== null && plan.counts.total > 0 ? [`A plan of ${plan.counts.total} changes waits for approval.`] : []),
    ...(blocked > 0 ? [`${blocked} thresholds are exceeded.`] : []),
    ...(openEntries > 0 ? [`${openEntries} writes have no outcome yet: the next export settles them.`] : []),
    ...(standing.ok ? [] : [standing.problem.message]),
    ...(approval !== null && approval.until < soon ? [`The standing approval of ${approval.givenBy} ends at ${approval.until}.`] : []),
    ...expiring.map(({ sentence }) => sentence),
  ]
  return succeed({
    isHealthy: reasons.length === 0, reasons, workspace: { id: configuration.id, name: configuration.name, folder }, lastRun,
    lastPlanAt: plan?.header.plannedAt ?? null,
    lastExportAt: runs.find(({ step, endedAt }) => step === 'export' && endedAt !== null)?.endedAt ?? null,
    planned: plan?.counts.total ?? 0, planHash: plan?.hash ?? null, blocked, openJournalEntries: openEntries,
    standingApproval: approval === null ? null : { givenBy: approval.givenBy, until: approval.until },
    writer,
  })
}
