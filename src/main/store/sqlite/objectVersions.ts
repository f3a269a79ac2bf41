import type { DatabaseSync } from 'node:sqlite'
import type { ConnectorName, ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { Columns } from './columns.ts'
import { textOrNullIn } from './columns.ts'
import type { ContentColumns } from './connectorContent.ts'
import { contentColumnNames, contentColumns } from './connectorContent.ts'

export type Written = 'unchanged' | 'added' | 'updated' | 'renamed'

/** Versions of single objects of a connector space, counted as a full import counts them. Inside of a transaction of the caller. */
export function writeObjectVersions(database: DatabaseSync) {
  const find = database.prepare('SELECT dn, fingerprint FROM connector_object WHERE connector = ? AND anchor = ?')
  const keep = database.prepare(
    `INSERT INTO connector_object_history (connector, anchor, object_type, dn, content, valid_from_run, valid_to_run)
     SELECT connector, anchor, object_type, dn, content, valid_from_run, :run FROM connector_object
     WHERE connector = :connector AND anchor = :anchor AND valid_from_run < :run`,
  )
  const put = database.prepare(
    `INSERT INTO connector_object (connector, anchor, ${contentColumnNames}, valid_from_run) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (connector, anchor) DO UPDATE SET object_type = excluded.object_type, dn = excluded.dn, dn_key = excluded.dn_key,
       content = excluded.content, fingerprint = excluded.fingerprint, upn_key = excluded.upn_key, valid_from_run = excluded.valid_from_run`,
  )
  const keepDisconnector = database.prepare(
    `INSERT INTO connector_link_history SELECT connector, anchor, metaverse_id, disconnector, valid_from_run, :run FROM connector_link
     WHERE connector = :connector AND anchor = :anchor AND disconnector IS NOT NULL AND valid_from_run < :run`,
  )
  const forgetDisconnector = database.prepare('DELETE FROM connector_link WHERE connector = ? AND anchor = ? AND disconnector IS NOT NULL')
  const remove = database.prepare('DELETE FROM connector_object WHERE connector = ? AND anchor = ?')
  return {
    put(run: number, object: ConnectorObject): Written {
      const { connector, anchor } = object
      const columns = contentColumns(object)
      const row = find.get(connector, anchor)
      const written = row === undefined ? 'added' : compare(row, columns)
      if (written === 'unchanged') return written
      if (row !== undefined) keep.run({ run, connector, anchor })
      put.run(connector, anchor, ...columns, run)
      return written
    },
    /** The link stays and dangles (see `StoreReader.danglingLinks`); why there was none goes with the object. False where there was no object. */
    remove(run: number, connector: ConnectorName, anchor: string): boolean {
      if (find.get(connector, anchor) === undefined) return false
      keep.run({ run, connector, anchor })
      keepDisconnector.run({ run, connector, anchor })
      forgetDisconnector.run(connector, anchor)
      remove.run(connector, anchor)
      return true
    },
  }
}

export type ObjectWriter = ReturnType<typeof writeObjectVersions>

function compare(row: Columns, [, dn, , , fingerprint]: ContentColumns): Written {
  if (textOrNullIn(row, 'dn') !== dn) return 'renamed'
  const stored = row['fingerprint']
  return stored instanceof Uint8Array && Buffer.compare(stored, fingerprint) === 0 ? 'unchanged' : 'updated'
}
