import type { DatabaseSync } from 'node:sqlite'
import { changeKinds, type Change, type ChangeKind } from '../../../shared/domain/change.ts'
import type { DisconnectorReason, SkipReason } from '../../../shared/domain/decision.ts'
import type { GuestRecord, GuestStateCount } from '../store.ts'
import { rowOf } from './connectorSpace.ts'
import { integerIn, listParameter, textIn, textOrNullIn, type Columns } from './columns.ts'

/** Were there two accounts of one person, the one with the lower anchor. */
const accountOfPerson = `
  SELECT a.dn FROM connector_link al JOIN connector_object a ON a.connector = al.connector AND a.anchor = al.anchor
  WHERE al.metaverse_id = l.metaverse_id AND al.connector = 'ad' ORDER BY al.anchor LIMIT 1`

/** Guests with what the last synchronisation decided about their persons, a few statements a batch instead of some a guest. */
export function readGuests(database: DatabaseSync) {
  const behind = database.prepare(`
    SELECT o.*, l.metaverse_id, l.disconnector, (${accountOfPerson}) AS account, s.reason AS skip FROM connector_object o
    LEFT JOIN connector_link l ON l.connector = o.connector AND l.anchor = o.anchor
    LEFT JOIN pending_skip s ON s.metaverse_id = l.metaverse_id
    WHERE o.connector = 'entra' AND o.anchor > ? ORDER BY o.anchor LIMIT ?`)
  const pendingOf = database.prepare(`SELECT metaverse_id, kind, change -> '$.reason' AS reason FROM pending_export WHERE metaverse_id IN (SELECT value FROM json_each(?))`)
  const counts = database.prepare(`
    SELECT disconnector, pending, skip, has_account, count(*) AS guests FROM (
      SELECT json_extract(l.disconnector, '$.kind') AS disconnector, s.kind AS skip, (${accountOfPerson}) IS NOT NULL AS has_account,
        CASE WHEN EXISTS (SELECT 1 FROM pending_export p WHERE p.kind = 'create' AND p.metaverse_id = l.metaverse_id) THEN 'create'
             WHEN EXISTS (SELECT 1 FROM pending_export p WHERE p.metaverse_id = l.metaverse_id) THEN 'other' END AS pending
      FROM connector_object o LEFT JOIN connector_link l ON l.connector = o.connector AND l.anchor = o.anchor
      LEFT JOIN pending_skip s ON s.metaverse_id = l.metaverse_id WHERE o.connector = 'entra')
    GROUP BY disconnector, pending, skip, has_account`)
  return {
    batch(after: string | null, limit: number): readonly GuestRecord[] {
      const rows = behind.all(after ?? '', limit)
      const persons = rows.flatMap(({ metaverse_id: id }) => (typeof id === 'string' ? [id] : []))
      const pending = firstOfEach(pendingOf.all(listParameter(persons)))
      return rows.map((columns): GuestRecord => {
        const row = rowOf(columns)
        const skip = textOrNullIn(columns, 'skip')
        return { row, account: textOrNullIn(columns, 'account'), pending: pending.get(row.metaverseId ?? '') ?? null, skip: skip === null ? null : (JSON.parse(skip) as SkipReason) }
      })
    },
    counts: (): readonly GuestStateCount[] => counts.all().map((row) => ({
      // Written by this store in these forms.
      disconnector: textOrNullIn(row, 'disconnector') as DisconnectorReason['kind'] | null,
      pending: textOrNullIn(row, 'pending') as GuestStateCount['pending'],
      skip: textOrNullIn(row, 'skip') as SkipReason['kind'] | null,
      hasAccount: integerIn(row, 'has_account') === 1,
      guests: integerIn(row, 'guests'),
    })),
  }
}

/** A person has one pending export; were there two, the first in the order of review (as `pendingExport` has it). */
function firstOfEach(rows: readonly Columns[]): ReadonlyMap<string, Pick<Change, 'kind' | 'reason'>> {
  const changes = rows.map((row) => ({ id: textIn(row, 'metaverse_id'), kind: textIn(row, 'kind') as ChangeKind, reason: JSON.parse(textIn(row, 'reason')) as Change['reason'] }))
  const lastFirst = changes.sort((left, right) => changeKinds.indexOf(right.kind) - changeKinds.indexOf(left.kind))
  return new Map(lastFirst.map(({ id, kind, reason }) => [id, { kind, reason }]))
}
