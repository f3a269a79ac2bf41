import type { DatabaseSync } from 'node:sqlite'
import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import type { Counters, Run, RunStatus, StepKind } from '../../../shared/domain/run.ts'
import type { NewRun, RunEnd } from '../store.ts'
import { storeBug } from '../storeError.ts'
import type { Columns } from './columns.ts'
import { integerIn, textIn, textOrNullIn } from './columns.ts'
import { inTransaction } from './transaction.ts'

export function readRuns(database: DatabaseSync) {
  const latest = database.prepare('SELECT * FROM run WHERE id < ? ORDER BY id DESC LIMIT ?')
  const byId = database.prepare('SELECT * FROM run WHERE id = ?')
  const lastCompleted = database.prepare(
    `SELECT * FROM run WHERE step = ? AND connector IS ? AND status IN ('succeeded', 'completedWithErrors') ORDER BY id DESC LIMIT 1`,
  )
  const problems = database.prepare('SELECT problem FROM run_problem WHERE run = ? ORDER BY id LIMIT ?')
  return {
    latest: (limit: number, before: number | undefined): readonly Run[] => latest.all(before ?? Number.MAX_SAFE_INTEGER, limit).map(runOf),
    byId: (id: number): Run | null => runOrNull(byId.get(id)),
    lastCompleted: (step: StepKind, connector: ConnectorName | null): Run | null => runOrNull(lastCompleted.get(step, connector)),
    problems: (run: number, limit: number): readonly ObjectProblem[] =>
      problems.all(run, limit).map((row) => JSON.parse(textIn(row, 'problem')) as ObjectProblem),
  }
}

export function writeRuns(database: DatabaseSync) {
  const insert = database.prepare(
    `INSERT INTO run (profile, step, connector, started_at, status, counters) VALUES (?, ?, ?, ?, 'running', '{}') RETURNING id`,
  )
  const end = database.prepare(`UPDATE run SET status = ?, ended_at = ?, counters = ?, problem = ? WHERE id = ? AND status = 'running'`)
  const interrupt = database.prepare(`UPDATE run SET status = 'interrupted', ended_at = ? WHERE status = 'running' RETURNING *`)
  const addProblem = database.prepare('INSERT INTO run_problem (run, problem) VALUES (?, ?)')
  const noteProblems = (run: number, problems: readonly ObjectProblem[]): void => {
    for (const problem of problems) addProblem.run(run, JSON.stringify(problem))
  }
  return {
    begin: (run: NewRun): number => integerIn(insert.get(run.profile, run.step, run.connector, run.startedAt) ?? {}, 'id'),
    end(run: number, { status, endedAt, counters, problem }: RunEnd): void {
      const { changes } = end.run(status, endedAt, JSON.stringify(counters), problem === null ? null : JSON.stringify(problem), run)
      if (changes !== 1) throw storeBug(`Run ${run} is not running and cannot be ended.`)
    },
    interrupt: (now: string): readonly Run[] => interrupt.all(now).map(runOf).sort((left, right) => left.id - right.id),
    addProblems: (run: number, problems: readonly ObjectProblem[]): void => inTransaction(database, () => noteProblems(run, problems)),
    /** Inside of a transaction of the caller. */
    noteProblems,
  }
}

function runOrNull(row: Columns | undefined): Run | null {
  return row === undefined ? null : runOf(row)
}

function runOf(row: Columns): Run {
  const problem = textOrNullIn(row, 'problem')
  return {
    id: integerIn(row, 'id'),
    profile: textIn(row, 'profile'),
    step: textIn(row, 'step') as StepKind,
    connector: textOrNullIn(row, 'connector') as ConnectorName | null,
    startedAt: textIn(row, 'started_at'),
    endedAt: textOrNullIn(row, 'ended_at'),
    status: textIn(row, 'status') as RunStatus,
    counters: JSON.parse(textIn(row, 'counters')) as Counters,
    problem: problem === null ? null : (JSON.parse(problem) as Problem),
  }
}
