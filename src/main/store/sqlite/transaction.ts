import type { DatabaseSync } from 'node:sqlite'

/**
 * All or nothing. `work` is synchronous on purpose: a transaction across an await would lock out every other writer
 * (architecture, invariant 8). The write lock is taken at once, so that two connections cannot block each other half-way.
 */
export function inTransaction<Answer>(database: DatabaseSync, work: () => Answer): Answer {
  database.exec('BEGIN IMMEDIATE')
  try {
    const answer = work()
    database.exec('COMMIT')
    return answer
  } catch (error) {
    // SQLite has rolled back by itself after some errors (disk full, I/O); a second ROLLBACK would hide the first error.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
