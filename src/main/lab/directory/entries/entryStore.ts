import { nowAsGeneralizedTime } from '../clock.ts'
import { rdnKey } from '../names/dnOfLab.ts'
import type { Rdn } from '../names/dnOfLab.ts'
import type { Entry, EntryId } from './entry.ts'
import { withAttributes } from './entry.ts'
import type { Counter, EntryTable, Secret } from './entryTable.ts'
import { makeValueIndex } from './valueIndex.ts'

export type Commit = {
  readonly entries: readonly Entry[]
  readonly secrets?: ReadonlyMap<EntryId, Secret>
  /** `local`: attributes that are not replicated (lastLogon, badPwdCount) leave uSNChanged and whenChanged alone. */
  readonly stamps?: 'replicated' | 'local'
}

/** All entries in memory, deleted ones included; every commit is in the file before it is seen. */
export type EntryStore = {
  readonly isNew: boolean
  find(id: EntryId): Entry | undefined
  /** Of a reference that the store itself made. */
  get(id: EntryId): Entry
  all(): Iterable<Entry>
  childrenOf(id: EntryId): Iterable<Entry>
  childNamed(parentId: EntryId | null, rdn: Rdn): Entry | undefined
  /** Ids in ascending order; null where the attribute is not indexed. */
  findByKey(attribute: string, key: string): readonly EntryId[] | null
  secretOf(id: EntryId): Secret | undefined
  highestUsn(): number
  takeEntryId(): EntryId
  takeRid(): number
  commit(commit: Commit): void
  /** One transaction around many commits: for the first entries of a new file. */
  commitTogether(work: () => void): void
  close(): void
}

export function openEntryStore(table: EntryTable): EntryStore {
  const entries = new Map<EntryId, Entry>()
  const children = new Map<EntryId | null, Map<string, EntryId>>()
  const index = makeValueIndex()
  const secrets = new Map(table.readSecrets())
  const counters: Record<Counter, number> = table.isNew
    ? { highestUsn: 4096, nextRid: 1103, nextEntryId: 1 }
    : { highestUsn: table.readCounter('highestUsn'), nextRid: table.readCounter('nextRid'), nextEntryId: table.readCounter('nextEntryId') }
  let pending: Commit[] | null = null

  const remember = (entry: Entry) => {
    const before = entries.get(entry.id)
    if (before !== undefined) children.get(before.parentId)?.delete(rdnKey(before.rdn))
    const siblings = children.get(entry.parentId) ?? new Map<string, EntryId>()
    children.set(entry.parentId, siblings.set(rdnKey(entry.rdn), entry.id))
    entries.set(entry.id, entry)
    index.replace(before, entry)
  }
  const stamp = (entry: Entry): Entry => {
    const usn = String(++counters.highestUsn)
    const now = nowAsGeneralizedTime()
    const isCreated = !entries.has(entry.id)
    return withAttributes(entry, { uSNChanged: [usn], whenChanged: [now], ...(isCreated ? { uSNCreated: [usn], whenCreated: [now] } : {}) })
  }
  const get = (id: EntryId) => {
    const entry = entries.get(id)
    if (entry === undefined) throw new Error(`The directory lost its entry ${id}`)
    return entry
  }
  for (const entry of table.readAll()) remember(entry)
  return {
    isNew: table.isNew,
    find: (id) => entries.get(id),
    get,
    all: () => entries.values(),
    childrenOf: (id) => Array.from(children.get(id)?.values() ?? [], get),
    childNamed: (parentId, rdn) => {
      const id = children.get(parentId)?.get(rdnKey(rdn))
      return id === undefined ? undefined : entries.get(id)
    },
    findByKey: (attribute, key) => {
      const found = index.find(attribute, key)
      return found === null ? null : [...found].sort((left, right) => left - right)
    },
    secretOf: (id) => secrets.get(id),
    highestUsn: () => counters.highestUsn,
    takeEntryId: () => counters.nextEntryId++,
    takeRid: () => counters.nextRid++,
    commit(commit) {
      const stamped = { ...commit, entries: commit.stamps === 'local' ? commit.entries : commit.entries.map(stamp) }
      if (pending === null) table.write(stamped.entries, stamped.secrets ?? new Map(), counters)
      else pending.push(stamped)
      for (const entry of stamped.entries) remember(entry)
      for (const [id, secret] of stamped.secrets ?? []) secrets.set(id, secret)
    },
    commitTogether(work) {
      pending = []
      work()
      table.write(pending.flatMap((one) => one.entries), new Map(pending.flatMap((one) => [...(one.secrets ?? [])])), counters)
      pending = null
    },
    close: () => table.close(),
  }
}
