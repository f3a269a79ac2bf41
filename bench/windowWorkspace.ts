import type { Attributes } from '../src/shared/domain/attributes.ts'
import type { Change } from '../src/shared/domain/change.ts'
import type { ConnectorObject } from '../src/shared/domain/connectorObject.ts'
import type { MetaverseObject } from '../src/shared/domain/metaverse.ts'
import type { Problem } from '../src/shared/domain/problem.ts'
import type { Result } from '../src/shared/domain/result.ts'
import { hashChange } from '../src/main/runs/planHash.ts'
import { acquireWriter } from '../src/main/store/sqlite/writerLock.ts'
import { openStoreWriter } from '../src/main/store/sqlite/openStore.ts'
import type { StoreWriter } from '../src/main/store/store.ts'
import { sampleChanges } from './samplePlan.ts'

const batchSize = 5_000

/** Puts so many guests, persons and planned accounts beside those of a workspace whose cycle has run, by the store's own writer. */
export async function addGuests(workspace: string, count: number): Promise<void> {
  const lock = valueOf(acquireWriter(workspace, { what: 'the bench', pid: process.pid, since: new Date().toISOString() }))
  const store = valueOf(await openStoreWriter(workspace, { metaverseIndex: ['uid', 'userPrincipalName'] }))
  try {
    await write(store, count)
  } finally {
    await store.close()
    lock.release()
  }
}

async function write(store: StoreWriter, count: number): Promise<void> {
  const changes = sampleChanges(count)
  const startedAt = new Date().toISOString()
  const imported = await store.beginRun({ profile: 'bench import', step: 'deltaImport', connector: 'entra', startedAt })
  for (const batch of inBatches(changes)) await store.stageDelta(imported, 'entra', batch.map((change) => ({ kind: 'replaced', object: guestOf(change) })))
  await store.endRun(imported, { status: 'succeeded', endedAt: startedAt, counters: await store.applyDeltaImport(imported, 'entra', {}), problem: null })
  const synchronized = await store.beginRun({ profile: 'bench synchronisation', step: 'deltaSync', connector: null, startedAt })
  await store.beginPendingFor(synchronized, changes.map(({ metaverseId }) => metaverseId))
  for (const batch of inBatches(changes)) {
    await store.writeMetaverse(synchronized, { upserts: batch.map(personOf), deletes: [], links: [], disconnectors: [] })
    await store.addPending(synchronized, batch.map((change) => ({ run: synchronized, change, hash: hashChange(change) })), [])
  }
  await store.commitPending(synchronized)
  await store.endRun(synchronized, { status: 'succeeded', endedAt: startedAt, counters: { provisioningAdds: count }, problem: null })
}

function* inBatches(changes: readonly Change[]): Generator<readonly Change[]> {
  for (let first = 0; first < changes.length; first += batchSize) yield changes.slice(first, first + batchSize)
}

function valuesOf(change: Change): Attributes {
  return Object.fromEntries(change.attributes.map(({ name, after }) => [name, after]))
}

function guestOf(change: Change): ConnectorObject {
  return { connector: 'entra', anchor: change.metaverseId, objectType: 'user', dn: null, attributes: { ...valuesOf(change), userType: ['Guest'], companyName: [change.subject.company ?? ''] } }
}

function personOf(change: Change): MetaverseObject {
  const attributes = Object.entries(valuesOf(change)).map(([name, values]) => [name, { values, winner: { connector: 'entra' as const, anchor: change.metaverseId, rule: change.rule, source: name, values }, losers: [] }])
  return { id: change.metaverseId, objectType: 'person', attributes: Object.fromEntries(attributes), links: [{ connector: 'entra', anchor: change.metaverseId, origin: { kind: 'projected', rule: change.rule } }] }
}

function valueOf<Value>(result: Result<Value, Problem>): Value {
  if (!result.ok) throw new Error(result.problem.message)
  return result.value
}
