import { Button, makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { PlanSummary, WorkspaceDescription } from '../../../../shared/api/contract.ts'
import type { OverviewShown } from '../../../../shared/api/windowCalls.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { StepKind } from '../../../../shared/domain/run.ts'
import { startJob, useJobs } from '../../app/jobs.ts'
import { navigate } from '../../app/route.ts'
import { useAnswer, useClient, type Answer } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { ExpiringSecrets } from '../../ui/ExpiringSecrets.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { FirstStart } from './FirstStart.tsx'
import { GuestStates } from './GuestStates.tsx'
import { Health } from './Health.tsx'
import { LastRuns } from './LastRuns.tsx'
import { PendingChanges } from './PendingChanges.tsx'
import { Pipeline } from './Pipeline.tsx'
import { Trend } from './Trend.tsx'

const useStyles = makeStyles({
  content: { padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXL}`, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  panels: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(340px, 100%), 1fr))', gap: tokens.spacingHorizontalM },
  skeleton: { display: 'grid', gap: tokens.spacingVerticalM },
})

/** Entra → metaverse → Active Directory, with what waits on every edge; below, why, and how it went lately. */
export function Overview(): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const isBusy = useJobs((state) => state.jobs.some((job) => job.endedAt === null))
  const plan = useAnswer('plan.summary', {})
  const shown = useAnswer('overview.show', {})
  const workspace = useAnswer('workspace.describe', {})
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = async (): Promise<void> => {
    setProblem(null)
    const result = await startJob(client, 'runs.start', { profile: 'cycle', acceptSmallerSource: null })
    if (!result.ok) setProblem(result.problem)
  }
  const waiting = valueOf(plan)?.counts.total ?? 0
  const [planned, seen, described] = [valueOf(plan), valueOf(shown), valueOf(workspace)]
  return (
    <>
      <ScreenHeader title={texts.screens.overview}>
        <Button disabledFocusable={isBusy} onClick={() => void run()}>{texts.overview.run}</Button>
        {waiting > 0 && <Button appearance="primary" onClick={() => navigate('changes')}>{texts.overview.review(waiting)}</Button>}
      </ScreenHeader>
      <div className={styles.content}>
        {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
        {[plan, shown, workspace].map((answer, index) => (answer.status === 'failed' ? <ProblemMessage key={index} problem={answer.problem} /> : null))}
        {described?.purpose === 'production' && <ExpiringSecrets />}
        {(plan.status === 'loading' || shown.status === 'loading') && <Skeleton className={styles.skeleton} aria-label={texts.overview.loading}><SkeletonItem size={128} /><SkeletonItem size={96} /></Skeleton>}
        {described !== null && seen !== null && seen.runs.length === 0 && <FirstStart workspace={described} onRun={() => void run()} />}
        {planned !== null && seen !== null && <Answers plan={planned} shown={seen} workspace={described} />}
      </div>
    </>
  )
}

function Answers({ plan, shown, workspace }: { readonly plan: PlanSummary; readonly shown: OverviewShown; readonly workspace: WorkspaceDescription | null }): ReactNode {
  const styles = useStyles()
  const runs = { full: useRuns('fullImport', 50), delta: useRuns('deltaImport', 50), sync: useRuns('fullSync', 12), deltaSync: useRuns('deltaSync', 12), exports: useRuns('export', 12) }
  const imports = [...runs.full, ...runs.delta].toSorted((left, right) => right.id - left.id)
  return (
    <>
      <Pipeline shown={shown} plan={plan} />
      {shown.runs.length > 0 && (
        <div className={styles.panels}>
          <GuestStates shown={shown} />
          <PendingChanges plan={plan} />
          <Health imports={imports} workspace={workspace} />
          <LastRuns shown={shown} />
          <Trend synchronizations={[...runs.sync, ...runs.deltaSync]} exports={runs.exports} />
        </div>
      )}
    </>
  )
}

function useRuns(step: StepKind, limit: number) {
  return valueOf(useAnswer('runs.list', { step, limit })) ?? []
}

function valueOf<Value>(answer: Answer<Value>): Value | null {
  return answer.status === 'ready' || answer.status === 'refreshing' ? answer.value : null
}
