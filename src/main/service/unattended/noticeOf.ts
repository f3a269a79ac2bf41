import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { UnattendedOutcome } from '../../../shared/api/unattendedCalls.ts'
import type { Notice } from '../../unattended/notify/notice.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'

/** What somebody is told; null: nothing that anybody needs to know. Holds counts and names of objects of ours, no personal data of guests. */
export function noticeOf({ folder, configuration: { id, name }, now }: Pick<WorkspaceSession, 'folder' | 'configuration' | 'now'>, end: UnattendedOutcome['end'], planHash: string | null, planned: number): Notice | null {
  const base = { at: now(), workspace: { id, name, folder }, planHash }
  switch (end.kind) {
    case 'nothingToDo': return null
    case 'waits': return {
      ...base, kind: 'planWaits', title: `A plan of ${planned} changes waits for a person`,
      text: [`Nothing was written.`, ...end.reasons, `Plan ${planHash ?? ''}`, 'Review it in the window, or with "guestbridge plan".'].join('\n'),
    }
    case 'failed': return {
      ...base, kind: 'runFailed', title: 'An unattended cycle failed',
      text: [end.problem.message, `→ ${end.problem.remedy}`].join('\n'),
    }
    case 'exported': {
      const { run } = end
      const counters = Object.entries(run.counters).map(([counter, count]) => `${counter} ${count}`).join(', ')
      const isClean = run.status === 'succeeded'
      return {
        ...base, kind: isClean ? 'exported' : 'exportedWithProblems',
        title: isClean ? `${planned} changes were exported` : `${planned} changes were exported, some with problems`,
        text: [`Run ${run.id}: ${counters}`, `Let through by the standing approval of ${end.approvedBy}.`, `Plan ${planHash ?? ''}`].join('\n'),
      }
    }
    default: return assertNever(end)
  }
}
