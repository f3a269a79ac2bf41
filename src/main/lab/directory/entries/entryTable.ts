import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { Entry, EntryId, StoredValue } from './entry.ts'

/** Of a password only this is kept: salt and hash, in base64. */
export type Secret = { readonly salt: string; readonly hash: string }
export type Counter = 'highestUsn' | 'nextRid' | 'nextEntryId'

/** The file: one row an entry, written through before an answer goes out. */
export type EntryTable = {
  readonly isNew: boolean
  readAll(): readonly Entry[]
  readSecrets(): ReadonlyMap<EntryId, Secret>
  readCounter(name: Counter): number
  /** All of it or nothing, flushed to the disk (synchronous=FULL). */
  write(entries: readonly Entry[], secrets: ReadonlyMap<EntryId, Secret | null>, counters: Readonly<Record<Counter, number>>): void
  close(): void
}

/** Throws where the file is none of ours or cannot be opened: the server cannot run without it. */
export function openEntryTable(file: string): EntryTable {
  const database = new DatabaseSync(file)
  // Two servers on one file would each believe in a memory of their own, so the first one keeps the lock; it ends with the process.
  database.exec('PRAGMA busy_timeout = 2000; PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  checkFormat(database, file)
  database.exec(tables)
  const putEntry = database.prepare('INSERT OR REPLACE INTO entries (id, parent, document) VALUES (?, ?, ?)')
  const putSecret = database.prepare('INSERT OR REPLACE INTO secrets (id, salt, hash) VALUES (?, ?, ?)')
  const removeSecret = database.prepare('DELETE FROM secrets WHERE id = ?')
  const putCounter = database.prepare('INSERT OR REPLACE INTO counters (name, value) VALUES (?, ?)')
  const rows = (query: string) => database.prepare(query).all()
  return {
    isNew: rows('SELECT 1 FROM entries LIMIT 1').length === 0,
    readAll: () => rows('SELECT id, parent, document FROM entries ORDER BY id').map(parseRow),
    readSecrets: () => new Map(z.array(secretRow).parse(rows('SELECT id, salt, hash FROM secrets')).map(({ id, ...secret }) => [id, secret])),
    readCounter: (name) => counterRow.parse(database.prepare('SELECT value FROM counters WHERE name = ?').get(name)).value,
    write(entries, secrets, counters) {
      database.exec('BEGIN IMMEDIATE')
      try {
        for (const entry of entries) putEntry.run(entry.id, entry.parentId, formatDocument(entry))
        for (const [id, secret] of secrets) {
          if (secret === null) removeSecret.run(id)
          else putSecret.run(id, secret.salt, secret.hash)
        }
        for (const [name, value] of Object.entries(counters)) putCounter.run(name, value)
        database.exec('COMMIT')
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
    },
    close: () => database.close(),
  }
}

/** The lab's state is thrown away, not carried over: a file of another version is named and left as it is. */
function checkFormat(database: DatabaseSync, file: string): void {
  const { user_version: version } = versionRow.parse(database.prepare('PRAGMA user_version').get())
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table'").get() === undefined
  if (!isEmpty && version !== format) {
    throw new Error(`${file} is a directory of another version (${version}, this one writes ${format}). Remove the folder to begin with a new lab.`)
  }
  database.exec(`PRAGMA user_version = ${format}`)
}

const format = 2
const versionRow = z.object({ user_version: z.number() })
const tables = `
  CREATE TABLE IF NOT EXISTS entries (id INTEGER PRIMARY KEY, parent INTEGER, document TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS secrets (id INTEGER PRIMARY KEY, salt TEXT NOT NULL, hash TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
`
const entryRow = z.object({ id: z.number(), parent: z.number().nullable(), document: z.string() })
const secretRow = z.object({ id: z.number(), salt: z.string(), hash: z.string() })
const counterRow = z.object({ value: z.number() })
const storedDocument = z.object({
  rdn: z.object({ attribute: z.string(), value: z.string() }),
  attributes: z.record(z.string(), z.array(z.union([z.string(), z.number(), z.object({ octets: z.base64() })]))),
  usns: z.record(z.string(), z.number()),
  links: z.record(z.string(), z.array(z.tuple([z.number(), z.number(), z.enum(['present', 'removed'])]))),
})

function parseRow(row: unknown): Entry {
  const { id, parent, document } = entryRow.parse(row)
  const { rdn, attributes, usns, links } = storedDocument.parse(JSON.parse(document))
  const values = Object.entries(attributes).map(([name, stored]) => [name, stored.map(parseValue)] as const)
  const changes = Object.entries(links).map(([name, stored]) => [name, new Map(stored.map(([target, usn, status]) => [target, { usn, status }]))] as const)
  return { id, parentId: parent, rdn, attributes: new Map(values), history: { attributes: new Map(Object.entries(usns)), links: new Map(changes) } }
}

function parseValue(stored: string | number | { octets: string }): StoredValue {
  return typeof stored === 'object' ? Buffer.from(stored.octets, 'base64') : stored
}

function formatDocument(entry: Entry): string {
  const format = (value: StoredValue) => (value instanceof Uint8Array ? { octets: Buffer.from(value).toString('base64') } : value)
  const attributes = Object.fromEntries([...entry.attributes].map(([name, values]) => [name, values.map(format)]))
  const { history } = entry
  const links = Object.fromEntries([...history.links].map(([name, changes]) => [name, [...changes].map(([target, { usn, status }]) => [target, usn, status])]))
  return JSON.stringify({ rdn: entry.rdn, attributes, usns: Object.fromEntries(history.attributes), links })
}
