import { join } from 'node:path'
import pino from 'pino'
import type { Problem } from '../../shared/domain/problem.ts'
import type { Run } from '../../shared/domain/run.ts'

/** What a support engineer reads afterwards; no entries of the directory and no secrets ever get here. */
export type RunLog = {
  readonly ended: (what: string, problem: Problem | null) => void
  readonly interrupted: (run: Run) => void
}

export function createRunLog(folder: string): RunLog {
  const log = pino({ base: { pid: process.pid } }, pino.destination({ dest: join(folder, 'guestbridge.log'), sync: true, mode: 0o600 }))
  return {
    ended: (what, problem) => (problem === null ? log.info({ what }, 'work ended') : log.warn({ what, problem }, 'work ended with a problem')),
    interrupted: ({ id, profile, startedAt }) => log.warn({ run: id, profile, startedAt }, 'a run was interrupted earlier'),
  }
}
