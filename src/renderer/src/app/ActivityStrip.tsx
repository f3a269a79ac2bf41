import { Button, makeStyles, ProgressBar, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Job } from '../../../shared/api/jobs.ts'
import { nameOfSystem } from '../../../shared/domain/describeStep.ts'
import type { Progress } from '../../../shared/domain/run.ts'
import { texts } from '../texts.ts'
import { wordsOfJob } from '../texts/activity.ts'
import { cancelJob, useJobs } from './jobs.ts'
import { useClient } from './service.tsx'

const useStyles = makeStyles({
  strip: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, minHeight: '34px', padding: `0 ${tokens.spacingHorizontalM}`, borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground1, fontSize: tokens.fontSizeBase200 },
  bar: { width: '220px' },
  count: { fontVariantNumeric: 'tabular-nums' },
})

/** The only place for running work: what, how far, and the way to stop it. */
export function ActivityStrip(): ReactNode {
  const styles = useStyles()
  const jobs = useJobs((state) => state.jobs)
  const running = jobs.filter((job) => job.endedAt === null)
  const shown = running.length > 0 ? running : jobs.slice(-1)
  return (
    <footer>
      <div className={styles.strip} role="status" aria-label={texts.activity.label}>{shown.length === 0 ? texts.activity.idle : shown.map((job) => <Activity key={job.id} job={job} />)}</div>
    </footer>
  )
}

function Activity({ job }: { readonly job: Job }): ReactNode {
  const styles = useStyles()
  const client = useClient()
  const words = wordsOfJob(job.call)
  if (job.status === 'done') return <span>{words.done}.</span>
  if (job.status === 'failed') return <span>{words.failed}{job.problem === null ? '.' : `: ${job.problem.message}`}</span>
  const { progress } = job
  return (
    <>
      <span>{progress === null ? words.running : describeProgress(progress)}</span>
      <ProgressBar className={styles.bar} aria-label={texts.activity.label} {...(progress === null || progress.total === null ? {} : { value: progress.done, max: Math.max(1, progress.total) })} />
      {progress !== null && <span className={styles.count}>{progress.total === null ? texts.activity.count(progress.done) : texts.activity.of(progress.done, progress.total)}</span>}
      {job.status === 'cancelling' ? <span>{texts.activity.cancelling}</span> : <Button size="small" onClick={() => void cancelJob(client, job.id)}>{texts.activity.cancel}</Button>}
    </>
  )
}

function describeProgress({ connector, phase }: Progress): string {
  return connector === null ? phase : `${nameOfSystem(connector)}: ${phase}`
}
