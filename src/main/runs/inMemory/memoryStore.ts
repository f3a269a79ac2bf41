import { dnKey } from '../../../shared/domain/dn.ts'
import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { Link, MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { ConnectorRow, MetaverseBatch, PendingExport, StoreReader, StoredSkip } from '../../store/store.ts'
import { textValue, type SynchronizationStore } from '../synchronization/pass.ts'
import type { Snapshot } from './snapshot.ts'

export type MemoryStore = {
  readonly store: SynchronizationStore
  readonly exports: () => readonly PendingExport[]
  readonly skips: readonly StoredSkip[]
}

/** Asked of the real store: what the snapshot does not hold. */
export type AnswersOfStore = Pick<StoreReader, 'findNames' | 'awaitingConfirmation' | 'holds' | 'joinDecisions' | 'absences' | 'ownDisables' | 'undoneByOthers' | 'deletedLinks'>

/** A store for one full synchronisation that nobody keeps: it begins as the snapshot and takes what the passes write. */
export function createMemoryStore(snapshot: Snapshot, answers: AnswersOfStore): MemoryStore {
  const spaces = { entra: new Space(snapshot.rows.entra), ad: new Space(snapshot.rows.ad) }
  const metaverse = new Metaverse(snapshot.persons)
  /** A person has one pending export. */
  const exports = new Map<string, PendingExport>()
  const skips: StoredSkip[] = []
  const store: SynchronizationStore = {
    connectorBatch: async (connector, after, limit) => spaces[connector].batch(after, limit, () => true),
    connectorRows: async (connector, anchors) => anchors.flatMap((anchor) => spaces[connector].row(anchor) ?? []),
    unlinkedBatch: async (connector, after, limit) => spaces[connector].batch(after, limit, (row) => row.metaverseId === null),
    countConnectorObjects: async (connector) => snapshot.rows[connector].length,
    // Only a synchronisation of changes asks for them; this one is of everything.
    danglingLinks: async () => [],
    findByDn: async (keys) => spaces.ad.findBy(keys, ({ object }) => (object.dn === null ? null : dnKey(object.dn))),
    findByUserPrincipalName: async (connector, names) => (
      spaces[connector].findBy(names.map((name) => name.toLowerCase()), ({ object }) => textValue(object.attributes['userPrincipalName'])?.toLowerCase() ?? null)
    ),
    findNames: (names) => answers.findNames(names),
    metaverseBatch: async (after, limit) => metaverse.batch(after, limit),
    metaverseObjects: async (ids) => ids.flatMap((id) => metaverse.object(id) ?? []),
    countMetaverse: async () => metaverse.size(),
    findMetaverse: async (attribute, values) => metaverse.find(attribute, values),
    awaitingConfirmation: () => answers.awaitingConfirmation(),
    holds: () => answers.holds(),
    joinDecisions: () => answers.joinDecisions(),
    absences: (ids) => answers.absences(ids),
    ownDisables: (ids) => answers.ownDisables(ids),
    undoneByOthers: (ids) => answers.undoneByOthers(ids),
    deletedLinks: (ids) => answers.deletedLinks(ids),
    writeMetaverse: async (_run, batch) => write(spaces, metaverse, batch),
    addPending: async (_run, moreExports, moreSkips) => {
      for (const pending of moreExports) exports.set(pending.change.metaverseId, pending)
      skips.push(...moreSkips)
    },
    withdrawPending: async (_run, metaverseIds) => {
      for (const id of metaverseIds) exports.delete(id)
    },
    setWatermark: async () => undefined,
  }
  return { store, exports: () => [...exports.values()], skips }
}

function write(spaces: Readonly<Record<ConnectorName, Space>>, metaverse: Metaverse, batch: MetaverseBatch): void {
  const unlinkAllBut = (id: string, links: readonly Link[]): void => {
    for (const { connector, anchor } of metaverse.object(id)?.links ?? []) {
      if (!links.some((link) => link.connector === connector && link.anchor === anchor)) spaces[connector].link(anchor, null)
    }
  }
  for (const id of batch.deletes) {
    unlinkAllBut(id, [])
    metaverse.remove(id)
  }
  for (const person of batch.upserts) {
    unlinkAllBut(person.id, person.links)
    metaverse.put(person)
    for (const { connector, anchor } of person.links) spaces[connector].link(anchor, person.id)
  }
  for (const { metaverseId, link } of batch.links) spaces[link.connector].link(link.anchor, metaverseId)
  for (const { connector, anchor } of batch.disconnectors) spaces[connector].link(anchor, null)
}

/** One connector space, in order of anchor. */
class Space {
  readonly #rows: Map<string, ConnectorRow>
  readonly #anchors: readonly string[]

  constructor(rows: readonly ConnectorRow[]) {
    this.#rows = new Map(rows.map((row) => [row.object.anchor, row]))
    this.#anchors = [...this.#rows.keys()].sort()
  }

  row(anchor: string): ConnectorRow | undefined {
    return this.#rows.get(anchor)
  }

  batch(after: string | null, limit: number, isWanted: (row: ConnectorRow) => boolean): readonly ConnectorRow[] {
    const batch: ConnectorRow[] = []
    for (let index = firstBehind(this.#anchors, after); index < this.#anchors.length && batch.length < limit; index += 1) {
      const row = this.#rows.get(this.#anchors[index] ?? '')
      if (row !== undefined && isWanted(row)) batch.push(row)
    }
    return batch
  }

  link(anchor: string, metaverseId: string | null): void {
    const row = this.#rows.get(anchor)
    if (row !== undefined) this.#rows.set(anchor, { ...row, metaverseId })
  }

  findBy(keys: readonly string[], keyOf: (row: ConnectorRow) => string | null): ReadonlyMap<string, ConnectorRow> {
    const wanted = new Set(keys)
    const found = new Map<string, ConnectorRow>()
    for (const row of this.#rows.values()) {
      const key = keyOf(row)
      if (key !== null && wanted.has(key)) found.set(key, row)
    }
    return found
  }
}

class Metaverse {
  readonly #persons: Map<string, MetaverseObject>
  /** Null after a person came: sorted again when somebody asks for an order. */
  #ids: readonly string[] | null = null
  readonly #index = new Map<string, Map<string, Set<string>>>()

  constructor(persons: readonly MetaverseObject[]) {
    this.#persons = new Map(persons.map((person) => [person.id, person]))
  }

  object(id: string): MetaverseObject | undefined {
    return this.#persons.get(id)
  }

  size(): number {
    return this.#persons.size
  }

  batch(after: string | null, limit: number): readonly MetaverseObject[] {
    this.#ids ??= [...this.#persons.keys()].sort()
    const batch: MetaverseObject[] = []
    for (let index = firstBehind(this.#ids, after); index < this.#ids.length && batch.length < limit; index += 1) {
      const person = this.#persons.get(this.#ids[index] ?? '')
      if (person !== undefined) batch.push(person)
    }
    return batch
  }

  put(person: MetaverseObject): void {
    if (!this.#persons.has(person.id)) this.#ids = null
    this.#persons.set(person.id, person)
    for (const [attribute, ids] of this.#index) addTo(ids, attribute, person)
  }

  remove(id: string): void {
    this.#persons.delete(id)
  }

  /** An index is made when its attribute is first asked about. Entries that no longer hold are passed over. */
  find(attribute: string, values: readonly string[]): ReadonlyMap<string, readonly string[]> {
    const index = this.#index.get(attribute) ?? this.#makeIndex(attribute)
    return new Map(values.flatMap((value) => {
      const key = value.toLowerCase()
      const ids = [...(index.get(key) ?? [])].filter((id) => keysOf(attribute, this.#persons.get(id)).includes(key)).sort()
      return ids.length === 0 ? [] : [[key, ids] as const]
    }))
  }

  #makeIndex(attribute: string): Map<string, Set<string>> {
    const index = new Map<string, Set<string>>()
    for (const person of this.#persons.values()) addTo(index, attribute, person)
    this.#index.set(attribute, index)
    return index
  }
}

function addTo(index: Map<string, Set<string>>, attribute: string, person: MetaverseObject): void {
  for (const key of keysOf(attribute, person)) index.set(key, (index.get(key) ?? new Set()).add(person.id))
}

function keysOf(attribute: string, person: MetaverseObject | undefined): readonly string[] {
  return (person?.attributes[attribute]?.values ?? []).map((value) => String(value).toLowerCase())
}

/** Index of the first text behind `after` in a sorted list. */
function firstBehind(sorted: readonly string[], after: string | null): number {
  if (after === null) return 0
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? '') <= after) low = middle + 1
    else high = middle
  }
  return low
}
