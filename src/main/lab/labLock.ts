import { DatabaseSync } from 'node:sqlite'

export type LabLock = { release(): void }

/**
 * The right to run the lab of a folder; null where another process (or thread) has it. An open transaction of SQLite: the
 * system frees it at once when its holder is killed, so that no stale lock is ever left.
 */
export function takeLabLock(file: string): LabLock | null {
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (isBusy(error)) return null
    throw error
  }
  return { release: () => database.close() }
}

/** SQLITE_BUSY and SQLITE_LOCKED, with their extended codes. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && [5, 6].includes(error.errcode & 0xff)
}
