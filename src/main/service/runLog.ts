import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import type { Problem } from '../../shared/domain/problem.ts'
import type { Run } from '../../shared/domain/run.ts'

/** What a support engineer reads afterwards; no entries of the directory and no secrets ever get here. */
export type RunLog = {
  /** Before work that is logged: null, or why the file cannot be written. Who only reads needs none, in a folder that is read-only. */
  readonly open: () => Problem | null
  readonly ended: (what: string, problem: Problem | null) => void
  readonly interrupted: (run: Run) => void
}

export function createRunLog(folder: string): RunLog {
  const file = join(folder, 'guestbridge.log')
  let opened: Logger | null = null
  const log = (): Logger => (opened ??= pino({ base: { pid: process.pid } }, pino.destination({ dest: file, sync: true, mode: 0o600 })))
  return {
    open: () => {
      try {
        log()
        return null
      } catch (error) {
        return describeUnwritable(file, error)
      }
    },
    ended: (what, problem) => (problem === null ? log().info({ what }, 'work ended') : log().warn({ what, problem }, 'work ended with a problem')),
    interrupted: ({ id, profile, startedAt }) => log().warn({ run: id, profile, startedAt }, 'a run was interrupted earlier'),
  }
}

function describeUnwritable(file: string, error: unknown): Problem {
  return {
    kind: 'internal', message: `The log ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
    remedy: 'Make sure that this user may write to the workspace folder and that the disk has room.', detail: { file },
  }
}
