import { Link, makeStyles, tokens } from '@fluentui/react-components'
import { CheckmarkCircleFilled, ClockRegular, DismissCircleFilled, WarningFilled } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { Run, RunStatus } from '../../../../shared/domain/run.ts'
import { writeRoute } from '../../app/route.ts'
import { formatAgo, formatInstant, texts } from '../../texts.ts'

const useStyles = makeStyles({
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  icon: { display: 'flex', fontSize: '18px' },
  good: { color: tokens.colorPaletteGreenForeground1 },
  doubtful: { color: tokens.colorPaletteMarigoldForeground1 },
  bad: { color: tokens.colorPaletteRedForeground1 },
  ago: { color: tokens.colorNeutralForeground2 },
})

/** A run with how it ended, in colour, shape and word. */
export function RunLine({ run, name }: { readonly run: Run; readonly name: string }): ReactNode {
  const styles = useStyles()
  const state = judge(run.status)
  const icons = { good: <CheckmarkCircleFilled />, doubtful: <WarningFilled />, bad: <DismissCircleFilled />, running: <ClockRegular /> }
  return (
    <span className={styles.line}>
      <span aria-hidden className={`${styles.icon} ${state === 'running' ? '' : styles[state]}`}>{icons[state]}</span>
      <Link href={writeRoute({ screen: 'runs', parameters: { run: String(run.id) } })}>{name}</Link>
      <span>{texts.runs.statuses[run.status]}</span>
      <span className={styles.ago} title={formatInstant(run.endedAt ?? run.startedAt)}>{formatAgo(run.endedAt ?? run.startedAt, Date.now())}</span>
    </span>
  )
}

export function judge(status: RunStatus): 'good' | 'doubtful' | 'bad' | 'running' {
  switch (status) {
    case 'succeeded': return 'good'
    case 'running': return 'running'
    case 'completedWithErrors': case 'completedWithDrift': case 'stopped': return 'doubtful'
    case 'failed': case 'interrupted': return 'bad'
  }
}
