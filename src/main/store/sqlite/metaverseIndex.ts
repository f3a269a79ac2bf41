import type { DatabaseSync } from 'node:sqlite'
import type { MetaverseObject } from '../../../shared/domain/metaverse.ts'
import { listParameter, textIn } from './columns.ts'
import { metaverseObjectOf } from './metaverse.ts'
import { inTransaction } from './transaction.ts'

/** The text by which values are compared: case is folded as JavaScript does it, since SQLite's lower() knows ASCII only. */
function valueKey(value: string | number | boolean): string {
  return String(value).toLowerCase()
}

export function readMetaverseIndex(database: DatabaseSync) {
  const isIndexed = database.prepare('SELECT 1 FROM metaverse_index_attribute WHERE attribute = ?')
  const find = database.prepare(
    'SELECT value_key, id FROM metaverse_index WHERE attribute = ? AND value_key IN (SELECT value FROM json_each(?)) ORDER BY value_key, id',
  )
  return {
    find(attribute: string, values: readonly string[]): ReadonlyMap<string, readonly string[]> {
      const keys = new Set(values.map(valueKey))
      // Rules may have been edited since a writer was open: a reader then still answers, only slower.
      if (isIndexed.get(attribute) === undefined) return scan(database, attribute, keys)
      return grouped(find.all(attribute, listParameter(keys)).map((row) => ({ key: textIn(row, 'value_key'), id: textIn(row, 'id') })))
    },
  }
}

export function writeMetaverseIndex(database: DatabaseSync, attributes: readonly string[]) {
  const insert = database.prepare('INSERT OR IGNORE INTO metaverse_index VALUES (?, ?, ?)')
  const remove = database.prepare('DELETE FROM metaverse_index WHERE attribute = ? AND value_key = ? AND id = ?')
  const add = (object: MetaverseObject): void => {
    for (const { attribute, key } of entriesOf(object, attributes)) insert.run(attribute, key, object.id)
  }
  return {
    /**
     * Inside of a transaction of the caller; `former` is what the index knows of the object. What is the same before and
     * after stays untouched: entries lie in no order of persons, so each would be a page to write.
     */
    replace(former: MetaverseObject | null, object: MetaverseObject | null): void {
      const [before, after] = [former, object].map((each) => (each === null ? [] : entriesOf(each, attributes)))
      const id = object?.id ?? former?.id
      if (before === undefined || after === undefined || id === undefined) return
      for (const entry of before) if (!after.some((other) => isSameEntry(entry, other))) remove.run(entry.attribute, entry.key, id)
      for (const entry of after) if (!before.some((other) => isSameEntry(entry, other))) insert.run(entry.attribute, entry.key, id)
    },
    /** One transaction, and only where the rules now join by other attributes than those that are indexed. */
    rebuildWhereChanged(): void {
      const stored = database.prepare('SELECT attribute FROM metaverse_index_attribute').all().map((row) => textIn(row, 'attribute'))
      if (stored.length === new Set(attributes).size && stored.every((attribute) => attributes.includes(attribute))) return
      inTransaction(database, () => {
        database.exec('DELETE FROM metaverse_index; DELETE FROM metaverse_index_attribute')
        const note = database.prepare('INSERT OR IGNORE INTO metaverse_index_attribute VALUES (?)')
        for (const attribute of attributes) note.run(attribute)
        for (const row of database.prepare('SELECT * FROM metaverse_object').iterate()) add(metaverseObjectOf(row))
      })
    },
  }
}

type Entry = { readonly attribute: string; readonly key: string }

function isSameEntry(left: Entry, right: Entry): boolean {
  return left.attribute === right.attribute && left.key === right.key
}

function entriesOf(object: MetaverseObject, attributes: readonly string[]): readonly Entry[] {
  return attributes.flatMap((attribute) => (object.attributes[attribute]?.values ?? []).map((value) => ({ attribute, key: valueKey(value) })))
}

function scan(database: DatabaseSync, attribute: string, keys: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const found: { readonly key: string; readonly id: string }[] = []
  for (const row of database.prepare('SELECT * FROM metaverse_object ORDER BY id').iterate()) {
    const object = metaverseObjectOf(row)
    const held = new Set(entriesOf(object, [attribute]).map((entry) => entry.key))
    for (const key of held) if (keys.has(key)) found.push({ key, id: object.id })
  }
  return grouped(found)
}

function grouped(found: readonly { readonly key: string; readonly id: string }[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>()
  for (const { key, id } of found) {
    const group = ids.get(key)
    if (group === undefined) ids.set(key, [id])
    else group.push(id)
  }
  return ids
}
