import { makeStyles, ToggleButton, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Run } from '../../../../shared/domain/run.ts'
import { refine, useRoute } from '../../app/route.ts'
import { texts } from '../../texts.ts'
import { Panel } from './Panel.tsx'
import { TrendPicture } from './TrendPicture.tsx'
import { TrendTable } from './TrendTable.tsx'
import { plannedSeries, trendOf, writtenSeries } from './trendOf.ts'

const useStyles = makeStyles({ choice: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS }, none: { margin: 0, color: tokens.colorNeutralForeground2 } })
const shownRuns = 12

/** How much each run planned or wrote: a leap is seen before its plan is approved. */
export function Trend({ synchronizations, exports }: { readonly synchronizations: readonly Run[]; readonly exports: readonly Run[] }): ReactNode {
  const styles = useStyles()
  const isWritten = useRoute((state) => state.route.parameters['trend'] === 'written')
  const bars = isWritten ? trendOf(exports, writtenSeries, shownRuns) : trendOf(synchronizations, plannedSeries, shownRuns)
  return (
    <Panel title={texts.overview.trend} about={texts.overview.trendAbout} width="row">
      <div className={styles.choice} role="group" aria-label={texts.overview.trendSeries}>
        <ToggleButton size="small" checked={!isWritten} onClick={() => refine({ trend: null })}>{texts.overview.planned}</ToggleButton>
        <ToggleButton size="small" checked={isWritten} onClick={() => refine({ trend: 'written' })}>{texts.overview.written}</ToggleButton>
      </div>
      {bars.length === 0 ? <p className={styles.none}>{texts.overview.noTrend}</p> : <><TrendPicture bars={bars} /><TrendTable bars={bars} /></>}
    </Panel>
  )
}
