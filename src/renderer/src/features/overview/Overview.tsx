import { Button, makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob } from '../../app/jobs.ts'
import { navigate } from '../../app/route.ts'
import { useAnswer, useClient } from '../../app/service.tsx'
import { formatNumber, texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { Pipeline } from './Pipeline.tsx'

const useStyles = makeStyles({
  content: { padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalXL}`, display: 'grid', gap: tokens.spacingVerticalL },
})

/** Entra → metaverse → Active Directory, with what waits on every edge. */
export function Overview(): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const plan = useAnswer('plan.summary', {})
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = async (): Promise<void> => {
    setProblem(null)
    const result = await startJob(client, 'runs.start', { profile: 'cycle', acceptSmallerSource: null })
    if (!result.ok) setProblem(result.problem)
  }
  return (
    <>
      <ScreenHeader title={texts.screens.overview}>
        <Button onClick={() => void run()}>Run the cycle</Button>
        {plan.status === 'ready' && plan.value.counts.total > 0 && <Button appearance="primary" onClick={() => navigate('changes')}>Review {formatNumber(plan.value.counts.total)} changes</Button>}
      </ScreenHeader>
      <div className={styles.content}>
        {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
        {plan.status === 'failed' && <ProblemMessage problem={plan.problem} />}
        {plan.status === 'loading' && <Skeleton aria-label={texts.list.loading}><SkeletonItem size={128} /></Skeleton>}
        {(plan.status === 'ready' || plan.status === 'refreshing') && <Pipeline plan={plan.value} />}
      </div>
    </>
  )
}
