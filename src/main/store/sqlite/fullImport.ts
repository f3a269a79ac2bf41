import type { DatabaseSync } from 'node:sqlite'
import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { Counters } from '../../../shared/domain/run.ts'
import { integerIn } from './columns.ts'
import { inTransaction } from './transaction.ts'

type Parts = {
  readonly replaceNames: (run: number) => void
  readonly setWatermark: (name: string, value: string) => void
  readonly confirmShown: (run: number) => void
  readonly forgetAbsences: () => void
  readonly dropStaging: (run: number) => void
}

/**
 * The staged round becomes the connector space, in one transaction of set operations: nothing is loaded, whatever the
 * number of objects. Readers see the old state until it commits.
 *
 * Each staged object counts once: as rename where its DN changed (attributes may have changed too), else as update where
 * anything else changed. Objects that came but could not be read keep their current version and are in no counter; the
 * run's problems name them.
 */
export function applyFullImport(database: DatabaseSync, parts: Parts) {
  const steps = ['noteChanged', 'noteGone', 'keepChanged', 'keepGone', 'endDisconnectorsOfGone', 'forgetDisconnectorsOfGone', 'deleteGone', 'putStaged'] as const
  const statements = steps.map((step) => database.prepare(sql[step]))
  const compare = database.prepare(sql.compare)
  const countGone = database.prepare(sql.countGone)
  return (run: number, connector: ConnectorName, watermarks: Readonly<Record<string, string>>): Counters =>
    inTransaction(database, () => {
      const round = { run, connector }
      const compared = compare.get(round) ?? {}
      const counters = {
        stagingUnchanged: integerIn(compared, 'unchanged'),
        stagingAdds: integerIn(compared, 'adds'),
        stagingUpdates: integerIn(compared, 'updates'),
        stagingRenames: integerIn(compared, 'renames'),
        stagingDeletes: integerIn(countGone.get(round) ?? {}, 'gone'),
      }
      for (const statement of statements) statement.run(round)
      // Names and confirmation belong to the directory, the only system that we write to.
      if (connector === 'ad') parts.replaceNames(run)
      if (connector === 'ad') parts.confirmShown(run)
      if (connector === 'entra') parts.forgetAbsences()
      for (const [name, value] of Object.entries(watermarks)) parts.setWatermark(name, value)
      parts.dropStaging(run)
      return counters
    })
}

const staged = 'staged_object s LEFT JOIN connector_object c ON c.connector = s.connector AND c.anchor = s.anchor'
const ofRound = 's.run = :run AND s.connector = :connector'
const differs = '(s.dn IS NOT c.dn OR s.fingerprint IS NOT c.fingerprint)'
const gone = `c.connector = :connector
  AND NOT EXISTS (SELECT 1 FROM staged_object s WHERE s.run = :run AND s.connector = c.connector AND s.anchor = c.anchor)
  AND NOT EXISTS (SELECT 1 FROM staged_unreadable u WHERE u.run = :run AND u.connector = c.connector AND u.anchor = c.anchor)`
/** Disconnectors whose object is gone; links stay, see `StoreReader.danglingLinks`. */
const disconnectorOfGone = `l.connector = :connector AND l.disconnector IS NOT NULL
  AND EXISTS (SELECT 1 FROM connector_object c WHERE c.anchor = l.anchor AND ${gone})`
const historyColumns = 'connector, anchor, object_type, dn, content, valid_from_run, valid_to_run'
const version = 'c.connector, c.anchor, c.object_type, c.dn, c.content, c.valid_from_run, :run'

// A version that this very run made is replaced without a trace: it was never anybody's "as of".
const sql = {
  compare: `SELECT count(*) FILTER (WHERE c.anchor IS NULL) AS adds,
      count(*) FILTER (WHERE c.anchor IS NOT NULL AND s.dn IS NOT c.dn) AS renames,
      count(*) FILTER (WHERE c.anchor IS NOT NULL AND s.dn IS c.dn AND s.fingerprint IS NOT c.fingerprint) AS updates,
      count(*) FILTER (WHERE c.anchor IS NOT NULL AND NOT ${differs}) AS unchanged
    FROM ${staged} WHERE ${ofRound}`,
  countGone: `SELECT count(*) AS gone FROM connector_object c WHERE ${gone}`,
  noteChanged: `INSERT INTO run_object (run, counter, id, connector)
    SELECT :run, CASE WHEN c.anchor IS NULL THEN 'stagingAdds' WHEN s.dn IS NOT c.dn THEN 'stagingRenames' ELSE 'stagingUpdates' END, s.anchor, s.connector
    FROM ${staged} WHERE ${ofRound} AND (c.anchor IS NULL OR ${differs})`,
  noteGone: `INSERT INTO run_object (run, counter, id, connector) SELECT :run, 'stagingDeletes', c.anchor, c.connector FROM connector_object c WHERE ${gone}`,
  keepChanged: `INSERT INTO connector_object_history (${historyColumns}) SELECT ${version} FROM ${staged}
    WHERE ${ofRound} AND c.anchor IS NOT NULL AND ${differs} AND c.valid_from_run < :run`,
  keepGone: `INSERT INTO connector_object_history (${historyColumns}) SELECT ${version} FROM connector_object c
    WHERE ${gone} AND c.valid_from_run < :run`,
  endDisconnectorsOfGone: `INSERT INTO connector_link_history (connector, anchor, metaverse_id, disconnector, valid_from_run, valid_to_run)
    SELECT l.connector, l.anchor, l.metaverse_id, l.disconnector, l.valid_from_run, :run FROM connector_link l
    WHERE ${disconnectorOfGone} AND l.valid_from_run < :run`,
  forgetDisconnectorsOfGone: `DELETE FROM connector_link AS l WHERE ${disconnectorOfGone}`,
  deleteGone: `DELETE FROM connector_object AS c WHERE ${gone}`,
  putStaged: `INSERT INTO connector_object (connector, anchor, object_type, dn, dn_key, content, fingerprint, upn_key, valid_from_run)
    SELECT s.connector, s.anchor, s.object_type, s.dn, s.dn_key, s.content, s.fingerprint, s.upn_key, :run FROM ${staged}
    WHERE ${ofRound} AND (c.anchor IS NULL OR ${differs}) ORDER BY s.anchor
    ON CONFLICT (connector, anchor) DO UPDATE SET object_type = excluded.object_type, dn = excluded.dn, dn_key = excluded.dn_key,
      content = excluded.content, fingerprint = excluded.fingerprint, upn_key = excluded.upn_key, valid_from_run = excluded.valid_from_run`,
} as const
