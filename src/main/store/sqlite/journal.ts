import type { DatabaseSync } from 'node:sqlite'
import type { Change } from '../../../shared/domain/change.ts'
import type { JournalAction, JournalEntry, JournalOutcome, NewJournalEntry } from '../store.ts'
import { storeBug } from '../storeError.ts'
import type { writeAwaiting } from './awaitingConfirmation.ts'
import type { Columns } from './columns.ts'
import { integerIn, millisecondsOf, textIn, textOrNullIn } from './columns.ts'
import { inTransaction } from './transaction.ts'

const entries = `
  SELECT e.id, e.run, e.action, e.is_last, e.dn, e.anchor, e.at, e.outcome, c.plan_hash, c.change_hash, c.change
  FROM journal_entry e JOIN journal_change c ON c.id = e.change`

export function readJournal(database: DatabaseSync) {
  const open = database.prepare(`${entries} WHERE e.outcome IS NULL ORDER BY e.id`)
  const ofRun = database.prepare(`${entries} WHERE e.run = ? ORDER BY e.id`)
  // A change whose last write was found done after a crash and written again in a resumed run is still one change.
  const writtenSince = database.prepare(
    `SELECT change FROM journal_change WHERE id IN (
       SELECT change FROM journal_entry WHERE outcome_kind IN ('done', 'foundDone') AND is_last = 1 AND outcome_milliseconds >= ?
     ) ORDER BY id`,
  )
  const writtenByPlan = database.prepare(
    `SELECT change_hash FROM journal_change c WHERE plan_hash = ? AND EXISTS (
       SELECT 1 FROM journal_entry e WHERE e.change = c.id AND e.is_last = 1 AND e.outcome_kind IN ('done', 'foundDone')
     )`,
  )
  return {
    open: (): readonly JournalEntry[] => open.all().map(entryOf),
    ofRun: (run: number): readonly JournalEntry[] => ofRun.all(run).map(entryOf),
    writtenSince: (instant: string): readonly Change[] =>
      writtenSince.all(millisecondsOf(instant)).map((row) => JSON.parse(textIn(row, 'change')) as Change),
    writtenByPlan: (planHash: string): ReadonlySet<string> => new Set(writtenByPlan.all(planHash).map((row) => textIn(row, 'change_hash'))),
  }
}

/** On a connection of its own with synchronous FULL. Triggers of the schema refuse to change what was written. */
export function writeJournal(database: DatabaseSync, awaiting: ReturnType<typeof writeAwaiting>) {
  const findChange = database.prepare('SELECT id FROM journal_change WHERE plan_hash = ? AND change_hash = ?')
  const insertChange = database.prepare(
    'INSERT INTO journal_change (plan_hash, change_hash, kind, metaverse_id, change) VALUES (?, ?, ?, ?, ?) RETURNING id',
  )
  const insert = database.prepare('INSERT INTO journal_entry (run, change, action, is_last, dn, anchor, at) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id')
  const byId = database.prepare(`${entries} WHERE e.id = ?`)
  const end = database.prepare('UPDATE journal_entry SET outcome = ?, outcome_kind = ?, outcome_milliseconds = ? WHERE id = ?')

  const changeId = ({ planHash, changeHash, change }: NewJournalEntry): number => {
    const row = findChange.get(planHash, changeHash)
      ?? insertChange.get(planHash, changeHash, change.kind, change.metaverseId, JSON.stringify(change))
    return integerIn(row ?? {}, 'id')
  }
  return {
    before(entry: NewJournalEntry): number {
      return inTransaction(database, () => {
        const row = insert.get(entry.run, changeId(entry), entry.action, entry.isLast ? 1 : 0, entry.dn, entry.anchor, entry.at)
        return integerIn(row ?? {}, 'id')
      })
    },
    after(id: number, outcome: JournalOutcome): void {
      inTransaction(database, () => {
        const row = byId.get(id)
        if (row === undefined) throw storeBug(`There is no journal entry ${id}.`)
        const entry = entryOf(row)
        if (entry.outcome !== null) throw storeBug(`Journal entry ${id} has its outcome (${entry.outcome.kind}) already.`)
        end.run(JSON.stringify(outcome), outcome.kind, millisecondsOf(outcome.at), id)
        if (outcome.kind === 'done' || outcome.kind === 'foundDone') awaiting.expect(entry, outcome.anchor)
      })
    },
  }
}

function entryOf(row: Columns): JournalEntry {
  const outcome = textOrNullIn(row, 'outcome')
  return {
    id: integerIn(row, 'id'),
    run: integerIn(row, 'run'),
    planHash: textIn(row, 'plan_hash'),
    changeHash: textIn(row, 'change_hash'),
    change: JSON.parse(textIn(row, 'change')) as Change,
    action: textIn(row, 'action') as JournalAction,
    isLast: integerIn(row, 'is_last') === 1,
    dn: textIn(row, 'dn'),
    anchor: textOrNullIn(row, 'anchor'),
    at: textIn(row, 'at'),
    outcome: outcome === null ? null : (JSON.parse(outcome) as JournalOutcome),
  }
}
