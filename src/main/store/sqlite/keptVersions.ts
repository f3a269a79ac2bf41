import type { DatabaseSync } from 'node:sqlite'
import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { KeptVersion } from '../../../shared/domain/objectHistory.ts'
import { integerIn, type Columns } from './columns.ts'
import { objectOf } from './connectorContent.ts'
import { metaverseObjectOf } from './metaverse.ts'

/** All versions of one object that are kept, oldest first. */
export function readKeptVersions(database: DatabaseSync) {
  const ofPerson = database.prepare(`
    SELECT id, object_type, content, valid_from_run, valid_to_run FROM metaverse_object_history WHERE id = :id
    UNION ALL SELECT id, object_type, content, valid_from_run, NULL FROM metaverse_object WHERE id = :id ORDER BY valid_from_run`)
  const ofConnector = database.prepare(`
    SELECT connector, anchor, object_type, dn, content, valid_from_run, valid_to_run FROM connector_object_history WHERE connector = :connector AND anchor = :anchor
    UNION ALL SELECT connector, anchor, object_type, dn, content, valid_from_run, NULL FROM connector_object WHERE connector = :connector AND anchor = :anchor ORDER BY valid_from_run`)
  return {
    ofPerson: (id: string): readonly KeptVersion[] => ofPerson.all({ id }).map((row) => {
      const { attributes } = metaverseObjectOf(row)
      return { ...spanOf(row), values: Object.fromEntries(Object.entries(attributes).map(([name, { values }]) => [name, values])) }
    }),
    /** The DN counts as a value: a move or another name is part of the history. */
    ofConnector: (connector: ConnectorName, anchor: string): readonly KeptVersion[] => ofConnector.all({ connector, anchor }).map((row) => {
      const { attributes, dn } = objectOf(row)
      return { ...spanOf(row), values: dn === null ? attributes : { ...attributes, distinguishedName: [dn] } }
    }),
  }
}

function spanOf(row: Columns): Pick<KeptVersion, 'run' | 'until'> {
  return { run: integerIn(row, 'valid_from_run'), until: row['valid_to_run'] === null ? null : integerIn(row, 'valid_to_run') }
}
