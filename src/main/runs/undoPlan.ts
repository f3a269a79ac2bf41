import { changeKinds, type Change, type ExistingChange } from '../../shared/domain/change.ts'
import { parseObjectGuid, type ObjectGuid } from '../../shared/domain/ids.ts'
import type { DeletedAccount } from '../../shared/domain/lifecycle.ts'
import type { PlanHeader, PlanLine } from '../../shared/domain/plan.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { EngineSettings } from '../engine/contract.ts'
import { planUndo, type UndoPlan, type WrittenChange } from '../engine/undo.ts'
import type { JournalEntry, StoreReader } from '../store/store.ts'
import { summarize, type Plan } from './plan.ts'
import { hashChange } from './planHash.ts'

export type UndoRequest = {
  /** An export. */
  readonly run: number
  /** What becomes of accounts that it made: with `deleted` their SIDs are lost (sync-semantics 15). */
  readonly created: 'disabled' | 'deleted'
  /** Of the last synchronisation's plan: what the undo is bound to. */
  readonly header: PlanHeader
  readonly rulesHash: string
  /** ISO 8601 in UTC. */
  readonly now: string
  readonly settings: Pick<EngineSettings, 'managedOus' | 'leavers'>
  /** Asked only where the run deleted accounts. */
  readonly lookUpDeleted: (anchors: readonly ObjectGuid[]) => Promise<Result<DeletedNow, Problem>>
}

export type DeletedNow = { readonly accounts: ReadonlyMap<string, DeletedAccount>; readonly isRecycleBinOn: boolean }
export type PlannedUndo = { readonly plan: Plan; readonly impossible: UndoPlan['impossible'] }

/** The plan that takes back what an export wrote: what it wrote is in the journal, what is there now in the connector space. */
export async function makeUndoPlan(store: StoreReader, request: UndoRequest): Promise<Result<PlannedUndo, Problem>> {
  const run = await store.run(request.run)
  if (run === null || run.step !== 'export') return fail(notAnExport(request.run, run !== null))
  const changes = writtenChanges(await store.journalOfRun(request.run))
  const rows = await store.connectorRows('ad', changes.map(({ anchor }) => anchor))
  const gone = changes.filter(({ change }) => change.kind === 'delete').flatMap(({ anchor }) => parsedAnchor(anchor))
  const deleted = gone.length > 0 ? await request.lookUpDeleted(gone) : succeed<DeletedNow>({ accounts: new Map(), isRecycleBinOn: false })
  if (!deleted.ok) return deleted
  const undo = planUndo({
    run: request.run, changes, deleteCreated: request.created === 'deleted', deleted: deleted.value.accounts,
    settings: { ...request.settings, isRecycleBinOn: deleted.value.isRecycleBinOn },
    current: new Map(rows.map(({ object }) => [object.anchor, object])),
  })
  return succeed({ plan: await planOf(headerOf(request), undo.changes), impossible: undo.impossible })
}

/** Of each account the last change that had an effect; a write that was refused had none. */
function writtenChanges(entries: readonly JournalEntry[]): readonly WrittenChange[] {
  const written = new Map<string, WrittenChange>()
  for (const { change, outcome, anchor } of entries) {
    if (outcome === null || outcome.kind === 'refused' || outcome.kind === 'foundNotDone') continue
    const known = outcome.anchor ?? anchor ?? change.anchor
    if (known !== null) written.set(change.metaverseId, { change, anchor: known })
  }
  return [...written.values()]
}

function parsedAnchor(text: string): readonly ObjectGuid[] {
  const anchor = parseObjectGuid(text)
  return anchor.ok ? [anchor.value] : []
}

function headerOf({ header, run, created, rulesHash, now }: UndoRequest): PlanHeader {
  return { ...header, rulesHash, plannedAt: now, purpose: { kind: 'undo', run, created } }
}

async function planOf(header: PlanHeader, changes: readonly ExistingChange[]): Promise<Plan> {
  const sorted = changes.toSorted((left, right) => orderOf(left) - orderOf(right) || (left.metaverseId < right.metaverseId ? -1 : 1))
  const all = sorted.map((change): PlanLine => ({ change, hash: hashChange(change) }))
  const lines = async function* () { yield* all }
  return { header, lines, ...(await summarize(header, lines())) }
}

function orderOf({ kind }: Change): number {
  return changeKinds.indexOf(kind)
}

function notAnExport(run: number, exists: boolean): Problem {
  return {
    kind: 'notFoundInWorkspace',
    message: exists ? `Run ${run} wrote nothing to the directory: it is no export.` : `There is no run ${run} in this workspace.`,
    remedy: 'See the exports with "guestbridge history --step export".',
  }
}
