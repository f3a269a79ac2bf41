import type { DatabaseSync } from 'node:sqlite'
import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { DisconnectorReason } from '../../../shared/domain/decision.ts'
import type { ConnectorRow } from '../store.ts'
import type { Columns } from './columns.ts'
import { integerIn, listParameter, textIn, textOrNullIn } from './columns.ts'
import { objectOf } from './connectorContent.ts'

/** Only what a row is made of: to read keys and fingerprints along with it doubled the time. */
const rowColumns = 'o.connector, o.anchor, o.object_type, o.dn, o.content, o.valid_from_run, l.metaverse_id, l.disconnector'
const rowSource = 'FROM connector_object o LEFT JOIN connector_link l ON l.connector = o.connector AND l.anchor = o.anchor'
const currentRow = `SELECT ${rowColumns} ${rowSource}`

function currentRowWith(key: 'dn_key' | 'upn_key'): string {
  return `SELECT ${rowColumns}, o.${key} ${rowSource}`
}

export function readConnectorSpace(database: DatabaseSync) {
  const byAnchor = database.prepare(`${currentRow} WHERE o.connector = ? AND o.anchor = ?`)
  const byAnchors = database.prepare(`${currentRow} WHERE o.connector = ? AND o.anchor IN (SELECT value FROM json_each(?)) ORDER BY o.anchor`)
  const behind = database.prepare(`${currentRow} WHERE o.connector = ? AND o.anchor > ? ORDER BY o.anchor LIMIT ?`)
  const byDnKeys = database.prepare(`${currentRowWith('dn_key')} WHERE o.dn_key IN (SELECT value FROM json_each(?)) AND o.connector = 'ad'`)
  const unlinked = database.prepare(
    `${currentRow} JOIN unlinked_object u ON u.connector = o.connector AND u.anchor = o.anchor
     WHERE u.connector = ? AND u.anchor > ? ORDER BY u.anchor LIMIT ?`,
  )
  const byNames = database.prepare(
    `${currentRowWith('upn_key')} WHERE o.connector = ? AND o.upn_key IN (SELECT value FROM json_each(?))`,
  )
  const count = database.prepare('SELECT count(*) AS objects FROM connector_object WHERE connector = ?')
  const asOf = database.prepare(rowAsOf)
  return {
    row: (connector: ConnectorName, anchor: string): ConnectorRow | null => rowOrNull(byAnchor.get(connector, anchor)),
    rows: (connector: ConnectorName, anchors: readonly string[]): readonly ConnectorRow[] => byAnchors.all(connector, listParameter(anchors)).map(rowOf),
    batch: (connector: ConnectorName, after: string | null, limit: number): readonly ConnectorRow[] => behind.all(connector, after ?? '', limit).map(rowOf),
    unlinked: (connector: ConnectorName, after: string | null, limit: number): readonly ConnectorRow[] => unlinked.all(connector, after ?? '', limit).map(rowOf),
    /** Were there two with one name, the one with the lower anchor. */
    byUserPrincipalName(connector: ConnectorName, names: readonly string[]): ReadonlyMap<string, ConnectorRow> {
      const rows = byNames.all(connector, listParameter(names.map((name) => name.toLowerCase())))
      // Sorted here: asked to sort, the database walks over all anchors instead of taking the index of names.
      const sorted = rows.toSorted((left, right) => (textIn(left, 'anchor') < textIn(right, 'anchor') ? 1 : -1))
      return new Map(sorted.map((row) => [textIn(row, 'upn_key'), rowOf(row)]))
    },
    byDn(dnKeys: readonly string[]): ReadonlyMap<string, ConnectorRow> {
      return new Map(byDnKeys.all(listParameter(dnKeys)).map((row) => [textIn(row, 'dn_key'), rowOf(row)]))
    },
    byValue: (connector: ConnectorName, attribute: string, value: string) => findByValue(database, connector, attribute, value),
    count: (connector: ConnectorName): number => integerIn(count.get(connector) ?? {}, 'objects'),
    asOf: (connector: ConnectorName, anchor: string, run: number): ConnectorRow | null =>
      rowOrNull(asOf.get({ connector, anchor, run })),
  }
}

const rowAsOf = `
  WITH object AS (
    SELECT connector, anchor, object_type, dn, content, valid_from_run FROM connector_object
    WHERE connector = :connector AND anchor = :anchor AND valid_from_run <= :run
    UNION ALL
    SELECT connector, anchor, object_type, dn, content, valid_from_run FROM connector_object_history
    WHERE connector = :connector AND anchor = :anchor AND valid_from_run <= :run AND valid_to_run > :run
  ), link AS (
    SELECT metaverse_id, disconnector FROM connector_link
    WHERE connector = :connector AND anchor = :anchor AND valid_from_run <= :run
    UNION ALL
    SELECT metaverse_id, disconnector FROM connector_link_history
    WHERE connector = :connector AND anchor = :anchor AND valid_from_run <= :run AND valid_to_run > :run
  )
  SELECT object.*, link.metaverse_id, link.disconnector FROM object LEFT JOIN link`

/** By the index where the attribute has one, otherwise a scan of what SQLite cannot exclude. */
function findByValue(database: DatabaseSync, connector: ConnectorName, attribute: string, value: string): readonly ConnectorRow[] {
  const wanted = value.toLowerCase()
  const candidates = attribute === 'userPrincipalName'
    ? database.prepare(`${currentRow} WHERE o.connector = ? AND o.upn_key = ?`).all(connector, wanted)
    // The whole text first: it costs less to look through than to take apart.
    : database.prepare(`${currentRow} WHERE o.connector = :connector AND o.content LIKE :like ESCAPE '\\' AND json_extract(o.content, :path) LIKE :like ESCAPE '\\'`)
      .all({ connector, path: `$."${attribute.replaceAll('"', '')}"`, like: likePattern(value) })
  // Case is folded as JavaScript does it, because SQLite knows ASCII only. Sorted here, for the sake of the index as above.
  const found = candidates.map(rowOf).filter(({ object }) => object.attributes[attribute]?.some((held) => String(held).toLowerCase() === wanted) === true)
  return found.toSorted((left, right) => (left.object.anchor < right.object.anchor ? -1 : 1))
}

/** Matches whatever equals the value in JSON: LIKE folds the case of ASCII, and two letters of it (k, i) are the small form of others, too. */
function likePattern(value: string): string {
  const isText = !/^(-?\d[-+.e\d]*|true|false)$/i.test(value)
  const inJson = isText ? JSON.stringify(value) : value
  return `%${inJson.replaceAll(/[\\%_]/g, String.raw`\$&`).replaceAll(/[^\x20-\x7e]|[ki]/gi, '%')}%`
}

function rowOrNull(row: Columns | undefined): ConnectorRow | null {
  return row === undefined ? null : rowOf(row)
}

/** Of columns of `connector_object` with `metaverse_id` and `disconnector` of its link. */
export function rowOf(row: Columns): ConnectorRow {
  const disconnector = textOrNullIn(row, 'disconnector')
  return {
    object: objectOf(row),
    metaverseId: textOrNullIn(row, 'metaverse_id'),
    disconnector: disconnector === null ? null : (JSON.parse(disconnector) as DisconnectorReason),
    importedBy: integerIn(row, 'valid_from_run'),
  }
}
