import type { DelegationPlan, ImpossibleUndo } from '../../../shared/domain/delegationPlan.ts'
import type { Sid } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { DelegationWriter } from '../../connectors/delegationPorts.ts'
import type { DelegationEntry } from '../../store/delegationJournal.ts'
import type { StoreReader } from '../../store/store.ts'
import { planUndo, type WrittenDelegation } from '../rules/planning/planUndo.ts'
import { sameDelegationValues } from '../rules/planning/sameDelegationValues.ts'
import { makeDelegationPlan } from './makeDelegationPlan.ts'

export type DelegationUndoRequest = {
  readonly run: number
  readonly workspace: string
  /** ISO 8601 in UTC. */
  readonly now: string
  /** Reads what is there now, in the domain that the run wrote to. */
  readonly openWriter: (domainSid: Sid) => Promise<Result<Pick<DelegationWriter, 'readValues'>, Problem>>
  readonly signal: AbortSignal
}
export type PlannedDelegationUndo = { readonly plan: DelegationPlan; readonly impossible: readonly ImpossibleUndo[] }

/** The plan that takes back what an export of delegation wrote: what it wrote is in the journal, what is there now in the directory. */
export async function planDelegationUndo(store: Pick<StoreReader, 'run' | 'delegationJournalOfRun'>, request: DelegationUndoRequest): Promise<Result<PlannedDelegationUndo, Problem>> {
  const run = await store.run(request.run)
  if (run === null || run.step !== 'delegationExport') return fail(notAnExport(request.run, run !== null))
  const entries = (await store.delegationJournalOfRun(request.run)).filter(({ outcome }) => outcome === null || outcome.kind === 'done' || outcome.kind === 'foundDone')
  const [first] = entries
  if (first === undefined) return fail(nothingWritten(request.run))
  const written = await readNow(entries, first.domainSid, request)
  if (!written.ok) return written
  const { changes, impossible } = planUndo(written.value, request.run)
  const header = { format: 'guestbridge-delegation-plan', version: 1, workspace: request.workspace, domainSid: first.domainSid, readAt: request.now, purpose: { kind: 'undo', run: request.run } } as const
  return succeed({ plan: makeDelegationPlan(header, changes), impossible })
}

async function readNow(entries: readonly DelegationEntry[], domainSid: Sid, { openWriter, signal }: DelegationUndoRequest): Promise<Result<readonly WrittenDelegation[], Problem>> {
  const writer = await openWriter(domainSid)
  if (!writer.ok) return writer
  const written: WrittenDelegation[] = []
  for (const { change, outcome } of entries) {
    const now = await writer.value.readValues(change.anchor, change.attribute, signal)
    if (!now.ok) return now
    // A write without outcome took place where the directory shows it; the next export will say so in the journal.
    const isWritten = outcome !== null || (now.value !== null && sameDelegationValues(change.attribute, now.value.values, change.after))
    // An account that was moved since is taken back where it is now.
    if (isWritten) written.push(now.value === null ? { change, now: null } : { change: { ...change, dn: now.value.dn }, now: now.value.values })
  }
  return succeed(written)
}

function notAnExport(run: number, exists: boolean): Problem {
  return {
    kind: 'notFoundInWorkspace', message: exists ? `Run ${run} changed no delegation.` : `There is no run ${run} in this workspace.`,
    remedy: 'See the exports of delegation with "guestbridge history --step delegationExport".',
  }
}

function nothingWritten(run: number): Problem {
  return { kind: 'notFoundInWorkspace', message: `Run ${run} wrote nothing, so there is nothing to take back.`, remedy: 'See what it met with "guestbridge history" and its number.' }
}
