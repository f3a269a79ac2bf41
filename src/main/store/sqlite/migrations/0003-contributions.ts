import type { DatabaseSync } from 'node:sqlite'
import type { MetaverseObject } from '../../../../shared/domain/metaverse.ts'
import { integerIn, textIn } from '../columns.ts'
import { writeMetaverseContent } from '../metaverseContent.ts'
import type { Migration } from '../migrate.ts'

/** Persons in the short form: who contributed stands once for all values (`metaverseContent.ts`). */
export const contributions: Migration = {
  version: 3,
  sql: '',
  fill(database) {
    for (const table of ['metaverse_object', 'metaverse_object_history']) shorten(database, table)
  },
}

/** In the order of rows, one after the other: a store of years of versions does not fit into memory. */
function shorten(database: DatabaseSync, table: string): void {
  const behind = database.prepare(`SELECT rowid AS number, content FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT 1000`)
  const put = database.prepare(`UPDATE ${table} SET content = ? WHERE rowid = ?`)
  for (let after = 0; ;) {
    const rows = behind.all(after)
    for (const row of rows) put.run(writeMetaverseContent(fullContentOf(textIn(row, 'content'))), integerIn(row, 'number'))
    const last = rows.at(-1)
    if (last === undefined) return
    after = integerIn(last, 'number')
  }
}

/** As versions 1 and 2 stored it. */
export function fullContentOf(content: string): Pick<MetaverseObject, 'attributes' | 'links'> {
  return JSON.parse(content) as Pick<MetaverseObject, 'attributes' | 'links'>
}
