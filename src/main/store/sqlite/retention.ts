import type { DatabaseSync } from 'node:sqlite'
import { expireRuns } from './expire.ts'
import type { MetaverseWriter } from './metaverseVersions.ts'
import { purgePerson } from './purgePerson.ts'
import { inTransaction } from './transaction.ts'

/** What expires is forgotten; what is purged must not be found in the file either. */
export function writeRetention(database: DatabaseSync, metaverse: MetaverseWriter) {
  const expire = expireRuns(database)
  const purge = purgePerson(database, metaverse)
  return {
    expire,
    purge(metaverseId: string): number {
      const rows = inTransaction(database, () => {
        const purged = purge(metaverseId)
        // A deleted text stays in its segment until segments are merged (https://www.sqlite.org/fts5.html, 6.9).
        if (purged > 0) database.exec(`INSERT INTO metaverse_text (metaverse_text) VALUES ('optimize')`)
        return purged
      })
      // Free pages, those of former staging too, and the log keep their content until they are written anew.
      if (rows > 0) database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)')
      return rows
    },
  }
}
