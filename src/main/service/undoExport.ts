import type { CallOptions, ExportOutcome, Input } from '../../shared/api/contract.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { Result } from '../../shared/domain/result.ts'
import { exportApproved } from './planHandlers.ts'
import { planUndoIn } from './undoHandlers.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/**
 * Exports the undo plan that a person has read. It is made again as of the moment at which it was shown: where something
 * has changed meanwhile it is another plan with another hash, and the approval does not fit.
 */
export async function exportUndo(session: WorkspaceSession, { run, created, plannedAt, approve, lifts }: Input<'undo.export'>, options: CallOptions): Promise<Result<ExportOutcome, Problem>> {
  const planned = await planUndoIn({ ...session, now: () => plannedAt }, session.reader, { run, created }, options.signal)
  return planned.ok ? exportApproved(session, planned.value.plan, { hash: approve, lifts }, options) : planned
}
