import type { DatabaseSync } from 'node:sqlite'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { LeaverReason, OwnDisable } from '../../../shared/domain/lifecycle.ts'
import type { Columns } from './columns.ts'
import { integerIn, listParameter, millisecondsOf, textIn, textOrNullIn } from './columns.ts'

export function readOwnDisables(database: DatabaseSync) {
  const byIds = database.prepare('SELECT * FROM own_disable WHERE metaverse_id IN (SELECT value FROM json_each(?))')
  const due = database.prepare('SELECT * FROM own_disable WHERE delete_due_milliseconds <= ? ORDER BY delete_due_milliseconds, metaverse_id')
  return {
    ofPersons: (metaverseIds: readonly string[]): ReadonlyMap<string, OwnDisable> =>
      new Map(byIds.all(listParameter(metaverseIds)).map((row) => [textIn(row, 'metaverse_id'), ownDisableOf(row)])),
    due: (instant: string): readonly OwnDisable[] => due.all(millisecondsOf(instant)).map(ownDisableOf),
  }
}

export function writeOwnDisables(database: DatabaseSync) {
  const put = database.prepare('INSERT OR REPLACE INTO own_disable VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const remove = database.prepare('DELETE FROM own_disable WHERE metaverse_id IN (SELECT value FROM json_each(?))')
  return {
    put({ metaverseId, anchor, run, disabledAt, reason, movedFrom, deleteDue }: OwnDisable): void {
      put.run(metaverseId, anchor, run, disabledAt, reason, movedFrom, deleteDue, deleteDue === null ? null : millisecondsOf(deleteDue))
    },
    remove(metaverseIds: readonly string[]): void {
      remove.run(listParameter(metaverseIds))
    },
  }
}

function ownDisableOf(row: Columns): OwnDisable {
  return {
    metaverseId: textIn(row, 'metaverse_id'),
    anchor: textIn(row, 'anchor'),
    run: integerIn(row, 'run'),
    disabledAt: textIn(row, 'disabled_at'),
    reason: textIn(row, 'reason') as LeaverReason,
    movedFrom: textOrNullIn(row, 'moved_from') as Dn | null,
    deleteDue: textOrNullIn(row, 'delete_due'),
  }
}
