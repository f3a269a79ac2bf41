import type { DatabaseSync } from 'node:sqlite'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import { dnKey, parseDn } from '../../../shared/domain/dn.ts'
import type { AwaitingConfirmation, JournalEntry } from '../store.ts'
import { integerIn, textIn, textOrNullIn } from './columns.ts'

export function readAwaiting(database: DatabaseSync) {
  const all = database.prepare('SELECT * FROM awaiting_confirmation ORDER BY run, metaverse_id')
  return (): readonly AwaitingConfirmation[] =>
    all.all().map((row) => ({
      run: integerIn(row, 'run'),
      metaverseId: textIn(row, 'metaverse_id'),
      anchor: textOrNullIn(row, 'anchor'),
      dn: textIn(row, 'dn'),
    }))
}

/**
 * What was written and not yet seen again (sync-semantics 16), one row a person. A deleted account is confirmed by its
 * absence from a later import, any other write by the object itself: by its anchor, or by its DN where an add ended
 * without telling the anchor. All inside of a transaction of the caller.
 */
export function writeAwaiting(database: DatabaseSync) {
  const put = database.prepare(
    `INSERT INTO awaiting_confirmation VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (metaverse_id) DO UPDATE
     SET run = excluded.run, anchor = coalesce(excluded.anchor, anchor), dn = excluded.dn, dn_key = excluded.dn_key, expects = excluded.expects`,
  )
  const seen = database.prepare(
    `DELETE FROM awaiting_confirmation WHERE expects = 'presence' AND (anchor = :anchor OR (anchor IS NULL AND dn_key = :dnKey))`,
  )
  const seenGone = database.prepare(`DELETE FROM awaiting_confirmation WHERE expects = 'absence' AND anchor = ?`)
  // The import has been applied: what it showed is current. What it could not read came nevertheless.
  const shown = database.prepare(
    `DELETE FROM awaiting_confirmation AS a WHERE a.run < :run AND CASE a.expects
       WHEN 'presence' THEN EXISTS (SELECT 1 FROM connector_object o WHERE o.connector = 'ad' AND o.anchor = a.anchor)
         OR EXISTS (SELECT 1 FROM staged_unreadable u WHERE u.run = :run AND u.connector = 'ad' AND u.anchor = a.anchor)
         OR (a.anchor IS NULL AND EXISTS (SELECT 1 FROM connector_object o WHERE o.dn_key = a.dn_key AND o.connector = 'ad'))
       ELSE NOT EXISTS (SELECT 1 FROM connector_object o WHERE o.connector = 'ad' AND o.anchor = a.anchor) END`,
  )
  return {
    expect(entry: JournalEntry, anchor: string | null): void {
      const isMoved = entry.action === 'move' || entry.action === 'restore'
      const dn = isMoved && entry.change.kind !== 'create' ? (entry.change.newDn ?? entry.dn) : entry.dn
      const expects = entry.action === 'delete' ? 'absence' : 'presence'
      put.run(entry.change.metaverseId, entry.run, anchor ?? entry.anchor, dn, keyOf(dn), expects)
    },
    see({ anchor, dn }: ConnectorObject): void {
      seen.run({ anchor, dnKey: dn === null ? null : dnKey(dn) })
    },
    seeGone: (anchor: string): void => {
      seenGone.run(anchor)
    },
    confirmShown: (run: number): void => {
      shown.run({ run })
    },
  }
}

export type AwaitingWriter = ReturnType<typeof writeAwaiting>

/** The journal keeps a DN as it was written; one that is none can only be found again by its anchor. */
function keyOf(dn: string): string {
  const parsed = parseDn(dn)
  return parsed.ok ? dnKey(parsed.value) : dn
}
