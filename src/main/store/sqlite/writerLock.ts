import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { integerIn, textIn } from './columns.ts'
import { createFileIfMissing } from './connection.ts'
import { isBusy, openingProblem } from './failures.ts'

/** `what` ends the sentence "the workspace is in use by …"; `since` is ISO 8601. */
export type LockHolder = { readonly what: string; readonly pid: number; readonly since: string }

/** Held until `release`, or the end of the process however it ends. Releasing twice is harmless. */
export type WriterLock = { readonly holder: LockHolder; release(): void }

/**
 * The right to write in a workspace: one holder at a time, over all processes. It is an open transaction on
 * `lock.sqlite`, so the operating system frees it at once when the holder dies, however it dies. Reading needs no lock.
 *
 * Who holds it stands in `lock-holder.sqlite`. A second lock on that file is held for the moment of taking the first,
 * until the new name is committed: whoever finds the first lock taken reads the name of its present holder, never that
 * of a former one.
 */
export function acquireWriter(folder: string, holder: LockHolder): Result<WriterLock, Problem> {
  const file = join(folder, 'lock.sqlite')
  const opened: DatabaseSync[] = []
  try {
    const register = keep(opened, openRegister(folder))
    register.exec('BEGIN IMMEDIATE')
    const lock = keep(opened, openLock(file))
    if (!takes(lock)) {
      const current = currentHolder(register)
      for (const database of opened) database.close()
      return fail(heldBy(current, file))
    }
    register.exec('DELETE FROM holder')
    register.prepare('INSERT INTO holder VALUES (?, ?, ?)').run(holder.what, holder.pid, holder.since)
    register.exec('COMMIT')
    register.close()
    return succeed(lockOn(lock, holder))
  } catch (error) {
    for (const database of opened) if (database.isOpen) database.close()
    return fail(openingProblem(error, file))
  }
}

/**
 * Who holds the lock now; null: nobody. Asked under the register's lock, so that nobody who wants to write is turned away
 * because of the question.
 */
export function findWriter(folder: string): LockHolder | null {
  const opened: DatabaseSync[] = []
  try {
    const register = keep(opened, openRegister(folder))
    register.exec('BEGIN IMMEDIATE')
    const lock = keep(opened, openLock(join(folder, 'lock.sqlite')))
    return takes(lock) ? null : currentHolder(register)
  } finally {
    for (const database of opened) database.close()
  }
}

function lockOn(lock: DatabaseSync, holder: LockHolder): WriterLock {
  const release = (): void => {
    process.off('exit', release)
    if (lock.isOpen) lock.close()
  }
  // Holds on to the connection until then: once nobody refers to it, garbage collection closes it, and the lock is gone.
  process.on('exit', release)
  return { holder, release }
}

/** How long to wait for others who just now take the lock or are told that it is taken: a few milliseconds each. */
const registerMilliseconds = 5_000

function openRegister(folder: string): DatabaseSync {
  const file = join(folder, 'lock-holder.sqlite')
  createFileIfMissing(file)
  const register = new DatabaseSync(file, { timeout: registerMilliseconds })
  // It need not outlive a power cut: no lock does.
  register.exec('PRAGMA synchronous = OFF; CREATE TABLE IF NOT EXISTS holder (what TEXT NOT NULL, pid INTEGER NOT NULL, since TEXT NOT NULL) STRICT')
  return register
}

function openLock(file: string): DatabaseSync {
  createFileIfMissing(file)
  return new DatabaseSync(file, { timeout: 0 })
}

function takes(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN IMMEDIATE')
    return true
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}

function currentHolder(register: DatabaseSync): LockHolder {
  const row = register.prepare('SELECT what, pid, since FROM holder').get() ?? {}
  return { what: textIn(row, 'what'), pid: integerIn(row, 'pid'), since: textIn(row, 'since') }
}

function heldBy({ what, pid, since }: LockHolder, file: string): Problem {
  return {
    kind: 'locked',
    message: `The workspace is in use by ${what} (process ${pid}, since ${since}).`,
    remedy: 'Wait until it has ended, then try again. Everything that only reads works meanwhile.',
    detail: { what, pid, since, file },
  }
}

function keep(opened: DatabaseSync[], database: DatabaseSync): DatabaseSync {
  opened.push(database)
  return database
}
