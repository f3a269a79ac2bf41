import { Button, makeStyles, ProgressBar, tokens } from '@fluentui/react-components'
import { useId, type ReactNode } from 'react'
import type { Job } from '../../../../shared/api/jobs.ts'
import type { ExportOutcome } from '../../../../shared/api/contract.ts'
import { navigate } from '../../app/route.ts'
import { useLastJob } from '../../app/useLastJob.ts'
import { texts } from '../../texts.ts'
import { ExportOutcomeMessage } from '../../ui/ExportOutcomeMessage.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'

const useStyles = makeStyles({
  outcome: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS, flexShrink: 0 },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  // Thousands of problems must not push the list off the screen.
  details: { maxHeight: '40vh', overflowY: 'auto' },
  actions: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  live: { display: 'grid', gap: tokens.spacingVerticalXS, flexShrink: 0, fontVariantNumeric: 'tabular-nums' },
})

/** Live counts while it is written, then what was confirmed, what was refused and why, and the way back. */
export function LastExport(): ReactNode {
  const styles = useStyles()
  const last = useLastJob('plan.exportCurrent')
  const heading = useId()
  if (last === null) return null
  const { job, result, dismiss } = last
  if (result === null) return job.endedAt === null ? <Live job={job} /> : null
  return (
    <section className={styles.outcome} aria-labelledby={heading}>
      <div className={styles.actions}>
        <h2 id={heading} className={styles.title}>{texts.review.outcome}</h2>
        {result.ok && result.value.kind === 'exported' && <WayBack outcome={result.value} />}
        <Button size="small" appearance="subtle" onClick={dismiss}>{texts.review.dismiss}</Button>
      </div>
      <div className={styles.details}>{result.ok ? <ExportOutcomeMessage outcome={result.value} /> : <ProblemMessage problem={result.problem} />}</div>
    </section>
  )
}

function Live({ job: { progress } }: { readonly job: Job }): ReactNode {
  const styles = useStyles()
  const total = progress?.total ?? null
  return (
    <div className={styles.live}>
      <span>{texts.review.writing}{progress === null ? '…' : `: ${total === null ? texts.activity.count(progress.done) : texts.activity.of(progress.done, total)}`}</span>
      <ProgressBar thickness="large" aria-label={texts.review.writing} {...(progress === null || total === null ? {} : { value: progress.done, max: Math.max(1, total) })} />
    </div>
  )
}

function WayBack({ outcome: { run, undo } }: { readonly outcome: Extract<ExportOutcome, { kind: 'exported' }> }): ReactNode {
  if (undo.kind === 'notKept') return <ProblemMessage problem={undo.problem} />
  return (
    <>
      {undo.kind === 'kept' && <><Button size="small" onClick={() => navigate('runs', { run: String(run.id), undo: 'disabled' })}>{texts.review.undo}</Button><span>{texts.review.undoKept(undo.changes)}</span></>}
      {undo.impossible > 0 && <span>{texts.review.undoImpossible(undo.impossible)}</span>}
    </>
  )
}
