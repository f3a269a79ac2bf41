import type { DatabaseSync } from 'node:sqlite'
import type { MetaverseObject } from '../../../shared/domain/metaverse.ts'
import { integerIn } from './columns.ts'

/**
 * Around each value: it tells where values begin and end, and makes any beginning at least three characters long, which
 * is what the trigram index can find (https://www.sqlite.org/fts5.html, 4.3.4).
 */
export const boundary = '\n\n'

/** Case is folded as JavaScript does it; a value never holds a boundary, and no NUL, which would end the text for SQLite. */
export function foldText(value: string | number | boolean): string {
  return String(value).toLowerCase().replaceAll(/[\n\0]/g, ' ')
}

/** All values of the object, for full text. Empty where there is none. */
export function searchTextOf(object: MetaverseObject): string {
  const values = Object.values(object.attributes).flatMap((attribute) => attribute.values.map(foldText))
  return values.length === 0 ? '' : `${boundary}${values.join(boundary)}${boundary}`
}

/** What the index knows of an object (null: nothing) and what it is now (null: gone). */
export type TextChange = { readonly former: MetaverseObject | null; readonly object: MetaverseObject | null }

/**
 * The full-text index. It has row numbers of its own (`metaverse_text_row`), because those of a table without integer key
 * change when the file is copied. Inside of a transaction of the caller.
 */
export function writeMetaverseText(database: DatabaseSync) {
  const rowOf = database.prepare('SELECT row FROM metaverse_text_row WHERE id = ?')
  const newRow = database.prepare('INSERT INTO metaverse_text_row (id) VALUES (?) ON CONFLICT (id) DO NOTHING')
  const forgetRow = database.prepare('DELETE FROM metaverse_text_row WHERE id = ?')
  const insert = database.prepare('INSERT INTO metaverse_text (rowid, value) VALUES (?, ?)')
  const remove = database.prepare('DELETE FROM metaverse_text WHERE rowid = ?')
  /** Most are new, and those need not be read again. */
  const numberOf = (id: string): number => {
    const { changes, lastInsertRowid } = newRow.run(id)
    return changes === 1 ? Number(lastInsertRowid) : integerIn(rowOf.get(id) ?? {}, 'row')
  }
  return {
    /**
     * To be called with all changes of a transaction, after its other writes: FTS5 writes out what it has gathered whenever a
     * statement with triggers comes in between (it opens a savepoint), which was half of the time of a full synchronisation.
     */
    replace(changes: readonly TextChange[]): void {
      const entries = changes.flatMap(entryOf).map((entry) => ({ ...entry, number: numberOf(entry.id) }))
      for (const { number, hadText } of entries) if (hadText) remove.run(number)
      for (const { number, text } of entries) if (text !== null) insert.run(number, text)
      for (const { id, text } of entries) if (text === null) forgetRow.run(id)
    },
  }
}

type Entry = { readonly id: string; readonly hadText: boolean; readonly text: string | null }

/** Empty where the text stays as it is. */
function entryOf({ former, object }: TextChange): readonly Entry[] {
  const id = object?.id ?? former?.id
  if (id === undefined) return []
  const text = object === null ? null : searchTextOf(object)
  return former !== null && text === searchTextOf(former) ? [] : [{ id, hadText: former !== null, text }]
}

export type MetaverseTextWriter = ReturnType<typeof writeMetaverseText>
