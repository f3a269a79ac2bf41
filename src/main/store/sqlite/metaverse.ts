import type { DatabaseSync } from 'node:sqlite'
import type { MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { Columns } from './columns.ts'
import { integerIn, listParameter, textIn } from './columns.ts'
import { readMetaverseContent } from './metaverseContent.ts'

export function readMetaverse(database: DatabaseSync) {
  const byId = database.prepare('SELECT * FROM metaverse_object WHERE id = ?')
  const byIds = database.prepare('SELECT * FROM metaverse_object WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id')
  const behind = database.prepare('SELECT * FROM metaverse_object WHERE id > ? ORDER BY id LIMIT ?')
  const count = database.prepare('SELECT count(*) AS objects FROM metaverse_object')
  const asOf = database.prepare(
    `SELECT id, object_type, content FROM metaverse_object WHERE id = :id AND valid_from_run <= :run
     UNION ALL
     SELECT id, object_type, content FROM metaverse_object_history WHERE id = :id AND valid_from_run <= :run AND valid_to_run > :run`,
  )
  return {
    object: (id: string): MetaverseObject | null => objectOrNull(byId.get(id)),
    objects: (ids: readonly string[]): readonly MetaverseObject[] => byIds.all(listParameter(ids)).map(metaverseObjectOf),
    batch: (after: string | null, limit: number): readonly MetaverseObject[] => behind.all(after ?? '', limit).map(metaverseObjectOf),
    asOf: (id: string, run: number): MetaverseObject | null => objectOrNull(asOf.get({ id, run })),
    count: (): number => integerIn(count.get() ?? {}, 'objects'),
  }
}

export function metaverseObjectOf(row: Columns): MetaverseObject {
  return { id: textIn(row, 'id'), objectType: textIn(row, 'object_type'), ...readMetaverseContent(textIn(row, 'content')) }
}

function objectOrNull(row: Columns | undefined): MetaverseObject | null {
  return row === undefined ? null : metaverseObjectOf(row)
}
