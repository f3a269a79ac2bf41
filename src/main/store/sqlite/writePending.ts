import type { DatabaseSync } from 'node:sqlite'
import { planHeaderWatermark } from '../store.ts'
import { listParameter } from './columns.ts'
import { forgetStagedPlan, stagePlan } from './stagePlan.ts'
import { inTransaction } from './transaction.ts'

/**
 * Exports and skips of a synchronisation wait under its run and replace those of the former one at once: all of them, or
 * those of the persons that the synchronisation touched. An export that is planned again in the same form (same hash)
 * stays as it is; one that is replaced or written is kept as a version, so that the plan of a run can be read again.
 */
export function writePending(database: DatabaseSync) {
  const staged = stagePlan(database)
  const keepWritten = database.prepare(
    `INSERT INTO pending_export_history SELECT kind, metaverse_id, run, hash, change, coalesce((SELECT max(run) FROM plan), run) + 1
     FROM pending_export WHERE metaverse_id IN (SELECT value FROM json_each(?))`,
  )
  const remove = database.prepare(
    'DELETE FROM planned_export WHERE metaverse_id IN (SELECT value FROM json_each(?)) AND run <= (SELECT max(run) FROM plan)',
  )
  const replaceAll = replacement(database, '1')
  const replaceTouched = replacement(database, 'p.metaverse_id IN (SELECT metaverse_id FROM staged_person WHERE run = :run)')
  return {
    ...staged,
    commit(run: number): void {
      inTransaction(database, () => {
        const replace = staged.isPartial(run) ? replaceTouched : replaceAll
        replace(run)
        forgetStagedPlan(database)
      })
    },
    remove(metaverseIds: readonly string[]): void {
      inTransaction(database, () => {
        keepWritten.run(listParameter(metaverseIds))
        remove.run(listParameter(metaverseIds))
      })
    },
  }
}

/** `touched` is a condition on the person `p`. Inside of a transaction of the caller. */
function replacement(database: DatabaseSync, touched: string): (run: number) => void {
  // The key has all that is asked here, so the changes themselves are read of those that are replaced alone.
  const replaced = `SELECT p.rowid FROM planned_export p WHERE p.run <> :run AND ${touched} AND NOT EXISTS (
    SELECT 1 FROM staged_again s WHERE s.run = :run AND s.metaverse_id = p.metaverse_id AND s.kind = p.kind)`
  const statements = [
    `INSERT INTO pending_export_history SELECT kind, metaverse_id, run, hash, change, :run FROM planned_export WHERE run < :run AND rowid IN (${replaced})`,
    `DELETE FROM planned_export WHERE rowid IN (${replaced})`,
    // Most skips are the same each time; those stay untouched.
    `DELETE FROM pending_skip AS p WHERE ${touched} AND NOT EXISTS (
       SELECT 1 FROM staged_skip s WHERE s.run = :run AND s.metaverse_id = p.metaverse_id AND s.kind = p.kind AND s.reason = p.reason)`,
    'INSERT INTO pending_skip SELECT metaverse_id, kind, reason FROM staged_skip WHERE run = :run ORDER BY metaverse_id ON CONFLICT DO NOTHING',
    `INSERT INTO plan SELECT :run, (
       SELECT value FROM watermark WHERE name = '${planHeaderWatermark}' AND json_extract(value, '$.runs.synchronization') = :run
     ) WHERE true ON CONFLICT (run) DO UPDATE SET header = excluded.header`,
  ].map((sql) => database.prepare(sql))
  // `touched` may not name the run, and an unknown parameter is an error of its own.
  for (const statement of statements) statement.setAllowUnknownNamedParameters(true)
  return (run) => {
    for (const statement of statements) statement.run({ run })
  }
}
