import { Button, makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob } from '../../app/jobs.ts'
import { useClient } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

const useStyles = makeStyles({ content: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'start' }, skeleton: { width: '100%', display: 'grid', gap: tokens.spacingVerticalM } })

export type Emptiness = 'loading' | 'failed' | 'neverPlanned' | 'nothingPlanned' | 'filteredAway'

/** Why the list is empty, and the one button that fills it. */
export function NoChanges({ why, onShowAll }: { readonly why: Emptiness; readonly onShowAll: () => void }): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = async (): Promise<void> => {
    const result = await startJob(client, 'runs.start', { profile: 'cycle', acceptSmallerSource: null })
    setProblem(result.ok ? null : result.problem)
  }
  if (why === 'failed') return null
  if (why === 'loading') return <Skeleton aria-label={texts.review.loading} className={styles.skeleton}>{Array.from({ length: 8 }, (_, line) => <SkeletonItem key={line} size={24} />)}</Skeleton>
  if (why === 'filteredAway') return <div className={styles.content}><span>{texts.review.nobody}</span><Button onClick={onShowAll}>{texts.review.showAll}</Button></div>
  return (
    <div className={styles.content}>
      <span>{why === 'neverPlanned' ? texts.review.never : texts.review.empty}</span>
      <Button appearance="primary" onClick={() => void run()}>{texts.review.runCycle}</Button>
      {problem !== null && <ProblemMessage problem={problem} />}
    </div>
  )
}
