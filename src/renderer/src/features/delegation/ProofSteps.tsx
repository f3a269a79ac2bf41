import { makeStyles, tokens } from '@fluentui/react-components'
import { ArrowSyncRegular, CheckmarkCircleRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { useJobs } from '../../app/jobs.ts'
import { delegationTexts } from '../../texts/delegation.ts'

const useStyles = makeStyles({ steps: { listStyle: 'none', margin: 0, padding: 0 }, step: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS } })

/** While a proof runs: the steps that are behind it, and the one that is under way. */
export function ProofSteps(): ReactNode {
  const styles = useStyles()
  const progress = useJobs((state) => state.jobs.find(({ call, endedAt }) => call === 'delegation.prove' && endedAt === null)?.progress ?? null)
  const words = delegationTexts.proof
  if (progress === null) return null
  const all = Object.entries(words.stepWords).slice(0, progress.total ?? undefined)
  return (
    <ol className={styles.steps} role="status" aria-label={words.steps}>
      {all.slice(0, progress.done + 1).map(([phase, text], at) => <li key={phase} className={styles.step}>{at < progress.done ? <CheckmarkCircleRegular /> : <ArrowSyncRegular />}{text}{at < progress.done ? '' : '…'}</li>)}
    </ol>
  )
}
