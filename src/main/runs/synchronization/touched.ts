import { changeKinds, type Change } from '../../../shared/domain/change.ts'
import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { SkipReason } from '../../../shared/domain/decision.ts'
import type { MetaverseObject } from '../../../shared/domain/metaverse.ts'
import { claimsNames } from '../../engine/namesOfChanges.ts'
import type { ConnectorRow, StoreReader } from '../../store/store.ts'
import { batchSize, connectorBatches, inBatches, pendingOfKinds, unlinkedBatches, type SynchronizationStore } from './pass.ts'

/**
 * Whom a synchronisation is about. `changes`: what came, changed or went since the end of run `since`, and whom a change
 * elsewhere may concern. Nothing here grows with the number of objects that stayed as they were.
 */
export type Extent = { readonly kind: 'everything' } | { readonly kind: 'changes'; readonly since: number; readonly store: StoreReader }

/** Guests for the first pass. Without link they are tried again: whom they match may have changed. */
export async function* guestsToProject(store: SynchronizationStore, extent: Extent): AsyncGenerator<readonly ConnectorRow[]> {
  if (extent.kind === 'everything') {
    yield* connectorBatches(store, 'entra')
    return
  }
  for await (const anchors of changedBatches(extent, 'entra')) yield await store.connectorRows('entra', anchors)
  yield* unlinkedBatches(store, 'entra')
}

/** Persons whose decision may be another one than at the last synchronisation, besides those that the first passes met. */
export async function findTouched(extent: Extract<Extent, { kind: 'changes' }>, now: string): Promise<ReadonlySet<string>> {
  const { store } = extent
  const touched = new Set<string>()
  const touch = (ids: Iterable<string>): void => {
    for (const id of ids) touched.add(id)
  }
  for await (const anchors of changedBatches(extent, 'ad')) {
    touch((await store.connectorRows('ad', anchors)).flatMap(({ metaverseId }) => metaverseId ?? []))
  }
  touch((await store.dueDisables(now)).map(({ metaverseId }) => metaverseId))
  touch((await store.holds()).map(({ metaverseId }) => metaverseId))
  touch((await store.skips(skipsToReconsider, everySkip)).map(({ metaverseId }) => metaverseId))
  // Names are given to all who want one together, so those who wait for the export of one are asked again.
  for await (const pending of pendingOfKinds(store, changeKinds)) touch(pending.filter(({ change }) => waitsForName(change)).map(({ change }) => change.metaverseId))
  for await (const missing of missingBatches(store)) touch(missing)
  return touched
}

function waitsForName(change: Change): boolean {
  return change.kind === 'create' || claimsNames(change)
}

/** Whose object went. To be asked before the first pass, which takes links to absent guests off. */
export async function findDangling(store: Pick<StoreReader, 'danglingLinks'>): Promise<readonly string[]> {
  return [...(await store.danglingLinks('entra')), ...(await store.danglingLinks('ad'))].map(({ metaverseId }) => metaverseId)
}

/** Everybody, or those of `ids` that (still) exist, in order of id. */
export async function* personBatches(store: SynchronizationStore, extent: Extent, ids: ReadonlySet<string>): AsyncGenerator<readonly MetaverseObject[]> {
  if (extent.kind === 'changes') {
    for (const batch of inBatches([...ids].sort())) yield await store.metaverseObjects(batch)
    return
  }
  let after: string | null = null
  for (;;) {
    const persons: readonly MetaverseObject[] = await store.metaverseBatch(after, batchSize)
    const last = persons.at(-1)
    if (last === undefined) return
    yield persons
    after = last.id
  }
}

/** Skips that hang on something else than the person's own objects: on an answer, an import, another account, a person's word. */
const skipsToReconsider: readonly SkipReason['kind'][] = [
  'joinNeedsDecision', 'awaitingConfirmation', 'directoryImportIncomplete', 'absenceUnclear', 'leaver', 'leaverDone', 'onHold', 'problem',
  'secondEngine', 'identityChanged', 'disabledByOthers',
]
const everySkip = Number.MAX_SAFE_INTEGER

async function* changedBatches({ store, since }: Extract<Extent, { kind: 'changes' }>, connector: ConnectorName): AsyncGenerator<readonly string[]> {
  let after: string | null = null
  for (;;) {
    const anchors: readonly string[] = await store.changedSince(connector, since, after, batchSize)
    const last = anchors.at(-1)
    if (last === undefined) return
    yield anchors
    after = last
  }
}

async function* missingBatches(store: StoreReader): AsyncGenerator<readonly string[]> {
  let after: string | null = null
  for (;;) {
    const missing: Awaited<ReturnType<StoreReader['missingGuests']>> = await store.missingGuests(after, batchSize)
    const last = missing.at(-1)
    if (last === undefined) return
    yield missing.map(({ metaverseId }) => metaverseId)
    after = last.metaverseId
  }
}
