import type { Value } from '../../../shared/domain/attributes.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import type { ConnectorName, ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { Link, MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { EngineSettings, InboundResult, Lookup } from '../../engine/contract.ts'
import { flowInbound } from '../../engine/inboundFlow.ts'
import { joinKey } from '../../engine/joinKey.ts'
import type { ConnectorRow, StoreReader } from '../../store/store.ts'
import type { OpenRun, RunContext } from '../runContext.ts'

/** What the passes of one synchronisation share. */
export type SynchronizationPass = {
  readonly context: RunContext
  readonly run: OpenRun
  readonly settings: EngineSettings
}

/** Small enough that a batch takes a few milliseconds, large enough that SQLite is not asked too often. */
export const batchSize = 500

/** Answers look-ups of a batch with one question to the store for each metaverse attribute. */
export async function answerLookups(store: StoreReader, lookups: readonly Lookup[]): Promise<ReadonlyMap<string, readonly string[]>> {
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
export async function gatherLinked(store: StoreReader, links: Iterable<Pick<Link, 'connector' | 'anchor'>>): Promise<ReadonlyMap<string, ConnectorObject>> {
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
 * The metaverse object as its connectors make it now. Links whose object is gone fall away. Every person passes here
 * several times in a synchronisation; the last pass reports the problems.
 */
export function recompute(
  settings: EngineSettings, person: { readonly id: string; readonly objectType: string }, links: readonly Link[], linked: ReadonlyMap<string, ConnectorObject>,
): InboundResult {
  const present = links.filter((link) => linked.has(connectorKey(link)))
  const connectors = present.flatMap((link) => linked.get(connectorKey(link)) ?? [])
  return flowInbound(settings, { id: person.id, objectType: person.objectType, links: present, connectors })
}

export function isSameObject(left: MetaverseObject, right: MetaverseObject): boolean {
  return canonicalJson(left) === canonicalJson(right)
}

/** Every row of a connector space, batch by batch. */
export async function* connectorBatches(store: StoreReader, connector: ConnectorName): AsyncGenerator<readonly ConnectorRow[]> {
  let after: string | null = null
  for (;;) {
    const rows: readonly ConnectorRow[] = await store.connectorBatch(connector, after, batchSize)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    after = last.object.anchor
  }
}

export function textValue(values: readonly Value[] | undefined): string | null {
  const value = values?.[0]
  return value === undefined ? null : String(value)
}
