import type { DatabaseSync } from 'node:sqlite'
import type { DelegationChange } from '../../../shared/domain/delegationPlan.ts'
import { parseSid, type Sid } from '../../../shared/domain/ids.ts'
import type { DelegationEntry, DelegationJournalReader, DelegationJournalWriter, DelegationOutcome, NewDelegationEntry } from '../delegationJournal.ts'
import { storeBug } from '../storeError.ts'
import type { Answer } from './answer.ts'
import type { Columns } from './columns.ts'
import { integerIn, millisecondsOf, textIn, textOrNullIn } from './columns.ts'
import { inTransaction } from './transaction.ts'

export function readDelegationJournal(database: DatabaseSync, answer: Answer): DelegationJournalReader {
  const open = database.prepare('SELECT * FROM delegation_entry WHERE outcome IS NULL AND domain_sid = ? ORDER BY id')
  const ofRun = database.prepare('SELECT * FROM delegation_entry WHERE run = ? ORDER BY id')
  // A change that was found done after a crash is one change, whatever plan or run had it.
  const since = database.prepare(
    `SELECT count(DISTINCT plan_hash || change_hash) AS changes FROM delegation_entry WHERE outcome_kind IN ('done', 'foundDone') AND outcome_milliseconds >= ?`,
  )
  const ofPlan = database.prepare(`SELECT DISTINCT change_hash FROM delegation_entry WHERE plan_hash = ? AND outcome_kind IN ('done', 'foundDone')`)
  const lastPrivileged = database.prepare(
    `SELECT * FROM delegation_entry WHERE domain_sid = ? AND needs_privilege = 1 AND outcome_kind IN ('done', 'refused') ORDER BY id DESC LIMIT 1`,
  )
  return {
    openDelegationEntries: (domainSid) => answer(() => open.all(domainSid).map(entryOf)),
    delegationJournalOfRun: (run) => answer(() => ofRun.all(run).map(entryOf)),
    delegationChangesSince: (instant) => answer(() => integerIn(since.get(millisecondsOf(instant)) ?? {}, 'changes')),
    delegationWrittenByPlan: (planHash) => answer(() => new Set(ofPlan.all(planHash).map((row) => textIn(row, 'change_hash')))),
    lastPrivilegedDelegation: (domainSid) => answer(() => {
      const row = lastPrivileged.get(domainSid)
      return row === undefined ? null : entryOf(row)
    }),
  }
}

/** On the connection with synchronous FULL. Triggers of the schema refuse to change what was written. */
export function writeDelegationJournal(database: DatabaseSync, answer: Answer): Omit<DelegationJournalWriter, keyof DelegationJournalReader> {
  const insert = database.prepare(
    `INSERT INTO delegation_entry (run, plan_hash, change_hash, domain_sid, controller, bound_as, change, needs_privilege, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
  )
  const byId = database.prepare('SELECT * FROM delegation_entry WHERE id = ?')
  const end = database.prepare('UPDATE delegation_entry SET outcome = ?, outcome_kind = ?, outcome_milliseconds = ? WHERE id = ?')
  const before = ({ run, planHash, changeHash, domainSid, controller, boundAs, change, at }: NewDelegationEntry): number =>
    inTransaction(database, () => integerIn(insert.get(run, planHash, changeHash, domainSid, controller, boundAs, JSON.stringify(change), change.needsPrivilege ? 1 : 0, at) ?? {}, 'id'))
  const after = (id: number, outcome: DelegationOutcome): void => inTransaction(database, () => {
    const row = byId.get(id)
    if (row === undefined) throw storeBug(`There is no journal entry ${id} of delegation.`)
    const former = entryOf(row).outcome
    if (former !== null) throw storeBug(`Journal entry ${id} of delegation has its outcome (${former.kind}) already.`)
    end.run(JSON.stringify(outcome), outcome.kind, millisecondsOf(outcome.at), id)
  })
  return {
    delegationJournalBefore: (entry) => answer(() => before(entry)),
    delegationJournalAfter: (id, outcome) => answer(() => after(id, outcome)),
  }
}

function entryOf(row: Columns): DelegationEntry {
  const outcome = textOrNullIn(row, 'outcome')
  return {
    id: integerIn(row, 'id'),
    run: integerIn(row, 'run'),
    planHash: textIn(row, 'plan_hash'),
    changeHash: textIn(row, 'change_hash'),
    domainSid: sidIn(row),
    controller: textIn(row, 'controller'),
    boundAs: textIn(row, 'bound_as'),
    change: JSON.parse(textIn(row, 'change')) as DelegationChange,
    at: textIn(row, 'at'),
    outcome: outcome === null ? null : (JSON.parse(outcome) as DelegationOutcome),
  }
}

function sidIn(row: Columns): Sid {
  const sid = parseSid(textIn(row, 'domain_sid'))
  if (!sid.ok) throw new TypeError(`Column domain_sid holds "${sid.problem.text}" instead of a SID`)
  return sid.value
}
