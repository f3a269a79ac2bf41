import { nowAsGeneralizedTime } from '../clock.ts'
import { rdnKey } from '../names/dnOfLab.ts'
import type { Rdn } from '../names/dnOfLab.ts'
import type { Entry, EntryId } from './entry.ts'
import { withAttributes } from './entry.ts'
import { noHistory, recordChanges } from './history.ts'
import type { Counter, EntryTable, Secret } from './entryTable.ts'
import { makeValueIndex } from './valueIndex.ts'

export type Commit = {
  readonly entries: readonly Entry[]
  /** New passwords; null takes an account its password away. */
  readonly secrets?: ReadonlyMap<EntryId, Secret | null>
  /** `local`: attributes that are not replicated (lastLogon, badPwdCount) leave uSNChanged and whenChanged alone. */
  readonly stamps?: 'replicated' | 'local'
}

/** All entries in memory, deleted ones included; every commit is in the file before it is seen. */
export class EntryStore {
  readonly isNew: boolean
  private readonly table: EntryTable
  private readonly entries = new Map<EntryId, Entry>()
  private readonly children = new Map<EntryId | null, Map<string, EntryId>>()
  private readonly index = makeValueIndex()
  private readonly secrets: Map<EntryId, Secret>
  private readonly counters: Record<Counter, number>
  private together: Commit[] | null = null

  constructor(table: EntryTable) {
    this.table = table
    this.isNew = table.isNew
    this.secrets = new Map(table.readSecrets())
    this.counters = table.isNew ? { ...firstCounters } : readCounters(table)
    for (const entry of table.readAll()) this.remember(entry)
  }

  find(id: EntryId): Entry | undefined {
    return this.entries.get(id)
  }

  /** Of a reference that the store itself made. */
  get(id: EntryId): Entry {
    const entry = this.entries.get(id)
    if (entry === undefined) throw new Error(`The directory lost its entry ${id}`)
    return entry
  }

  all(): Iterable<Entry> {
    return this.entries.values()
  }

  childrenOf(id: EntryId): readonly Entry[] {
    return Array.from(this.children.get(id)?.values() ?? [], (child) => this.get(child))
  }

  childNamed(parentId: EntryId | null, rdn: Rdn): Entry | undefined {
    const id = this.children.get(parentId)?.get(rdnKey(rdn))
    return id === undefined ? undefined : this.entries.get(id)
  }

  /** Ids in ascending order; null where the attribute is not indexed. */
  findByKey(attribute: string, key: string): readonly EntryId[] | null {
    const found = this.index.find(attribute, key)
    return found === null ? null : [...found].toSorted((left, right) => left - right)
  }

  secretOf(id: EntryId): Secret | undefined {
    return this.secrets.get(id)
  }

  highestUsn(): number {
    return this.counters.highestUsn
  }

  takeEntryId(): EntryId {
    return this.counters.nextEntryId++
  }

  takeRid(): number {
    return this.counters.nextRid++
  }

  commit(commit: Commit): void {
    const entries = commit.stamps === 'local' ? commit.entries : commit.entries.map((entry) => this.stamp(entry, commit.secrets?.has(entry.id) === true ? ['unicodepwd'] : []))
    if (this.together === null) this.table.write(entries, commit.secrets ?? new Map(), this.counters)
    else this.together.push({ ...commit, entries })
    for (const entry of entries) this.remember(entry)
    for (const [id, secret] of commit.secrets ?? []) {
      if (secret === null) this.secrets.delete(id)
      else this.secrets.set(id, secret)
    }
  }

  /** One transaction around many commits, for the first entries of a new file. */
  commitTogether(work: () => void): void {
    const commits: Commit[] = []
    this.together = commits
    work()
    this.together = null
    this.table.write(commits.flatMap((one) => one.entries), new Map(commits.flatMap((one) => [...(one.secrets ?? [])])), this.counters)
  }

  close(): void {
    this.table.close()
  }

  private remember(entry: Entry): void {
    const before = this.entries.get(entry.id)
    if (before !== undefined) this.children.get(before.parentId)?.delete(rdnKey(before.rdn))
    const siblings = this.children.get(entry.parentId) ?? new Map<string, EntryId>()
    this.children.set(entry.parentId, siblings.set(rdnKey(entry.rdn), entry.id))
    this.entries.set(entry.id, entry)
    this.index.replace(before, entry)
  }

  /** uSNChanged and whenChanged of every replicated write (MS-ADTS 3.1.1.1.9). */
  private stamp(entry: Entry, secrets: readonly string[]): Entry {
    const usn = ++this.counters.highestUsn
    const before = this.entries.get(entry.id)
    const stamps = { uSNChanged: [String(usn)], whenChanged: [nowAsGeneralizedTime()] }
    const created = before === undefined ? { uSNCreated: stamps.uSNChanged, whenCreated: stamps.whenChanged } : {}
    const stamped = withAttributes(entry, { ...stamps, ...created })
    // A move is replicated as a write of the name, with the new parent's GUID (MS-DRSR 4.1.10.6.9).
    const moved = before !== undefined && before.parentId !== entry.parentId ? ['name'] : []
    const history = recordChanges(before?.history ?? noHistory, before?.attributes ?? new Map(), stamped.attributes, usn, [...secrets, ...moved])
    return { ...stamped, history }
  }
}

function readCounters(table: EntryTable): Record<Counter, number> {
  return { highestUsn: table.readCounter('highestUsn'), nextRid: table.readCounter('nextRid'), nextEntryId: table.readCounter('nextEntryId') }
}

/** Below 1,000 are the well-known accounts; a new domain gives its first RID a little above. */
const firstCounters: Readonly<Record<Counter, number>> = { highestUsn: 4096, nextRid: 1103, nextEntryId: 1 }
