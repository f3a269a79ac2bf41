import type { DatabaseSync } from 'node:sqlite'
import type { Link, MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { MetaverseBatch } from '../store.ts'
import { textIn } from './columns.ts'
import type { LinkWriter } from './links.ts'
import { metaverseObjectOf } from './metaverse.ts'
import { writeMetaverseContent } from './metaverseContent.ts'
import type { writeMetaverseIndex } from './metaverseIndex.ts'
import type { MetaverseTextWriter, TextChange } from './metaverseText.ts'
import { inTransaction } from './transaction.ts'

/** Versions of metaverse objects, with their links and index entries. */
export function writeMetaverseVersions(database: DatabaseSync, links: LinkWriter, index: ReturnType<typeof writeMetaverseIndex>, text: MetaverseTextWriter) {
  const find = database.prepare('SELECT * FROM metaverse_object WHERE id = ?')
  const keep = database.prepare(
    'INSERT INTO metaverse_object_history SELECT id, object_type, content, valid_from_run, :run FROM metaverse_object WHERE id = :id AND valid_from_run < :run',
  )
  const put = database.prepare(
    `INSERT INTO metaverse_object VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
     SET object_type = excluded.object_type, content = excluded.content, valid_from_run = excluded.valid_from_run`,
  )
  const remove = database.prepare('DELETE FROM metaverse_object WHERE id = ?')

  /** What is left to do in the index of texts, which has to be written last. */
  const upsert = (run: number, object: MetaverseObject): readonly TextChange[] => {
    const content = writeMetaverseContent(object)
    const row = find.get(object.id)
    if (row !== undefined && textIn(row, 'content') === content && textIn(row, 'object_type') === object.objectType) return []
    if (row !== undefined) keep.run({ id: object.id, run })
    put.run(object.id, object.objectType, content, run)
    const former = row === undefined ? null : metaverseObjectOf(row)
    index.replace(former, object)
    if (row !== undefined) links.unlinkAllBut(run, object.id, object.links)
    for (const link of object.links) links.link(run, link, object.id)
    return [{ former, object }]
  }
  const erase = (run: number, id: string): readonly TextChange[] => {
    const row = find.get(id)
    if (row === undefined) return []
    const former = metaverseObjectOf(row)
    keep.run({ id, run })
    index.replace(former, null)
    links.unlinkAllBut(run, id, [])
    remove.run(id)
    return [{ former, object: null }]
  }
  return {
    /** Disconnectors come last: an object may have left a metaverse object of the same batch. */
    writeBatch(run: number, batch: MetaverseBatch): void {
      inTransaction(database, () => {
        const texts = [...batch.deletes.flatMap((id) => erase(run, id)), ...batch.upserts.flatMap((object) => upsert(run, object))]
        for (const { link, metaverseId } of batch.links) links.link(run, link, metaverseId)
        for (const { connector, anchor, reason } of batch.disconnectors) links.disconnect(run, connector, anchor, reason)
        text.replace(texts)
      })
    },
    /** Without a version, for a person who is purged; inside of a transaction of the caller. How many objects went: one or none. */
    forget(id: string): number {
      const row = find.get(id)
      if (row === undefined) return 0
      const former = metaverseObjectOf(row)
      index.replace(former, null)
      remove.run(id)
      text.replace([{ former, object: null }])
      return 1
    },
    /** Inside of a transaction of the caller. False where there is no such metaverse object (any more). */
    addLink(run: number, id: string, link: Link): boolean {
      const row = find.get(id)
      if (row === undefined) return false
      text.replace(upsert(run, withLink(metaverseObjectOf(row), link)))
      return true
    },
  }
}

export type MetaverseWriter = ReturnType<typeof writeMetaverseVersions>

function withLink(object: MetaverseObject, link: Link): MetaverseObject {
  const others = object.links.filter((held) => held.connector !== link.connector || held.anchor !== link.anchor)
  return { ...object, links: [...others, link] }
}
