import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { StoreError } from '../storeError.ts'
import { textIn } from './columns.ts'

/** How long a statement waits for another connection's commit. The longest one applies an import: seconds. */
const busyMilliseconds = 10_000

/** For reading; fails where there is no file. */
export function openForReading(file: string): DatabaseSync {
  return new DatabaseSync(file, { readOnly: true, timeout: busyMilliseconds })
}

/**
 * For imports and synchronisations. After a power cut the last commits may be missing (synchronous NORMAL), but the file
 * is sound: what is lost is imported again.
 */
export function openForWriting(file: string): DatabaseSync {
  const database = openWithSync(file, 'NORMAL')
  // 64 MB of pages, so that an import in random order of anchors does not read each page again. The log goes into the file
  // when it has as much (SQLite's usual 1,000 pages wrote the same pages of indexes again and again), and is cut back to it.
  database.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192; PRAGMA journal_size_limit = 67108864')
  return database
}

/** A commit on this connection is on the disk when it returns (architecture, invariant 8). */
export function openForJournal(file: string): DatabaseSync {
  return openWithSync(file, 'FULL')
}

/**
 * Made before SQLite opens it: its log and shared-memory files get the same permissions. A file that exists is not even
 * opened: closing it would free the locks that this process holds on it (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
export function createFileIfMissing(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

function openWithSync(file: string, synchronous: 'NORMAL' | 'FULL'): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyMilliseconds, enableForeignKeyConstraints: true })
  // Rows of a plan have 2 KB: two of them would leave half of SQLite's usual page empty. For new files only.
  database.exec('PRAGMA page_size = 8192')
  const mode = textIn(database.prepare('PRAGMA journal_mode = WAL').get() ?? {}, 'journal_mode')
  if (mode !== 'wal') {
    database.close()
    throw new StoreError({
      kind: 'configurationInvalid',
      message: `The store ${file} is on a file system without shared memory (journal mode ${mode}).`,
      remedy: 'Move the workspace to a local disk: a network file system cannot hold it.',
      detail: { file, mode },
    })
  }
  database.exec(`PRAGMA synchronous = ${synchronous}`)
  return database
}
