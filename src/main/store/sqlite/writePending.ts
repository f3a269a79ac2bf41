import type { DatabaseSync } from 'node:sqlite'
import { changeKinds } from '../../../shared/domain/change.ts'
import { planHeaderWatermark } from '../store.ts'
import type { PendingExport, StoredSkip } from '../store.ts'
import { listParameter } from './columns.ts'
import { inTransaction } from './transaction.ts'

/**
 * Exports and skips of a synchronisation wait under its run and replace those of the former one at once: all of them, or
 * those of the persons that the synchronisation touched. An export that is planned again in the same form (same hash)
 * stays as it is; one that is replaced or written is kept as a version, so that the plan of a run can be read again.
 */
export function writePending(database: DatabaseSync) {
  const stageExport = database.prepare('INSERT INTO staged_export VALUES (?, ?, ?, ?, ?)')
  // All kinds, so that the key leads to each of them.
  const unstage = database.prepare(
    `DELETE FROM staged_export WHERE run = ? AND kind IN (${changeKinds.map((kind) => `'${kind}'`).join(', ')}) AND metaverse_id IN (SELECT value FROM json_each(?))`,
  )
  const stageSkip = database.prepare('INSERT INTO staged_skip VALUES (?, ?, ?, ?)')
  const isPartial = database.prepare('SELECT 1 FROM staged_partial_plan WHERE run = ?')
  const stagePartial = database.prepare('INSERT INTO staged_partial_plan VALUES (?)')
  const stagePerson = database.prepare('INSERT INTO staged_person VALUES (?, ?) ON CONFLICT DO NOTHING')
  const keepWritten = database.prepare(
    `INSERT INTO pending_export_history SELECT kind, metaverse_id, run, hash, change, coalesce((SELECT max(run) FROM plan), run) + 1
     FROM pending_export WHERE metaverse_id IN (SELECT value FROM json_each(?))`,
  )
  const remove = database.prepare('DELETE FROM pending_export WHERE metaverse_id IN (SELECT value FROM json_each(?))')
  const replaceAll = replacement(database, '1')
  const replaceTouched = replacement(database, 'p.metaverse_id IN (SELECT metaverse_id FROM staged_person WHERE run = :run)')
  const clearStaging = (): void =>
    database.exec('DELETE FROM staged_export; DELETE FROM staged_skip; DELETE FROM staged_partial_plan; DELETE FROM staged_person')
  return {
    begin: (): void => inTransaction(database, clearStaging),
    /** May be called again for more persons before the commit. */
    beginFor(run: number, metaverseIds: readonly string[]): void {
      inTransaction(database, () => {
        if (isPartial.get(run) === undefined) {
          clearStaging()
          stagePartial.run(run)
        }
        for (const metaverseId of metaverseIds) stagePerson.run(run, metaverseId)
      })
    },
    add(run: number, exports: readonly PendingExport[], skips: readonly StoredSkip[]): void {
      inTransaction(database, () => {
        for (const { change, hash } of exports) stageExport.run(run, change.kind, change.metaverseId, hash, JSON.stringify(change))
        for (const { metaverseId, reason } of skips) stageSkip.run(run, metaverseId, reason.kind, JSON.stringify(reason))
        if (isPartial.get(run) === undefined) return
        for (const { change } of exports) stagePerson.run(run, change.metaverseId)
        for (const { metaverseId } of skips) stagePerson.run(run, metaverseId)
      })
    },
    withdraw(run: number, metaverseIds: readonly string[]): void {
      inTransaction(database, () => unstage.run(run, listParameter(metaverseIds)))
    },
    commit(run: number): void {
      inTransaction(database, () => {
        const replace = isPartial.get(run) === undefined ? replaceAll : replaceTouched
        replace(run)
        clearStaging()
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
  const isReplaced = `${touched} AND NOT EXISTS (
    SELECT 1 FROM staged_export s WHERE s.run = :run AND s.kind = p.kind AND s.metaverse_id = p.metaverse_id AND s.hash = p.hash)`
  const statements = [
    // What this very run had planned before was never anybody's plan.
    `INSERT INTO pending_export_history SELECT kind, metaverse_id, run, hash, change, :run FROM pending_export p WHERE p.run < :run AND ${isReplaced}`,
    `DELETE FROM pending_export AS p WHERE ${isReplaced}`,
    `INSERT INTO pending_export SELECT kind, metaverse_id, run, hash, change FROM staged_export WHERE run = :run ORDER BY kind, metaverse_id ON CONFLICT DO NOTHING`,
    `DELETE FROM pending_skip AS p WHERE ${touched}`,
    'INSERT INTO pending_skip SELECT metaverse_id, kind, reason FROM staged_skip WHERE run = :run ORDER BY metaverse_id',
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
