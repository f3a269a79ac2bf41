import type { DatabaseSync } from 'node:sqlite'
import type { PendingExport, StoredSkip } from '../store.ts'
import { listParameter } from './columns.ts'
import { dropUnfinishedPlans } from './staging.ts'
import { inTransaction } from './transaction.ts'

/**
 * The plan of a synchronisation that goes on. Its changes wait in the table where they stay: nobody sees them
 * (`pending_export`) before their run is that of a plan. What is planned again in the same form is noted alone.
 */
export function stagePlan(database: DatabaseSync) {
  const note = database.prepare('INSERT INTO staged_plan VALUES (?, ?) ON CONFLICT DO NOTHING')
  const findPartial = database.prepare(`SELECT 1 FROM staged_plan WHERE run = ? AND extent = 'touched'`)
  const findAny = database.prepare('SELECT 1 FROM staged_plan')
  const isPending = database.prepare('SELECT 1 FROM pending_export WHERE kind = ? AND metaverse_id = ? AND hash = ?')
  const noteAgain = database.prepare('INSERT INTO staged_again VALUES (?, ?, ?)')
  const put = database.prepare('INSERT INTO planned_export VALUES (?, ?, ?, ?, ?)')
  const withdrawals = ['planned_export', 'staged_again'].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE metaverse_id IN (SELECT value FROM json_each(?)) AND run = ?`))
  const putSkip = database.prepare('INSERT INTO staged_skip VALUES (?, ?, ?, ?)')
  const putPerson = database.prepare('INSERT INTO staged_person VALUES (?, ?) ON CONFLICT DO NOTHING')
  const isPartial = (run: number): boolean => findPartial.get(run) !== undefined
  const start = (run: number, extent: 'everything' | 'touched'): void => {
    // Only where a synchronisation did not end: to find its changes takes a look at all of them.
    if (findAny.get() !== undefined) database.exec(dropUnfinishedPlans)
    forgetStagedPlan(database)
    note.run(run, extent)
  }
  const plan = (run: number, { change, hash }: PendingExport): void => {
    if (isPending.get(change.kind, change.metaverseId, hash) === undefined) put.run(change.kind, change.metaverseId, run, hash, JSON.stringify(change))
    else noteAgain.run(run, change.metaverseId, change.kind)
  }
  return {
    isPartial,
    begin: (run: number): void => inTransaction(database, () => start(run, 'everything')),
    /** May be called again for more persons before the commit. */
    beginFor(run: number, metaverseIds: readonly string[]): void {
      inTransaction(database, () => {
        if (!isPartial(run)) start(run, 'touched')
        for (const metaverseId of metaverseIds) putPerson.run(run, metaverseId)
      })
    },
    add(run: number, exports: readonly PendingExport[], skips: readonly StoredSkip[]): void {
      inTransaction(database, () => {
        // Whatever waits belongs to a plan that was begun: by that it is found and dropped after a crash.
        note.run(run, 'everything')
        for (const each of exports) plan(run, each)
        for (const { metaverseId, reason } of skips) putSkip.run(run, metaverseId, reason.kind, JSON.stringify(reason))
        if (!isPartial(run)) return
        for (const { change } of exports) putPerson.run(run, change.metaverseId)
        for (const { metaverseId } of skips) putPerson.run(run, metaverseId)
      })
    },
    withdraw(run: number, metaverseIds: readonly string[]): void {
      inTransaction(database, () => withdrawals.forEach((statement) => statement.run(listParameter(metaverseIds), run)))
    },
  }
}

/** All but the changes, which have become current or were dropped. Inside of a transaction of the caller. */
export function forgetStagedPlan(database: DatabaseSync): void {
  database.exec('DELETE FROM staged_again; DELETE FROM staged_skip; DELETE FROM staged_plan; DELETE FROM staged_person')
}
