import { useState, type ReactNode } from 'react'
import type { PlanSummary } from '../../../../shared/api/contract.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob, useJobs } from '../../app/jobs.ts'
import { useClient } from '../../app/service.tsx'
import { formatNumber, texts } from '../../texts.ts'
import { ApprovalDialog, type Lift } from '../../ui/ApprovalDialog.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { sentenceOfPlan } from './planSentence.ts'

/** Approve, confirm with the counts in words, export. What is approved is exactly what is seen: the hash goes along. */
export function ApproveButton({ plan, hash }: { readonly plan: PlanSummary; readonly hash: string }): ReactNode {
  const client = useClient()
  const [problem, setProblem] = useState<Problem | null>(null)
  const approve = async (lifts: readonly Lift[]): Promise<void> => {
    setProblem(null)
    const result = await startJob(client, 'plan.exportCurrent', { approve: hash, lifts })
    // What a job ends with is shown by `LastExport`, after a reload too; here is what kept it from beginning.
    if (!result.ok && !useJobs.getState().jobs.some((job) => job.problem === result.problem)) setProblem(result.problem)
  }
  return (
    <>
      <ApprovalDialog trigger={texts.changes.approve(formatNumber(plan.counts.total))} title={texts.changes.approveTitle} sentences={[sentenceOfPlan(plan)]} hash={hash} blocked={plan.blocked} onApprove={(lifts) => void approve(lifts)} />
      {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
    </>
  )
}
