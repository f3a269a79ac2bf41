import { textOf, type Attributes } from '../../shared/domain/attributes.ts'
import type { CounterName } from '../../shared/domain/run.ts'
import type { RunObject, StoreReader } from '../store/store.ts'

/** An object behind a counter, as it was when the run had ended; without attributes where that version is no longer kept. */
export type ObjectOfRun = RunObject & { readonly name: string | null; readonly attributes: Attributes }
export type ObjectsOfRun = { readonly rows: readonly ObjectOfRun[]; readonly next: string | null }

export async function readObjectsOfRun(store: StoreReader, run: number, counter: CounterName | null, after: string | null, limit: number): Promise<ObjectsOfRun> {
  const objects = await store.objectsOfRun(run, counter, after, limit)
  const rows = await Promise.all(objects.map((object) => asItWas(store, run, object)))
  return { rows, next: objects.length < limit ? null : (objects.at(-1)?.id ?? null) }
}

async function asItWas(store: StoreReader, run: number, object: RunObject): Promise<ObjectOfRun> {
  if (object.connector === 'metaverse') {
    const person = await store.metaverseObjectAsOf(object.id, run)
    const attributes = Object.fromEntries(Object.entries(person?.attributes ?? {}).map(([name, { values }]) => [name, values]))
    return { ...object, attributes, name: nameIn(attributes) }
  }
  const row = await store.connectorRowAsOf(object.connector, object.id, run)
  const attributes = row?.object.attributes ?? {}
  return { ...object, attributes, name: nameIn(attributes) ?? row?.object.dn ?? null }
}

function nameIn(attributes: Attributes): string | null {
  return textOf(attributes, 'displayName') ?? textOf(attributes, 'userPrincipalName')
}
