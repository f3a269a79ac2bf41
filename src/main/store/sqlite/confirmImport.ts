import type { DatabaseSync } from 'node:sqlite'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { Confirmation } from '../store.ts'
import { storeBug } from '../storeError.ts'
import type { writeAwaiting } from './awaitingConfirmation.ts'
import type { Columns } from './columns.ts'
import { textOrNullIn } from './columns.ts'
import type { ContentColumns } from './connectorContent.ts'
import { contentColumns } from './connectorContent.ts'
import type { LinkWriter } from './links.ts'
import type { MetaverseWriter } from './metaverseVersions.ts'
import { inTransaction } from './transaction.ts'

type Parts = { readonly links: LinkWriter; readonly metaverse: MetaverseWriter; readonly awaiting: ReturnType<typeof writeAwaiting> }

/** Objects read again after an export become current one by one: the rest of the connector space is not touched. */
export function confirmImport(database: DatabaseSync, { links, metaverse, awaiting }: Parts) {
  const putObject = objectWriter(database)
  const confirm = (run: number, { object, link }: Confirmation): void => {
    putObject(run, object)
    awaiting.see(object)
    if (link === null) return
    const linked = links.metaverseIdOf(object.connector, object.anchor)
    if (linked !== null && linked !== link.metaverseId) {
      throw storeBug(`${object.connector} object ${object.anchor} is linked to ${linked} and cannot be linked to ${link.metaverseId} too.`)
    }
    // Without its metaverse object the account stays unlinked; the next synchronisation joins it by our mark.
    if (linked === null) metaverse.addLink(run, link.metaverseId, link.link)
  }
  return (run: number, confirmations: readonly Confirmation[]): void =>
    inTransaction(database, () => {
      for (const confirmation of confirmations) confirm(run, confirmation)
    })
}

function objectWriter(database: DatabaseSync) {
  const find = database.prepare('SELECT dn, fingerprint FROM connector_object WHERE connector = ? AND anchor = ?')
  const keep = database.prepare(
    `INSERT INTO connector_object_history (connector, anchor, object_type, dn, content, valid_from_run, valid_to_run)
     SELECT connector, anchor, object_type, dn, content, valid_from_run, :run FROM connector_object
     WHERE connector = :connector AND anchor = :anchor AND valid_from_run < :run`,
  )
  const put = database.prepare('INSERT OR REPLACE INTO connector_object VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  return (run: number, object: ConnectorObject): void => {
    const { connector, anchor } = object
    const columns = contentColumns(object)
    const row = find.get(connector, anchor)
    if (row !== undefined && isSame(row, columns)) return
    if (row !== undefined) keep.run({ run, connector, anchor })
    put.run(connector, anchor, ...columns, run)
  }
}

function isSame(row: Columns, [, dn, , , fingerprint]: ContentColumns): boolean {
  const stored = row['fingerprint']
  return textOrNullIn(row, 'dn') === dn && stored instanceof Uint8Array && Buffer.compare(stored, fingerprint) === 0
}
