import type { DatabaseSync } from 'node:sqlite'
import { expireRuns } from './expire.ts'
import type { MetaverseWriter } from './metaverseVersions.ts'
import { purgePerson } from './purgePerson.ts'
import { inTransaction } from './transaction.ts'

/** What expires is forgotten; what is purged is also overwritten, in the file, in the full-text index and in the log. */
export function writeRetention(database: DatabaseSync, metaverse: MetaverseWriter) {
  const expire = expireRuns(database)
  const purge = purgePerson(database, metaverse)
  return {
    expire,
    purge(metaverseId: string): number {
      database.exec('PRAGMA secure_delete = ON')
      try {
        return inTransaction(database, () => {
          const rows = purge(metaverseId)
          // A deleted text stays in its segment until segments are merged (https://www.sqlite.org/fts5.html, 6.9).
          if (rows > 0) database.exec(`INSERT INTO metaverse_text (metaverse_text) VALUES ('optimize')`)
          return rows
        })
      } finally {
        database.exec('PRAGMA secure_delete = OFF; PRAGMA wal_checkpoint(TRUNCATE)')
      }
    },
  }
}
