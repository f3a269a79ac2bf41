import type { DatabaseSync } from 'node:sqlite'
import type { ConnectorName, ConnectorObject, DomainName } from '../../../shared/domain/connectorObject.ts'
import type { DeltaStage } from '../store.ts'
import { integerIn } from './columns.ts'
import { contentColumns } from './connectorContent.ts'
import { inTransaction } from './transaction.ts'

const stagingTables = [
  'staged_object', 'staged_unreadable', 'staged_name', 'staged_change', 'staged_again', 'staged_skip', 'staged_plan', 'staged_person',
] as const

/** Planned changes wait where they will stay (`writePending`): those of plans that were begun and not made current. */
export const dropUnfinishedPlans = 'DELETE FROM planned_export WHERE run IN (SELECT run FROM staged_plan)'

/**
 * Where pages wait under their run until the round is complete. A source may show an object twice while it is paged
 * (it was changed in between): the later page wins.
 */
export function writeStaging(database: DatabaseSync) {
  const stage = database.prepare('INSERT OR REPLACE INTO staged_object VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const stageName = database.prepare('INSERT OR REPLACE INTO staged_name VALUES (?, ?, ?, ?, ?)')
  const stageUnreadable = database.prepare('INSERT OR IGNORE INTO staged_unreadable VALUES (?, ?, ?)')
  const stageChange = database.prepare('INSERT INTO staged_change (run, connector, anchor, change) VALUES (?, ?, ?, ?)')
  const count = database.prepare('SELECT count(*) AS objects FROM staged_object WHERE run = ? AND connector = ?')
  const drops = stagingTables.map((table) => database.prepare(`DELETE FROM ${table} WHERE run = ?`))
  const dropRun = (run: number): void => drops.forEach((statement) => statement.run(run))
  return {
    page(run: number, objects: readonly ConnectorObject[]): void {
      inTransaction(database, () => {
        for (const object of objects) stage.run(run, object.connector, object.anchor, ...contentColumns(object))
      })
    },
    names(run: number, names: readonly DomainName[]): void {
      inTransaction(database, () => {
        for (const { accountName, dn, anchor } of names) stageName.run(run, accountName.toLowerCase(), accountName, dn, anchor)
      })
    },
    delta(run: number, connector: ConnectorName, changes: readonly DeltaStage[]): void {
      inTransaction(database, () => {
        for (const change of changes) {
          stageChange.run(run, connector, change.kind === 'replaced' ? change.object.anchor : change.anchor, JSON.stringify(change))
        }
      })
    },
    unreadable(run: number, connector: ConnectorName, anchors: readonly string[]): void {
      inTransaction(database, () => {
        for (const anchor of anchors) stageUnreadable.run(run, connector, anchor)
      })
    },
    count: (run: number, connector: ConnectorName): number => integerIn(count.get(run, connector) ?? {}, 'objects'),
    /** Inside of a transaction of the caller. */
    dropRun,
    /** Whatever processes that died left behind. Inside of a transaction of the caller. */
    dropAll(): void {
      database.exec(dropUnfinishedPlans)
      for (const table of stagingTables) database.exec(`DELETE FROM ${table}`)
    },
  }
}
