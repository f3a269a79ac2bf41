import type { DatabaseSync } from 'node:sqlite'
import { textIn } from './columns.ts'

/**
 * The guest's link dangles, or a synchronisation has taken it off already. Whoever never had a guest is not missing one:
 * the id in Entra is that of the link, of the latest former link, or of the guest who was projected (`entra:<id>`).
 */
const missing = `
  WITH candidate (metaverse_id, entra_id) AS (
    SELECT d.metaverse_id, d.anchor FROM dangling_link d WHERE d.connector = 'entra'
      AND EXISTS (SELECT 1 FROM connector_link a WHERE a.metaverse_id = d.metaverse_id AND a.connector = 'ad')
      AND NOT EXISTS (
        SELECT 1 FROM connector_link g JOIN connector_object o ON o.connector = g.connector AND o.anchor = g.anchor
        WHERE g.metaverse_id = d.metaverse_id AND g.connector = 'entra')
    UNION ALL
    SELECT w.metaverse_id, coalesce(
      (SELECT h.anchor FROM connector_link_history h WHERE h.metaverse_id = w.metaverse_id AND h.connector = 'entra' ORDER BY h.valid_to_run DESC LIMIT 1),
      CASE WHEN w.metaverse_id LIKE 'entra:%' THEN substr(w.metaverse_id, 7) END
    ) FROM account_without_guest w
  )
  SELECT metaverse_id, min(entra_id) AS entra_id FROM candidate WHERE entra_id IS NOT NULL AND metaverse_id > ?
  GROUP BY metaverse_id ORDER BY metaverse_id LIMIT ?`

export function readMissingGuests(database: DatabaseSync) {
  const behind = database.prepare(missing)
  return (after: string | null, limit: number): readonly { readonly metaverseId: string; readonly entraId: string }[] =>
    behind.all(after ?? '', limit).map((row) => ({ metaverseId: textIn(row, 'metaverse_id'), entraId: textIn(row, 'entra_id') }))
}
