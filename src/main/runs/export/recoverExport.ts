import { parseObjectGuid, type ObjectGuid } from '../../../shared/domain/ids.ts'
import { sameValues } from '../../../shared/domain/attributes.ts'
import type { Change } from '../../../shared/domain/change.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import { sameDn } from '../../../shared/domain/dn.ts'
import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { leavesOutcomeOpen } from '../../connectors/leavesOutcomeOpen.ts'
import type { JournalEntry } from '../../store/store.ts'
import type { RunContext } from '../runContext.ts'
import { completeHalfMade } from './createAccount.ts'
import type { Written } from './confirm.ts'
import { valuesIgnoringCase } from './drift.ts'
import type { DirectoryTarget } from './directoryTarget.ts'
import type { ExportJournal } from './journalledWrite.ts'
import { recordConsequences } from './recordConsequences.ts'
import { completeRestored } from './restoreAccount.ts'

/**
 * After an export that did not come to its end: what is in the journal without outcome is looked up in the directory, and
 * accounts that were added but not finished are finished. Nothing is done twice (invariant 7); half-made accounts are
 * recognised by the journal alone (sync-semantics 8). Returns what the confirming import has still to show, and what could
 * not be finished: that waits for the next export, and hinders no other account.
 */
export async function recoverExport(context: RunContext, journal: ExportJournal, target: DirectoryTarget): Promise<Result<Recovered, Problem>> {
  const open = await context.store.openJournalEntries()
  for (const entry of open) {
    const settled = await settle(context, target, entry)
    if (!settled.ok) return settled
  }
  const written: Written[] = []
  const problems: ObjectProblem[] = []
  for (const awaiting of await context.store.awaitingConfirmation()) {
    const entries = (await context.store.journalOfRun(awaiting.run)).filter((entry) => entry.change.metaverseId === awaiting.metaverseId)
    const finished = await finish(context, journal, target, entries)
    if (!finished.ok && leavesOutcomeOpen(finished.problem)) return finished
    if (!finished.ok) problems.push({ ...finished.problem, connector: 'ad', object: awaiting.anchor ?? awaiting.dn })
    else if (finished.value !== null) written.push(finished.value)
  }
  return succeed({ written, problems })
}

export type Recovered = { readonly written: readonly Written[]; readonly problems: readonly ObjectProblem[] }

async function settle(context: RunContext, target: DirectoryTarget, entry: JournalEntry): Promise<Result<null, Problem>> {
  const anchor = parseObjectGuid(entry.anchor ?? '')
  const wanted = anchor.ok ? anchor.value : entry.change.dn
  const names = ['userAccountControl', 'whenCreated', 'pwdLastSet', ...entry.change.attributes.map(({ name }) => name)]
  const found = await target.reader.readObject(wanted, names, context.signal)
  if (!found.ok) return found
  const isDone = wasCarriedOut(entry, found.value)
  await context.store.journalAfter(entry.id, { kind: isDone ? 'foundDone' : 'foundNotDone', at: context.now(), anchor: found.value?.anchor ?? entry.anchor })
  return succeed(null)
}

/** Whether the directory shows the effect of a write that never got its answer. */
function wasCarriedOut(entry: JournalEntry, now: ConnectorObject | null): boolean {
  const { change, action } = entry
  if (action === 'delete') return now === null
  if (now === null) return false
  if (action === 'setPassword') return false // Setting it once more is harmless, and nothing shows whether it was set.
  if (action === 'restore') return true // A deleted object is not found, so what is found is back.
  if (action === 'enable' || action === 'setUserAccountControl') return hasPlannedBits(change, now)
  if (action === 'move') return change.kind !== 'create' && change.newDn !== null && now.dn !== null && sameDn(now.dn, change.newDn)
  const own = change.attributes.filter(({ name, isGenerated }) => isGenerated !== true && name.toLowerCase() !== 'useraccountcontrol')
  return own.every(({ name, after }) => sameValues(after, valuesIgnoringCase(now, name)))
}

/** Of an existing account only the bits that the plan changes count: the directory may have set others since. */
function hasPlannedBits(change: Change, now: ConnectorObject): boolean {
  const planned = change.attributes.find(({ name }) => name.toLowerCase() === 'useraccountcontrol')
  if (planned === undefined) return false
  const [before, after, found] = [Number(planned.before[0] ?? 0), Number(planned.after[0] ?? 0), Number(valuesIgnoringCase(now, 'userAccountControl')[0] ?? 0)]
  const changed = change.kind === 'create' || change.kind === 'restore' ? ~0 : before ^ after
  return ((found ^ after) & changed) === 0
}

async function finish(context: RunContext, journal: ExportJournal, target: DirectoryTarget, entries: readonly JournalEntry[]): Promise<Result<Written | null, Problem>> {
  const last = entries.at(-1)
  const anchorText = entries.map(({ outcome, anchor }) => (outcome !== null && 'anchor' in outcome ? outcome.anchor : null) ?? anchor).findLast((text) => text !== null)
  const anchor = parseObjectGuid(anchorText ?? '')
  if (last === undefined || !anchor.ok) return succeed(null)
  // The process may have died between a write and what follows from it.
  for (const { run, change, action, isLast, at } of entries.filter(isDone)) {
    await recordConsequences(context.store, journal.consequences, { run, change, action, isLast, anchor: anchor.value, at })
  }
  if (entries.some((entry) => entry.isLast && isDone(entry))) return succeed({ change: last.change, anchor: anchor.value })
  return complete(context, { ...journal, planHash: last.planHash }, target, last, anchor.value)
}

/** What was half-made is finished; any other change that stopped half-way is planned anew from what the directory has. */
async function complete(context: RunContext, journal: ExportJournal, target: DirectoryTarget, { change, changeHash }: JournalEntry, anchor: ObjectGuid): Promise<Result<Written | null, Problem>> {
  const completed = await (change.kind === 'create'
    ? completeHalfMade(journal, target, { hash: changeHash, change }, anchor, context.signal)
    : change.kind === 'restore' ? completeRestored(journal, target, { hash: changeHash, change }, context.signal) : succeed(anchor))
  return completed.ok ? succeed({ change, anchor: completed.value }) : fail(completed.problem)
}

function isDone(entry: JournalEntry): boolean {
  return entry.outcome?.kind === 'done' || entry.outcome?.kind === 'foundDone'
}
