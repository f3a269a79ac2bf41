import type { DatabaseSync } from 'node:sqlite'
import type { Hold, JoinDecision } from '../../../shared/domain/lifecycle.ts'
import { listParameter, textIn } from './columns.ts'

/** What persons decided: holds (sync-semantics 15) and joins by hand. No run and no import changes them. */
export function readDecisions(database: DatabaseSync) {
  const holds = database.prepare('SELECT * FROM hold ORDER BY metaverse_id')
  const joins = database.prepare('SELECT * FROM join_decision ORDER BY anchor')
  return {
    holds: (): readonly Hold[] =>
      holds.all().map((row) => ({
        metaverseId: textIn(row, 'metaverse_id'),
        cause: textIn(row, 'cause') as Hold['cause'],
        note: textIn(row, 'note'),
        by: textIn(row, 'by_whom'),
        since: textIn(row, 'since'),
      })),
    joins: (): readonly JoinDecision[] =>
      joins.all().map((row) => ({
        anchor: textIn(row, 'anchor'),
        decision: JSON.parse(textIn(row, 'decision')) as JoinDecision['decision'],
        note: textIn(row, 'note'),
        by: textIn(row, 'by_whom'),
        at: textIn(row, 'at'),
      })),
  }
}

export function writeDecisions(database: DatabaseSync) {
  const putHold = database.prepare('INSERT OR REPLACE INTO hold VALUES (?, ?, ?, ?, ?)')
  const release = database.prepare('DELETE FROM hold WHERE metaverse_id IN (SELECT value FROM json_each(?))')
  const putJoin = database.prepare('INSERT OR REPLACE INTO join_decision VALUES (?, ?, ?, ?, ?)')
  const removeJoin = database.prepare('DELETE FROM join_decision WHERE anchor = ?')
  return {
    putHold({ metaverseId, cause, note, by, since }: Hold): void {
      putHold.run(metaverseId, cause, note, by, since)
    },
    releaseHolds(metaverseIds: readonly string[]): void {
      release.run(listParameter(metaverseIds))
    },
    putJoin({ anchor, decision, note, by, at }: JoinDecision): void {
      putJoin.run(anchor, JSON.stringify(decision), note, by, at)
    },
    removeJoin(anchor: string): void {
      removeJoin.run(anchor)
    },
  }
}
