import { useState, type ReactNode } from 'react'
import type { ShownDelegationPlan } from '../../../../shared/api/delegationPlanCalls.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob, useJobs } from '../../app/jobs.ts'
import { useClient } from '../../app/service.tsx'
import { delegationTexts } from '../../texts/delegation.ts'
import { ApprovalDialog, type Lift } from '../../ui/ApprovalDialog.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

type PlanApprovalProps = { readonly plan: ShownDelegationPlan; /** Something was written, or could have been: the plan is a former one now. */ readonly onExported: () => void }

/** The words, the hash, the limit; what came of it is shown above the map, after a reload too. */
export function PlanApproval({ plan, onExported }: PlanApprovalProps): ReactNode {
  const client = useClient()
  const [problem, setProblem] = useState<Problem | null>(null)
  const { hash, lines, threshold, privilege } = plan
  const accounts = new Set(lines.map(({ change }) => change.anchor)).size
  const words = delegationTexts.plan
  const blocked = threshold.isExceeded ? [{ kind: 'delegation', planned: threshold.planned + threshold.recent, limit: threshold.limit, unit: 'count', managedAccounts: 0 } as const] : []
  const approve = async (lifts: readonly Lift[]): Promise<void> => {
    setProblem(null)
    const result = await startJob(client, 'delegation.export', { approve: hash, path: null, lifts })
    if (result.ok) return onExported()
    // What a job ends with is shown above the map; here is what kept it from beginning.
    if (!useJobs.getState().jobs.some((job) => job.problem === result.problem)) setProblem(result.problem)
  }
  return (
    <>
      <ApprovalDialog trigger={words.approve} title={words.approveTitle} sentences={[words.sentence(lines.length, accounts), ...lines.map(({ change }) => change.reason), privilege.why]} hash={hash} blocked={blocked} onApprove={(lifts) => void approve(lifts)} />
      {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
    </>
  )
}
