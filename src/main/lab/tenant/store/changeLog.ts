import type { DatabaseSync } from 'node:sqlite'
import type { ChangedObject, LoggedChange, ObjectChange } from '../tenantChange.ts'

/** What happened in the tenant, in order, since its file was made. */
export interface ChangeLog {
  /** The sequence of the last line; 0 where there is none. */
  lastSequence(): number
  /** Lines after a sequence, for one type of object, in their order. */
  listAfter(type: ChangedObject['type'], sequence: number): readonly LoggedChange[]
  /** The last `count` lines for one type of object, in their order. */
  listLatest(type: ChangedObject['type'], count: number): readonly LoggedChange[]
  /** Whether the property of this object had another value at some time. */
  hasChanged(id: string, property: string): boolean
  append(object: ChangedObject, change: ObjectChange): void
}

/** To be opened inside of the store only: `append` belongs into the transaction that writes the object. */
export function openChangeLog(database: DatabaseSync): ChangeLog {
  const rows = database.prepare('SELECT sequence, type, id, body FROM change ORDER BY sequence').all()
  const lines: LoggedChange[] = rows.map((row) => ({
    sequence: Number(row['sequence']),
    // The columns are written by this file and the seed alone, from these types.
    object: { type: String(row['type']) as ChangedObject['type'], id: String(row['id']) },
    change: JSON.parse(String(row['body'])) as ObjectChange,
  }))
  const changed = new Map<string, Set<string>>()
  for (const line of lines) noteProperties(changed, line)
  const insert = database.prepare('INSERT INTO change (type, id, body) VALUES (?, ?, ?)')
  return {
    lastSequence: () => lines.at(-1)?.sequence ?? 0,
    listAfter: (type, sequence) => lines.filter((line) => line.sequence > sequence && line.object.type === type),
    listLatest: (type, count) => lines.filter((line) => line.object.type === type).slice(-count),
    hasChanged: (id, property) => changed.get(id)?.has(property) ?? false,
    append: (object, change) => {
      const { lastInsertRowid } = insert.run(object.type, object.id, JSON.stringify(change))
      const line = { sequence: Number(lastInsertRowid), object, change }
      lines.push(line)
      noteProperties(changed, line)
    },
  }
}

function noteProperties(changed: Map<string, Set<string>>, { object, change }: LoggedChange): void {
  if (change.kind !== 'updated') return
  const known = changed.get(object.id) ?? new Set()
  for (const property of change.properties) known.add(property)
  changed.set(object.id, known)
}
