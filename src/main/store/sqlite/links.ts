import type { DatabaseSync } from 'node:sqlite'
import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { DisconnectorReason } from '../../../shared/domain/decision.ts'
import type { Link } from '../../../shared/domain/metaverse.ts'
import type { DanglingLink } from '../store.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import { integerIn, listParameter, textIn, textOrNullIn } from './columns.ts'

export function readLinks(database: DatabaseSync) {
  const dangling = database.prepare(
    'SELECT anchor, metaverse_id FROM dangling_link WHERE connector = ? ORDER BY anchor',
  )
  // A dangling link has not ended yet: it comes before those that have.
  const deleted = database.prepare(
    `WITH person AS (SELECT value AS id FROM json_each(?)), former AS (
       SELECT metaverse_id, anchor, ${Number.MAX_SAFE_INTEGER} AS ended FROM dangling_link WHERE connector = 'ad' AND metaverse_id IN (SELECT id FROM person)
       UNION ALL
       SELECT metaverse_id, anchor, valid_to_run FROM connector_link_history WHERE connector = 'ad' AND metaverse_id IN (SELECT id FROM person)
     )
     SELECT metaverse_id, anchor FROM former f
     WHERE NOT EXISTS (SELECT 1 FROM connector_object o WHERE o.connector = 'ad' AND o.anchor = f.anchor)
     GROUP BY metaverse_id, anchor ORDER BY metaverse_id, max(ended) DESC, anchor`,
  )
  const count = database.prepare(
    `SELECT count(*) AS links FROM connector_link l JOIN connector_object o ON o.connector = l.connector AND o.anchor = l.anchor
     WHERE l.connector = ? AND l.metaverse_id IS NOT NULL`,
  )
  return {
    /** Of objects that exist. */
    count: (connector: ConnectorName): number => integerIn(count.get(connector) ?? {}, 'links'),
    deleted: (metaverseIds: readonly string[]): ReadonlyMap<string, readonly string[]> => {
      const rows = deleted.all(listParameter(metaverseIds))
      return Map.groupBy(rows.map((row) => textIn(row, 'anchor')), (_, index) => textIn(rows[index] ?? {}, 'metaverse_id'))
    },
    dangling: (connector: ConnectorName): readonly DanglingLink[] =>
      dangling.all(connector).map((row) => ({ anchor: textIn(row, 'anchor'), metaverseId: textIn(row, 'metaverse_id') })),
  }
}

/**
 * The connector space side of links, versioned apart from the objects: an import brings an object without its link, a
 * synchronisation a link without its object. All inside of a transaction of the caller.
 */
export function writeLinks(database: DatabaseSync) {
  const find = database.prepare('SELECT metaverse_id, disconnector FROM connector_link WHERE connector = ? AND anchor = ?')
  const ofMetaverse = database.prepare('SELECT connector, anchor FROM connector_link WHERE metaverse_id = ?')
  const keep = database.prepare(
    `INSERT INTO connector_link_history SELECT connector, anchor, metaverse_id, disconnector, valid_from_run, :run FROM connector_link
     WHERE connector = :connector AND anchor = :anchor AND valid_from_run < :run`,
  )
  const put = database.prepare(
    `INSERT INTO connector_link VALUES (?, ?, ?, ?, ?) ON CONFLICT (connector, anchor) DO UPDATE
     SET metaverse_id = excluded.metaverse_id, disconnector = excluded.disconnector, valid_from_run = excluded.valid_from_run`,
  )
  const remove = database.prepare('DELETE FROM connector_link WHERE connector = ? AND anchor = ?')

  const current = (connector: ConnectorName, anchor: string) => {
    const row = find.get(connector, anchor)
    return row === undefined ? null : { metaverseId: textOrNullIn(row, 'metaverse_id'), disconnector: textOrNullIn(row, 'disconnector') }
  }
  const set = (run: number, connector: ConnectorName, anchor: string, metaverseId: string | null, disconnector: string | null): void => {
    const former = current(connector, anchor)
    if (former !== null && former.metaverseId === metaverseId && former.disconnector === disconnector) return
    if (former !== null) keep.run({ run, connector, anchor })
    put.run(connector, anchor, metaverseId, disconnector, run)
  }
  return {
    metaverseIdOf: (connector: ConnectorName, anchor: string): string | null => current(connector, anchor)?.metaverseId ?? null,
    link: (run: number, { connector, anchor }: Link, metaverseId: string): void => set(run, connector, anchor, metaverseId, null),
    disconnect: (run: number, connector: ConnectorName, anchor: string, reason: DisconnectorReason): void =>
      set(run, connector, anchor, null, canonicalJson(reason)),
    /** Takes off what the metaverse object does not have; for a deleted object that is everything. */
    unlinkAllBut(run: number, metaverseId: string, links: readonly Link[]): void {
      for (const row of ofMetaverse.all(metaverseId)) {
        const [connector, anchor] = [textIn(row, 'connector'), textIn(row, 'anchor')]
        if (links.some((link) => link.connector === connector && link.anchor === anchor)) continue
        keep.run({ run, connector, anchor })
        remove.run(connector, anchor)
      }
    },
  }
}

export type LinkWriter = ReturnType<typeof writeLinks>
