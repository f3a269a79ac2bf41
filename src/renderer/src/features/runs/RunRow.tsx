import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Run } from '../../../../shared/domain/run.ts'
import { spellName } from '../../../../shared/domain/spellName.ts'
import { formatAgo, formatInstant, formatNumber, texts } from '../../texts.ts'
import { mostTelling } from './counters.ts'
import { formatDuration } from './formatDuration.ts'
import { RunStatusBadge } from './RunStatusBadge.tsx'

const useStyles = makeStyles({
  row: { display: 'grid', gridTemplateColumns: '44px minmax(0, 1fr) auto', alignItems: 'center', gap: tokens.spacingHorizontalM, width: '100%' },
  number: { fontVariantNumeric: 'tabular-nums', textAlign: 'end', color: tokens.colorNeutralForeground2 },
  line: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  second: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontVariantNumeric: 'tabular-nums' },
  end: { display: 'grid', justifyItems: 'end', gap: '2px' },
})

export function RunRow({ run }: { readonly run: Run }): ReactNode {
  const styles = useStyles()
  const counted = mostTelling(run.counters).map(({ name, count }) => `${spellName(name)} ${formatNumber(count)}`).join(' · ')
  return (
    <div className={styles.row}>
      <span className={styles.number}>{run.id}</span>
      <div className={styles.line}>
        <div className={styles.line}><bdi>{run.profile}</bdi></div>
        <div className={mergeClasses(styles.line, styles.second)}>{run.problem === null ? (counted === '' ? texts.runs.noCounters : counted) : run.problem.message}</div>
      </div>
      <div className={styles.end}>
        <RunStatusBadge status={run.status} />
        <span className={styles.second} title={formatInstant(run.startedAt)}>{formatAgo(run.startedAt, Date.now())}{run.endedAt !== null && `, ${formatDuration(run.startedAt, run.endedAt)}`}</span>
      </div>
    </div>
  )
}
