import type { DatabaseSync } from 'node:sqlite'
import type { Attributes, Value } from '../../../shared/domain/attributes.ts'
import { firstValue, sameValues, valuesOf } from '../../../shared/domain/attributes.ts'
import type { AttributeChange, Change } from '../../../shared/domain/change.ts'
import type { ConnectorRow } from '../store.ts'
import { integerIn, listParameter, textIn, textOrNullIn } from './columns.ts'
import type { readConnectorSpace } from './connectorSpace.ts'

type Write = { readonly run: number; readonly change: Change; readonly anchor: string }

/**
 * Attributes that somebody else has set back (sync-semantics 19): our last write of them was confirmed, the account had our
 * value when that export had ended, and a later import brought the very value that we had replaced. Another value is
 * drift, which is corrected (sync-semantics 1); what never became ours was not confirmed; a new account had no former values.
 */
export function readUndoneByOthers(database: DatabaseSync, connectorSpace: ReturnType<typeof readConnectorSpace>) {
  const writes = database.prepare(
    `SELECT c.metaverse_id, c.change, e.run, coalesce(json_extract(e.outcome, '$.anchor'), e.anchor) AS anchor
     FROM journal_change c JOIN journal_entry e ON e.change = c.id
     WHERE c.metaverse_id IN (SELECT value FROM json_each(?)) AND e.is_last = 1 AND e.outcome_kind IN ('done', 'foundDone')
     ORDER BY c.metaverse_id, e.id DESC`,
  )
  const undoneIn = (ours: readonly Write[]): readonly string[] => {
    const judged = new Set<string>()
    const undone: string[] = []
    for (const write of ours) {
      const attributes = write.change.attributes.filter(({ name, isGenerated }) => isGenerated !== true && !judged.has(name))
      for (const { name } of attributes) judged.add(name)
      undone.push(...undoneOf(write, attributes))
    }
    return undone.sort()
  }
  const undoneOf = ({ run, anchor, change }: Write, attributes: readonly AttributeChange[]): readonly string[] => {
    const now = connectorSpace.row('ad', anchor)
    if (now === null || now.importedBy <= run) return []
    const confirmed: ConnectorRow | null = connectorSpace.asOf('ad', anchor, run)
    if (confirmed === null) return []
    const [then, current] = [confirmed.object.attributes, now.object.attributes]
    return change.kind === 'create' ? [] : attributes.filter((attribute) => isUndone(attribute, then, current)).map(({ name }) => name)
  }
  return (metaverseIds: readonly string[]): ReadonlyMap<string, readonly string[]> => {
    const byPerson = new Map<string, Write[]>()
    for (const row of writes.all(listParameter(metaverseIds))) {
      const anchor = textOrNullIn(row, 'anchor')
      if (anchor === null) continue
      const ours = byPerson.get(textIn(row, 'metaverse_id')) ?? []
      ours.push({ run: integerIn(row, 'run'), change: JSON.parse(textIn(row, 'change')) as Change, anchor })
      byPerson.set(textIn(row, 'metaverse_id'), ours)
    }
    return new Map([...byPerson].map(([id, ours]) => [id, undoneIn(ours)] as const).filter(([, names]) => names.length > 0))
  }
}

function isUndone({ name, before, after }: AttributeChange, then: Attributes, now: Attributes): boolean {
  if (name === 'userAccountControl') return isUndoneByBit(before[0], after[0], firstValue(then, name), firstValue(now, name))
  return !sameValues(before, after) && sameValues(valuesOf(then, name), after) && sameValues(valuesOf(now, name), before)
}

/** Only the bits that we changed are ours; a new account's other bits belong to the directory. */
function isUndoneByBit(before: Value | undefined, after: Value | undefined, then: Value | null, now: Value | null): boolean {
  if (typeof before !== 'number' || typeof after !== 'number' || typeof then !== 'number' || typeof now !== 'number') return false
  const ours = before ^ after
  return ((then ^ after) & ours) === 0 && ((now ^ after) & ours) !== 0
}
