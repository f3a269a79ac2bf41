import type { CallOptions, Input, Outputs } from '../../shared/api/contract.ts'
import type { Hold } from '../../shared/domain/lifecycle.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** As `excludePerson`, for all that were chosen or for none: half a choice would be another plan than the one meant. */
export async function excludePersons(session: WorkspaceSession, { metaverseIds, note }: Input<'holds.excludeSeveral'>, options: CallOptions): Promise<Result<Outputs['holds.excludeSeveral'], Problem>> {
  const known = new Set((await session.reader.metaverseObjects(metaverseIds)).map(({ id }) => id))
  const missing = metaverseIds.filter((id) => !known.has(id))
  if (missing.length > 0) {
    return fail({
      kind: 'notFoundInWorkspace', message: `Nobody was excluded: ${missing.length} of the ${metaverseIds.length} persons are no longer in the metaverse.`,
      remedy: 'Choose again from the current plan.', detail: { metaverseId: missing[0] ?? '' },
    })
  }
  return session.asWriter<Outputs['holds.excludeSeveral']>('exclusion', { signal: options.signal, report: options.onProgress }, async ({ store }) => {
    const since = session.now()
    for (const metaverseId of known) {
      const hold: Hold = { metaverseId, cause: 'excluded', note, by: session.actor, since }
      await session.audit('personExcluded', null, { metaverseId, note })
      await store.putHold(hold)
    }
    await store.removePending([...known])
    return succeed({ excluded: known.size })
  })
}
