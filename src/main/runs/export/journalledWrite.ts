import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { PlanLine } from '../../../shared/domain/plan.ts'
import type { JournalAction, StoreWriter } from '../../store/store.ts'
import { leavesOutcomeOpen } from '../../connectors/leavesOutcomeOpen.ts'
import { recordConsequences, type Consequences } from './recordConsequences.ts'

export type ExportJournal = {
  readonly store: StoreWriter
  readonly run: number
  readonly planHash: string
  readonly now: () => string
  readonly consequences: Consequences
}

export type Write = { readonly action: JournalAction; readonly anchor: string | null; readonly isLast: boolean }

/** One write between its two journal entries (invariant 7). An entry that stays open means: look at the directory. */
export async function journalled(
  journal: ExportJournal, line: PlanLine, write: Write, perform: () => Promise<Result<string | null, Problem>>,
): Promise<Result<string | null, Problem>> {
  const { store, run, planHash, now } = journal
  const id = await store.journalBefore({
    run, planHash, changeHash: line.hash, change: line.change, dn: line.change.dn, at: now(), ...write,
  })
  const result = await perform()
  if (result.ok) {
    const anchor = result.value ?? write.anchor
    const at = now()
    await store.journalAfter(id, { kind: 'done', at, anchor })
    if (anchor !== null) await recordConsequences(store, journal.consequences, { run, change: line.change, action: write.action, isLast: write.isLast, anchor, at })
    return succeed(anchor)
  }
  // Without an answer nobody knows whether the write took place: the entry stays open for the next export.
  if (!leavesOutcomeOpen(result.problem)) await store.journalAfter(id, { kind: 'refused', at: now(), problem: result.problem })
  return fail(result.problem)
}
