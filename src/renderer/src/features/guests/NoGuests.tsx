import { Button, makeStyles, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { startJob } from '../../app/jobs.ts'
import { useClient } from '../../app/service.tsx'
import { texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

const useStyles = makeStyles({ content: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'start' }, skeleton: { width: '100%', display: 'grid', gap: tokens.spacingVerticalM } })

type NoGuestsProps = { readonly status: 'loading' | 'ready' | 'failed'; readonly isFiltered: boolean; readonly onClear: () => void }

/** Why the list is empty, and the one button that fills it. */
export function NoGuests({ status, isFiltered, onClear }: NoGuestsProps): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = async (): Promise<void> => {
    const result = await startJob(client, 'runs.start', { profile: 'cycle', acceptSmallerSource: null })
    setProblem(result.ok ? null : result.problem)
  }
  if (status === 'failed') return null
  if (status === 'loading') return <Skeleton aria-label={texts.guests.loading} className={styles.skeleton}>{Array.from({ length: 8 }, (_, line) => <SkeletonItem key={line} size={20} />)}</Skeleton>
  if (isFiltered) return <div className={styles.content}><span>{texts.guests.nobody}</span><Button onClick={onClear}>{texts.guests.clear}</Button></div>
  return (
    <div className={styles.content}>
      <span>{texts.guests.empty}</span>
      <Button appearance="primary" onClick={() => void run()}>{texts.guests.runCycle}</Button>
      {problem !== null && <ProblemMessage problem={problem} />}
    </div>
  )
}
