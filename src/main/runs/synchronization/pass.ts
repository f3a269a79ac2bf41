import type { Value } from '../../../shared/domain/attributes.ts'
import type { ConnectorName, ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { Link, MetaverseObject } from '../../../shared/domain/metaverse.ts'
import { sameJson } from '../../../shared/domain/sameJson.ts'
import type { EngineSettings, InboundResult, Lookup } from '../../engine/contract.ts'
import { flowInbound } from '../../engine/inboundFlow.ts'
import { joinKey } from '../../engine/joinKey.ts'
import type { ChangeKind } from '../../../shared/domain/change.ts'
import { changeKinds } from '../../../shared/domain/change.ts'
import type { ConnectorRow, PendingExport, PendingKey, StoreReader, StoreWriter } from '../../store/store.ts'
import type { OpenRun } from '../runContext.ts'

/** All that the passes read and write: the store itself, or a view in memory (replay, comparison of rule sets). */
export type SynchronizationStore = Pick<StoreWriter,
  | 'connectorBatch' | 'connectorRows' | 'unlinkedBatch' | 'countConnectorObjects' | 'danglingLinks' | 'findByDn' | 'findByUserPrincipalName' | 'findNames'
  | 'metaverseBatch' | 'metaverseObjects' | 'countMetaverse' | 'findMetaverse' | 'awaitingConfirmation'
  | 'holds' | 'joinDecisions' | 'absences' | 'ownDisables' | 'undoneByOthers' | 'deletedLinks'
  | 'writeMetaverse' | 'addPending' | 'withdrawPending' | 'setWatermark'>

/** What the passes of one synchronisation share. */
export type SynchronizationPass = {
  readonly store: SynchronizationStore
  readonly signal: AbortSignal
  readonly run: Pick<OpenRun, 'id' | 'count' | 'countObject' | 'keepObjects' | 'progress' | 'addProblems'>
  readonly settings: EngineSettings
  /** By metaverse id: what the flows of this synchronisation said already, so that each person's flow once. */
  readonly flowed: Map<string, Flowed>
}

export type Flowed = Pick<InboundResult, 'problems' | 'failedAttributes'>

/** Small enough that a batch takes a few milliseconds, large enough that SQLite is not asked too often. */
export const batchSize = 500

/** Answers look-ups of a batch with one question to the store for each metaverse attribute. */
export async function answerLookups(store: Pick<StoreReader, 'findMetaverse'>, lookups: readonly Lookup[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const valuesByAttribute = new Map<string, Set<string>>()
  for (const { metaverseAttribute, value } of lookups) {
    const values = valuesByAttribute.get(metaverseAttribute) ?? new Set()
    valuesByAttribute.set(metaverseAttribute, values.add(value))
  }
  const candidates = new Map<string, readonly string[]>()
  for (const [attribute, values] of valuesByAttribute) {
    const found = await store.findMetaverse(attribute, [...values])
    for (const [value, ids] of found) candidates.set(joinKey(attribute, value), ids)
  }
  return candidates
}

/** The connector space objects behind links, by `connectorKey`. */
export async function gatherLinked(store: Pick<StoreReader, 'connectorRows'>, links: Iterable<Pick<Link, 'connector' | 'anchor'>>): Promise<ReadonlyMap<string, ConnectorObject>> {
  const anchors: Record<ConnectorName, string[]> = { entra: [], ad: [] }
  for (const link of links) anchors[link.connector].push(link.anchor)
  const objects = new Map<string, ConnectorObject>()
  for (const connector of ['entra', 'ad'] as const) {
    const rows = anchors[connector].length > 0 ? await store.connectorRows(connector, anchors[connector]) : []
    for (const { object } of rows) objects.set(connectorKey(object), object)
  }
  return objects
}

export function connectorKey(link: { readonly connector: ConnectorName; readonly anchor: string }): string {
  return `${link.connector}:${link.anchor}`
}

/**
 * The metaverse object as its connectors make it now. Links whose object is gone fall away. What the flows said is kept in
 * the pass: a later pass flows again only where links have changed since, and the last one reports the problems, once.
 */
export function flowPerson(
  pass: SynchronizationPass, person: { readonly id: string; readonly objectType: string }, links: readonly Link[], linked: ReadonlyMap<string, ConnectorObject>,
): MetaverseObject {
  const present = links.filter((link) => linked.has(connectorKey(link)))
  const connectors = present.flatMap((link) => linked.get(connectorKey(link)) ?? [])
  const { object, problems, failedAttributes } = flowInbound(pass.settings, { id: person.id, objectType: person.objectType, links: present, connectors })
  pass.flowed.set(person.id, problems.length === 0 && failedAttributes.length === 0 ? flowedWell : { problems, failedAttributes })
  return object
}

/** One object for all: a hundred thousand persons without problems cost no memory for saying so. */
const flowedWell: Flowed = { problems: [], failedAttributes: [] }

export function isSameObject(left: MetaverseObject, right: MetaverseObject): boolean {
  return sameJson(left, right)
}

/** Every row of a connector space, batch by batch. */
export async function* connectorBatches(store: Pick<StoreReader, 'connectorBatch'>, connector: ConnectorName): AsyncGenerator<readonly ConnectorRow[]> {
  let after: string | null = null
  for (;;) {
    const rows: readonly ConnectorRow[] = await store.connectorBatch(connector, after, batchSize)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    after = last.object.anchor
  }
}

/** Rows without metaverse object, batch by batch. */
export async function* unlinkedBatches(store: Pick<StoreReader, 'unlinkedBatch'>, connector: ConnectorName): AsyncGenerator<readonly ConnectorRow[]> {
  let after: string | null = null
  for (;;) {
    const rows: readonly ConnectorRow[] = await store.unlinkedBatch(connector, after, batchSize)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    after = last.object.anchor
  }
}

/** The pending exports of these kinds, batch by batch. */
export async function* pendingOfKinds(store: Pick<StoreReader, 'pendingBatch'>, kinds: readonly ChangeKind[]): AsyncGenerator<readonly PendingExport[]> {
  for (const kind of changeKinds.filter((each) => kinds.includes(each))) {
    let after: PendingKey = { kind, metaverseId: '' }
    for (;;) {
      const batch: readonly PendingExport[] = await store.pendingBatch(after, batchSize)
      const ofKind = batch.filter(({ change }) => change.kind === kind)
      const last = ofKind.at(-1)
      if (last === undefined) break
      yield ofKind
      after = { kind, metaverseId: last.change.metaverseId }
      if (ofKind.length < batch.length) break
    }
  }
}

/** `values` in parts of the size of a batch. */
export function* inBatches<Value>(values: readonly Value[]): Generator<readonly Value[]> {
  for (let start = 0; start < values.length; start += batchSize) yield values.slice(start, start + batchSize)
}

export function textValue(values: readonly Value[] | undefined): string | null {
  const value = values?.[0]
  return value === undefined ? null : String(value)
}
