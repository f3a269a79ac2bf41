import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { textIn } from './columns.ts'
import type { MetaverseWriter } from './metaverseVersions.ts'

type OwnObject = { readonly connector: string; readonly anchor: string }

/** By metaverse id. What waits for confirmation or approval is not among them. */
const ofPerson = [
  'DELETE FROM connector_link WHERE metaverse_id = ?',
  'DELETE FROM connector_link_history WHERE metaverse_id = ?',
  'DELETE FROM metaverse_object_history WHERE id = ?',
  'DELETE FROM own_disable WHERE metaverse_id = ?',
  'DELETE FROM hold WHERE metaverse_id = ?',
  'DELETE FROM pending_skip WHERE metaverse_id = ?',
  'DELETE FROM pending_export_history WHERE metaverse_id = ?',
  `DELETE FROM join_decision WHERE json_extract(decision, '$.metaverseId') = ?`,
  'DELETE FROM run_object WHERE id = ?',
  `DELETE FROM run_problem WHERE json_extract(problem, '$.object') = ?`,
] as const

/** By connector and anchor, for each object that is or was the person's and is nobody else's now. */
const ofObject = [
  'DELETE FROM connector_object WHERE connector = :connector AND anchor = :anchor',
  'DELETE FROM connector_object_history WHERE connector = :connector AND anchor = :anchor',
  'DELETE FROM connector_link WHERE connector = :connector AND anchor = :anchor',
  'DELETE FROM connector_link_history WHERE connector = :connector AND anchor = :anchor',
  'DELETE FROM run_object WHERE connector = :connector AND id = :anchor',
  `DELETE FROM run_problem WHERE json_extract(problem, '$.connector') = :connector AND json_extract(problem, '$.object') = :anchor`,
  `DELETE FROM domain_name WHERE :connector = 'ad' AND anchor = :anchor`,
  `DELETE FROM join_decision WHERE :connector = 'ad' AND anchor = :anchor`,
  `DELETE FROM absence WHERE :connector = 'entra' AND id = :anchor`,
] as const

/**
 * Removes one person and the objects that only this person has. Journal entries that wait for their outcome, or for a
 * confirmation, keep the journal of the person, without which a half-made account could not be told from a foreign one.
 * Inside of a transaction of the caller.
 */
export function purgePerson(database: DatabaseSync, metaverse: MetaverseWriter) {
  const personStatements = ofPerson.map((sql) => database.prepare(sql))
  const objectStatements = ofObject.map((sql) => database.prepare(sql))
  const own = database.prepare(
    `SELECT connector, anchor FROM connector_link WHERE metaverse_id = :id
     UNION SELECT connector, anchor FROM connector_link_history h WHERE metaverse_id = :id AND NOT EXISTS (
       SELECT 1 FROM connector_link l WHERE l.connector = h.connector AND l.anchor = h.anchor AND l.metaverse_id <> :id)`,
  )
  const purgeJournal = journalPurge(database)
  return (metaverseId: string): number => {
    const objects = own.all({ id: metaverseId }).map((row): OwnObject => ({ connector: textIn(row, 'connector'), anchor: textIn(row, 'anchor') }))
    // Links first: they refer to the metaverse object, whose index and text go with it.
    const rows = [
      ...personStatements.map((statement) => changesOf(statement, metaverseId)),
      ...objects.flatMap((object) => objectStatements.map((statement) => changesOf(statement, object))),
      metaverse.forget(metaverseId),
      purgeJournal(metaverseId),
    ]
    return rows.reduce((sum, count) => sum + count, 0)
  }
}

function journalPurge(database: DatabaseSync): (metaverseId: string) => number {
  const isAwaited = database.prepare(
    `SELECT 1 FROM awaiting_confirmation WHERE metaverse_id = :id UNION ALL
     SELECT 1 FROM journal_entry e JOIN journal_change c ON c.id = e.change WHERE c.metaverse_id = :id AND e.outcome IS NULL LIMIT 1`,
  )
  const entries = database.prepare('DELETE FROM journal_entry WHERE change IN (SELECT id FROM journal_change WHERE metaverse_id = ?)')
  const changes = database.prepare('DELETE FROM journal_change WHERE metaverse_id = ?')
  return (metaverseId) =>
    isAwaited.get({ id: metaverseId }) === undefined ? changesOf(entries, metaverseId) + changesOf(changes, metaverseId) : 0
}

function changesOf(statement: StatementSync, parameter: string | OwnObject): number {
  const { changes } = typeof parameter === 'string' ? statement.run(parameter) : statement.run(parameter)
  return Number(changes)
}
