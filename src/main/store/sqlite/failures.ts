import type { Problem } from '../../../shared/domain/problem.ts'
import { StoreError } from '../storeError.ts'

/**
 * An error of the database as a StoreError, by SQLite's primary result code (https://www.sqlite.org/rescode.html).
 * Any other error is a bug of ours and comes back as it is.
 */
export function storeErrorOf(error: unknown, file: string): unknown {
  const code = resultCode(error)
  return code === null ? error : new StoreError(problemOf(code, file, messageOf(error)), error)
}

/** The problem of a store that could not be opened; throws what is an error of neither the database nor the file system. */
export function openingProblem(error: unknown, file: string): Problem {
  if (error instanceof StoreError) return error.problem
  const code = resultCode(error)
  if (code !== null) return problemOf(code, file, messageOf(error))
  const row = error instanceof Error && 'code' in error && typeof error.code === 'string' ? fileFailures[error.code] : undefined
  if (row === undefined) throw error
  return { kind: row.kind, message: `The store ${file} ${row.what}.`, remedy: row.remedy, detail: { file } }
}

export function isBusy(error: unknown): boolean {
  return resultCode(error) === 5
}

/** What the database says of the damage that it met; null where the error is another one. */
export function damageIn(error: unknown): string | null {
  return resultCode(error) === 11 ? messageOf(error) : null
}

export function damaged(file: string, what: string): Problem {
  return {
    kind: 'storeDamaged',
    message: `The store ${file} is damaged: ${what}.`,
    remedy: 'Nothing was changed in it. Put a backup in its place, or move the file away and import again: approvals and runs of the past are then missing.',
    detail: { file },
  }
}

type Row = { readonly kind: Problem['kind']; readonly what: string; readonly remedy: string }

const unusable = 'Make sure that this user may write to the workspace folder, that the disk has room, and that the folder is on a local disk.'
const failures: Readonly<Record<number, Row>> = {
  5: { kind: 'locked', what: 'is in use by another process', remedy: 'Wait until the other process has ended, then try again.' },
  6: { kind: 'locked', what: 'is in use by another connection', remedy: 'Wait until the other call has ended, then try again.' },
  8: { kind: 'internal', what: 'cannot be written', remedy: unusable },
  10: { kind: 'internal', what: 'cannot be read or written', remedy: unusable },
  13: { kind: 'internal', what: 'cannot grow: the disk is full', remedy: 'Free space on the disk, then try again: it goes on from what was stored, and writes nothing twice.' },
  14: { kind: 'internal', what: 'cannot be opened', remedy: unusable },
}

/** Of the operating system, while the file is created. */
const fileFailures: Readonly<Record<string, Row>> = {
  ENOENT: { kind: 'notFoundInWorkspace', what: 'cannot be made: its folder does not exist', remedy: 'Name an existing workspace, or make one with "guestbridge init".' },
  EACCES: { kind: 'internal', what: 'cannot be made', remedy: unusable },
  EPERM: { kind: 'internal', what: 'cannot be made', remedy: unusable },
  EROFS: { kind: 'internal', what: 'cannot be made: the disk is read-only', remedy: unusable },
  ENOSPC: { kind: 'internal', what: 'cannot be made: the disk is full', remedy: 'Free space on the disk, then try again.' },
}

function problemOf(code: number, file: string, text: string): Problem {
  if (code === 11 || code === 26) return damaged(file, text)
  const row = failures[code] ?? { kind: 'internal', what: `refused a statement (${text})`, remedy: 'This is an error of Guestbridge. Report it with this message.' }
  return { kind: row.kind, message: `The store ${file} ${row.what}.`, remedy: row.remedy, detail: { file, sqlite: code } }
}

/** The low byte is the primary code, the rest says more (SQLITE_IOERR_READ …). */
function resultCode(error: unknown): number | null {
  const isDatabaseError = error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'
  return isDatabaseError && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
