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

/**
 * The full-text index. It has row numbers of its own (`metaverse_text_row`), because those of a table without integer key
 * change when the file is copied. Inside of a transaction of the caller.
 */
export function writeMetaverseText(database: DatabaseSync) {
  const rowOf = database.prepare(
    'INSERT INTO metaverse_text_row (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING row',
  )
  const forgetRow = database.prepare('DELETE FROM metaverse_text_row WHERE id = ?')
  const insert = database.prepare('INSERT INTO metaverse_text (rowid, value) VALUES (?, ?)')
  const remove = database.prepare('DELETE FROM metaverse_text WHERE rowid = ?')
  const numberOf = (id: string): number => integerIn(rowOf.get(id) ?? {}, 'row')
  return {
    /** `former` is what the index knows of the object. */
    replace(former: MetaverseObject | null, object: MetaverseObject | null): void {
      const text = object === null ? '' : searchTextOf(object)
      if (former !== null && object !== null && searchTextOf(former) === text) return
      const id = object?.id ?? former?.id
      if (id === undefined) return
      const number = numberOf(id)
      if (former !== null) remove.run(number)
      if (object !== null) insert.run(number, text)
      else forgetRow.run(id)
    },
  }
}

export type MetaverseTextWriter = ReturnType<typeof writeMetaverseText>
