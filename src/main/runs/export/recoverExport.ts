import { parseObjectGuid, type ObjectGuid } from '../../../shared/domain/ids.ts'
import { sameValues } from '../../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { JournalEntry } from '../../store/store.ts'
import type { RunContext } from '../runContext.ts'
import { completeAccount } from './createAccount.ts'
import type { Written } from './confirm.ts'
import { valuesIgnoringCase } from './drift.ts'
import type { DirectoryTarget } from './directoryTarget.ts'
import type { ExportJournal } from './journalledWrite.ts'

/**
 * After an export that did not come to its end: what is in the journal without outcome is looked up in the directory, and
 * accounts that were added but not finished are finished. Nothing is done twice (invariant 7); half-made accounts are
 * recognised by the journal alone (sync-semantics 8). Returns what the confirming import has still to show.
 */
export async function recoverExport(context: RunContext, journal: ExportJournal, target: DirectoryTarget): Promise<Result<readonly Written[], Problem>> {
  const open = await context.store.openJournalEntries()
  for (const entry of open) {
    const settled = await settle(context, target, entry)
    if (!settled.ok) return settled
  }
  const finished = new Map<string, Written>()
  for (const awaiting of await context.store.awaitingConfirmation()) {
    const entries = (await context.store.journalOfRun(awaiting.run)).filter((entry) => entry.change.metaverseId === awaiting.metaverseId)
    const written = await finish(context, journal, target, entries)
    if (!written.ok) return written
    if (written.value !== null) finished.set(awaiting.metaverseId, written.value)
  }
  return succeed([...finished.values()])
}

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
  if (action === 'enable' || action === 'setUserAccountControl') {
    const planned = change.attributes.find(({ name }) => name.toLowerCase() === 'useraccountcontrol')?.after[0]
    return planned !== undefined && Number(valuesIgnoringCase(now, 'userAccountControl')[0]) === Number(planned)
  }
  if (action === 'move') return change.kind !== 'create' && change.newDn !== null && now.dn === change.newDn
  const own = change.attributes.filter(({ name, isGenerated }) => isGenerated !== true && name.toLowerCase() !== 'useraccountcontrol')
  return own.every(({ name, after }) => sameValues(after, valuesIgnoringCase(now, name)))
}

async function finish(context: RunContext, journal: ExportJournal, target: DirectoryTarget, entries: readonly JournalEntry[]): Promise<Result<Written | null, Problem>> {
  const last = entries.at(-1)
  const anchorText = entries.map(({ outcome, anchor }) => (outcome !== null && 'anchor' in outcome ? outcome.anchor : null) ?? anchor).findLast((text) => text !== null)
  const anchor = parseObjectGuid(anchorText ?? '')
  if (last === undefined || !anchor.ok) return succeed(null)
  const isComplete = entries.some((entry) => entry.isLast && isDone(entry))
  if (isComplete || last.change.kind !== 'create') return succeed({ change: last.change, anchor: anchor.value })
  return finishCreate(context, journal, target, last, anchor.value)
}

async function finishCreate(context: RunContext, journal: ExportJournal, target: DirectoryTarget, entry: JournalEntry, anchor: ObjectGuid): Promise<Result<Written | null, Problem>> {
  const { change } = entry
  if (change.kind !== 'create') return succeed(null)
  const line = { hash: entry.changeHash, change }
  const done = await completeAccount({ ...journal, planHash: entry.planHash }, target, line, anchor, context.signal)
  return done.ok ? succeed({ change, anchor: done.value }) : fail(done.problem)
}

function isDone(entry: JournalEntry): boolean {
  return entry.outcome?.kind === 'done' || entry.outcome?.kind === 'foundDone'
}
