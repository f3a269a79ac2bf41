import type { Problem } from '../../shared/domain/problem.ts'

/** What the operating system says of a disk or of rights: never a mistake of ours, so never a stack trace. */
const failures: Readonly<Record<string, string>> = {
  EROFS: 'the disk is read-only', EACCES: 'this user may not', EPERM: 'this user may not', ENOSPC: 'the disk is full', EDQUOT: 'the quota of this user is used up', EIO: 'the disk reports an error',
}

/** The problem of an error from reading or writing a file; null for every other error. */
export function fileProblemOf(error: unknown): Problem | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  // What Node says where folders are to be made, one below the other, on a disk that is read-only.
  const why = error.code === 'ENOENT' && 'syscall' in error && error.syscall === 'mkdir' ? 'this folder cannot be made' : failures[error.code]
  // A socket that may not be opened has the same codes, and names no path.
  const path = 'path' in error && typeof error.path === 'string' ? error.path : null
  if (why === undefined || (path === null && !('syscall' in error && (error.syscall === 'write' || error.syscall === 'fsync')))) return null
  return {
    kind: 'internal', message: `${path ?? 'A file of the workspace'} cannot be read or written: ${why}.`,
    remedy: 'Make sure that this user may write to the workspace folder and that the disk has room, then try again.', detail: { code: error.code, ...(path === null ? {} : { file: path }) },
  }
}
