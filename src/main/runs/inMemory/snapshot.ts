import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { ConnectorRow, StoreReader } from '../../store/store.ts'
import { cancelledProblem, giveWay } from '../runContext.ts'
import { batchSize, connectorBatches, inBatches } from '../synchronization/pass.ts'

/** Both connector spaces and the metaverse at one moment. Takes the memory of all of it: for replay and comparison, not for runs. */
export type Snapshot = {
  readonly rows: Readonly<Record<ConnectorName, readonly ConnectorRow[]>>
  readonly persons: readonly MetaverseObject[]
}

/** As things are now. */
export async function takeSnapshot(store: StoreReader, signal: AbortSignal): Promise<Result<Snapshot, Problem>> {
  const rows: Record<ConnectorName, ConnectorRow[]> = { entra: [], ad: [] }
  for (const connector of ['entra', 'ad'] as const) {
    for await (const batch of connectorBatches(store, connector)) {
      if (signal.aborted) return fail(cancelledProblem)
      rows[connector].push(...batch)
      await giveWay()
    }
  }
  const persons: MetaverseObject[] = []
  for await (const batch of metaverseBatches(store)) {
    if (signal.aborted) return fail(cancelledProblem)
    persons.push(...batch)
    await giveWay()
  }
  return succeed({ rows, persons })
}

/** As things stood when run `run` had ended, from the versions that are kept. */
export async function takeSnapshotAsOf(store: StoreReader, run: number, signal: AbortSignal): Promise<Result<Snapshot, Problem>> {
  const rows: Record<ConnectorName, ConnectorRow[]> = { entra: [], ad: [] }
  const ids = new Set<string>()
  for (const connector of ['entra', 'ad'] as const) {
    for (const anchors of inBatches(await anchorsSince(store, connector, run))) {
      if (signal.aborted) return fail(cancelledProblem)
      for (const anchor of anchors) {
        const row = await store.connectorRowAsOf(connector, anchor, run)
        if (row !== null) rows[connector].push(row)
        if (row !== null && row.metaverseId !== null) ids.add(row.metaverseId)
      }
      await giveWay()
    }
  }
  for await (const batch of metaverseBatches(store)) for (const { id } of batch) ids.add(id)
  const persons: MetaverseObject[] = []
  for (const batch of inBatches([...ids].sort())) {
    if (signal.aborted) return fail(cancelledProblem)
    for (const id of batch) {
      const person = await store.metaverseObjectAsOf(id, run)
      if (person !== null) persons.push(person)
    }
    await giveWay()
  }
  return succeed({ rows, persons })
}

/** Whatever is there now, and whatever has gone since then. */
async function anchorsSince(store: StoreReader, connector: ConnectorName, run: number): Promise<readonly string[]> {
  const anchors = new Set<string>()
  for await (const batch of connectorBatches(store, connector)) for (const { object } of batch) anchors.add(object.anchor)
  let after: string | null = null
  for (;;) {
    const changed: readonly string[] = await store.changedSince(connector, run, after, batchSize)
    const last = changed.at(-1)
    if (last === undefined) return [...anchors].sort()
    for (const anchor of changed) anchors.add(anchor)
    after = last
  }
}

async function* metaverseBatches(store: StoreReader): AsyncGenerator<readonly MetaverseObject[]> {
  let after: string | null = null
  for (;;) {
    const persons: readonly MetaverseObject[] = await store.metaverseBatch(after, batchSize)
    const last = persons.at(-1)
    if (last === undefined) return
    yield persons
    after = last.id
  }
}
