import { makeStyles, MessageBar, MessageBarBody, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Run } from '../../../../shared/domain/run.ts'
import { useAnswer } from '../../app/service.tsx'
import { formatAgo, formatInstant, formatNumber, texts } from '../../texts.ts'
import { ProblemGroups } from '../../ui/ProblemGroups.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { CounterLinks } from './CounterLinks.tsx'
import { formatDuration } from './formatDuration.ts'
import { RunStatusBadge } from './RunStatusBadge.tsx'
import { SmallerSourceDialog } from './SmallerSourceDialog.tsx'
import { Undo } from './Undo.tsx'

const useStyles = makeStyles({
  detail: { padding: tokens.spacingHorizontalL, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalL },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  title: { margin: 0, fontSize: tokens.fontSizeBase500 },
  part: { margin: `0 0 ${tokens.spacingVerticalS}`, fontSize: tokens.fontSizeBase400 },
  when: { color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  sentence: { margin: 0 },
})

const shownProblems = 1000

/** One run: how it ended, what it counted, what went wrong with what to do, and for an export the way back. */
export function RunDetail({ id, onRunAgain }: { readonly id: number; readonly onRunAgain: (profile: string, note: string) => void }): ReactNode {
  const styles = useStyles()
  const shown = useAnswer('runs.show', { run: id, problems: shownProblems })
  if (shown.status === 'loading') return <Skeleton aria-label={texts.list.loading} className={styles.detail}><SkeletonItem size={32} /><SkeletonItem size={128} /></Skeleton>
  if (shown.status === 'failed') return <div className={styles.detail}><ProblemMessage problem={shown.problem} /></div>
  const { run, problems } = shown.value
  return (
    <section className={styles.detail} aria-label={texts.runs.detail}>
      <Head run={run} />
      {run.problem !== null && <ProblemMessage problem={run.problem} />}
      {(run.problem?.kind === 'sourceShrunk' || run.problem?.kind === 'sourceEmpty') && <SmallerSourceDialog profile={run.profile} onAccept={(note) => onRunAgain(run.profile, note)} />}
      <div><h3 className={styles.part}>{texts.runs.counters}</h3><CounterLinks counters={run.counters} /></div>
      {problems.length > 0 && (
        <div>
          <h3 className={styles.part}>{texts.runs.problems(problems.length)}</h3>
          {problems.length === shownProblems && <MessageBar intent="info"><MessageBarBody>{texts.runs.problemsFirst(shownProblems)}</MessageBarBody></MessageBar>}
          <ProblemGroups problems={problems} />
        </div>
      )}
      {run.step === 'export' && run.status !== 'running' && <div><h3 className={styles.part}>{texts.runs.undo}</h3><Undo run={run.id} /></div>}
    </section>
  )
}

function Head({ run }: { readonly run: Run }): ReactNode {
  const styles = useStyles()
  const took = run.endedAt === null ? null : texts.runs.took(formatDuration(run.startedAt, run.endedAt))
  return (
    <div>
      <div className={styles.head}><h2 className={styles.title}>{texts.runs.number(run.id)} · <bdi>{run.profile}</bdi></h2><RunStatusBadge status={run.status} /></div>
      <div className={styles.when} title={formatInstant(run.startedAt)}>{[formatAgo(run.startedAt, Date.now()), formatInstant(run.startedAt), took].filter((part) => part !== null).join(', ')}</div>
      <p className={styles.sentence}>{texts.runs.statusSentences[run.status]} {confirmation(run)}</p>
    </div>
  )
}

function confirmation({ step, counters: { exportConfirmed = 0, exportNotConfirmed = 0 } }: Run): string {
  return step !== 'export' ? '' : `${texts.changes.confirmed(exportConfirmed, exportConfirmed + exportNotConfirmed)}${exportNotConfirmed > 0 ? ` (${formatNumber(exportNotConfirmed)} ✗)` : ''}.`
}
