import type { Change } from '../../../shared/domain/change.ts'
import type { StoreWriter, JournalAction } from '../../store/store.ts'

/** What a write that took place means for later synchronisations, besides what an import will show. */
export type Consequences = {
  /** Days from our disable to the deletion; null where the lifecycle never deletes. */
  readonly deleteAfterDays: number | null
  /** Who approved the plan: named in the holds that an undo leaves. */
  readonly approvedBy: string
}

export type DoneWrite = {
  readonly run: number
  readonly change: Change
  readonly action: JournalAction
  readonly isLast: boolean
  readonly anchor: string
  /** ISO 8601 in UTC. */
  readonly at: string
}

/**
 * Remembers our own disables, which alone are reversed when a guest returns (sync-semantics 8), forgets those that are over,
 * and puts on hold what an undo has written (15). Asked again for the same write, it changes nothing: after a crash it is.
 */
export async function recordConsequences(store: StoreWriter, consequences: Consequences, write: DoneWrite): Promise<void> {
  const { change } = write
  if (change.kind === 'disable' && change.reason.kind === 'guestLeft') await recordDisable(store, consequences, write, change.reason.why)
  if (!write.isLast) return
  if (change.kind === 'enable' || change.kind === 'restore' || change.kind === 'delete') await store.removeOwnDisables([change.metaverseId])
  if (change.reason.kind === 'undone') {
    const { run, of } = change.reason
    await store.putHold({ metaverseId: change.metaverseId, cause: 'undone', note: `the ${of} of run ${run} was undone`, by: consequences.approvedBy, since: write.at })
  }
}

/** The disable counts from its bit on, even where the move that follows is refused. */
async function recordDisable(store: StoreWriter, { deleteAfterDays }: Consequences, write: DoneWrite, reason: Parameters<StoreWriter['putOwnDisable']>[0]['reason']): Promise<void> {
  const { run, change, action, anchor, at } = write
  if (action !== 'setUserAccountControl' && action !== 'move') return
  const known = (await store.ownDisables([change.metaverseId])).get(change.metaverseId)
  const movedFrom = action === 'move' ? change.dn : (known?.movedFrom ?? null)
  const first = known ?? { run, disabledAt: at, reason, deleteDue: deleteAfterDays === null ? null : addDays(at, deleteAfterDays) }
  await store.putOwnDisable({ ...first, metaverseId: change.metaverseId, anchor, movedFrom })
}

function addDays(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * 24 * 60 * 60 * 1000).toISOString()
}
