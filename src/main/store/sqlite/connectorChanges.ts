import type { DatabaseSync } from 'node:sqlite'
import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import { textIn } from './columns.ts'

/** By index on both sides: a version that began after the run, or one that ended after it. The + keeps the key, which leads to everything, from being taken instead. */
export function readConnectorChanges(database: DatabaseSync) {
  const since = database.prepare(
    `SELECT anchor FROM connector_object WHERE connector = :connector AND valid_from_run > :run AND +anchor > :after
     UNION SELECT anchor FROM connector_object_history WHERE connector = :connector AND valid_to_run > :run AND +anchor > :after
     ORDER BY anchor LIMIT :limit`,
  )
  return (connector: ConnectorName, run: number, after: string | null, limit: number): readonly string[] =>
    since.all({ connector, run, after: after ?? '', limit }).map((row) => textIn(row, 'anchor'))
}
