import { makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { CallName, ExportOutcome } from '../../../shared/api/contract.ts'
import type { PlanBlock } from '../../../shared/domain/plan.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { startJob } from '../app/jobs.ts'
import { useClient } from '../app/service.tsx'
import { ApprovalDialog, type Lift } from './ApprovalDialog.tsx'
import { ExportOutcomeMessage } from './ExportOutcomeMessage.tsx'
import { ProblemMessage } from './ProblemMessage.tsx'

/** A plan as it is on the screen: its hash, what it does in words, and which thresholds it exceeds. */
export type ShownPlan = { readonly hash: string; readonly sentences: readonly string[]; readonly blocked: readonly PlanBlock[] }

type ApprovedExportProps = {
  readonly call: Extract<CallName, 'plan.provision' | 'undo.export'>
  /** What the call wants besides the approval. */
  readonly input: Readonly<Record<string, unknown>>
  readonly trigger: string
  readonly title: string
  /** Null: there is nothing to approve (any more); what came of the last approval stays. */
  readonly plan: ShownPlan | null
}

const useStyles = makeStyles({ parts: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', justifyItems: 'start', gap: tokens.spacingVerticalM }, message: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', width: '100%', ':empty': { display: 'none' } } })

/** Approval in place: words and hash, the write, what came of it. A threshold that stands in the way is offered to be lifted. */
export function ApprovedExport({ call, input, trigger, title, plan }: ApprovedExportProps): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const [outcome, setOutcome] = useState<ExportOutcome | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const approve = async (lifts: readonly Lift[]): Promise<void> => {
    setOutcome(null)
    setProblem(null)
    const result = await startJob(client, call, { ...input, approve: plan?.hash, lifts })
    // The job's answer is that of the call which it began.
    if (result.ok) setOutcome(result.value as ExportOutcome)
    else setProblem(result.problem)
  }
  // The button may be gone with the plan: the focus goes to what came of it instead of being lost.
  const result = useRef<HTMLDivElement>(null)
  useEffect(() => { if (outcome !== null || problem !== null) result.current?.focus() }, [outcome, problem])
  const blocked = outcome?.kind === 'blocked' ? outcome.blocks : (plan?.blocked ?? [])
  if (plan === null && problem === null && outcome === null) return null
  return (
    <div className={styles.parts}>
      {plan !== null && <ApprovalDialog trigger={trigger} title={title} sentences={plan.sentences} hash={plan.hash} blocked={blocked} onApprove={(lifts) => void approve(lifts)} />}
      <div ref={result} tabIndex={-1} className={styles.message}>
        {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
        {outcome !== null && <ExportOutcomeMessage outcome={outcome} />}
      </div>
    </div>
  )
}
