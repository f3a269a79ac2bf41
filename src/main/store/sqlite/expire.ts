import type { DatabaseSync } from 'node:sqlite'
import { integerIn, millisecondsOf, textIn } from './columns.ts'
import { inTransaction } from './transaction.ts'

/**
 * Runs that are needed however old they are: the last good one of each step (imports are compared with it, delta
 * synchronisations start from it), what still runs, what a journal entry or a confirmation waits for, and the current
 * plan with the imports that it was made from (sync-semantics 24).
 */
const neededRuns = `
  SELECT max(id) AS id FROM run WHERE status IN ('succeeded', 'completedWithErrors') GROUP BY step, connector
  UNION SELECT id FROM run WHERE status = 'running'
  UNION SELECT run FROM journal_entry WHERE outcome IS NULL
  UNION SELECT run FROM delegation_entry WHERE outcome IS NULL
  UNION SELECT run FROM awaiting_confirmation
  UNION SELECT max(run) FROM plan
  UNION SELECT r.value FROM (SELECT header FROM plan ORDER BY run DESC LIMIT 1) p, json_each(p.header, '$.runs') r`

const versions = [
  { table: 'connector_object_history', from: 'valid_from_run' },
  { table: 'connector_link_history', from: 'valid_from_run' },
  { table: 'metaverse_object_history', from: 'valid_from_run' },
] as const

/** One transaction. A version stays as long as one kept run lies between its beginning and its end. */
export function expireRuns(database: DatabaseSync) {
  const candidates = database.prepare(
    `SELECT id, coalesce(ended_at, started_at) AS at FROM run WHERE id NOT IN (SELECT id FROM (${neededRuns}) WHERE id IS NOT NULL)`,
  )
  const dropRunsAndEvidence = [
    'DELETE FROM journal_entry WHERE run IN (SELECT value FROM json_each(?))',
    'DELETE FROM delegation_entry WHERE run IN (SELECT value FROM json_each(?))',
    'DELETE FROM plan WHERE run IN (SELECT value FROM json_each(?))',
    'DELETE FROM absence WHERE run IN (SELECT value FROM json_each(?))',
    'DELETE FROM run WHERE id IN (SELECT value FROM json_each(?))',
  ].map((sql) => database.prepare(sql))
  const dropChanges = database.prepare('DELETE FROM journal_change AS c WHERE NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.change = c.id)')
  // Those that ended later than the last dropped run contain a younger one; not to look at them keeps this cheap.
  const dropVersions = versions.map(({ table, from }) => database.prepare(
    `DELETE FROM ${table} AS v WHERE v.valid_to_run <= :last + 1
     AND NOT EXISTS (SELECT 1 FROM run r WHERE r.id >= v.${from} AND r.id < v.valid_to_run)`,
  ))
  const dropExports = database.prepare(
    `DELETE FROM pending_export_history AS v WHERE v.valid_to_run <= :last + 1
     AND NOT EXISTS (SELECT 1 FROM plan p WHERE p.run >= v.run AND p.run < v.valid_to_run)`,
  )
  return (before: string): { readonly runs: number; readonly versions: number } =>
    inTransaction(database, () => {
      const limit = millisecondsOf(before)
      const dropped = candidates.all().filter((row) => millisecondsOf(textIn(row, 'at')) < limit).map((row) => integerIn(row, 'id'))
      if (dropped.length === 0) return { runs: 0, versions: 0 }
      for (const statement of dropRunsAndEvidence) statement.run(JSON.stringify(dropped))
      dropChanges.run()
      const last = dropped.reduce((left, right) => Math.max(left, right))
      const ended = [...dropVersions, dropExports].map((statement) => Number(statement.run({ last }).changes))
      return { runs: dropped.length, versions: ended.reduce((sum, count) => sum + count, 0) }
    })
}
