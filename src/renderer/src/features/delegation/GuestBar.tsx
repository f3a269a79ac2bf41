import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { FindingState } from '../../../../shared/domain/delegation.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import type { GuestCounts } from './mapGroups.ts'

const useStyles = makeStyles({
  bar: { display: 'block', width: '100%', height: '8px', borderRadius: tokens.borderRadiusSmall, backgroundColor: tokens.colorNeutralBackground5 },
  words: { display: 'block', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
})

const states: readonly FindingState[] = ['passed', 'warning', 'failed', 'notChecked']
const colours: Readonly<Record<FindingState, string>> = {
  passed: tokens.colorPaletteGreenBorderActive, warning: tokens.colorPaletteMarigoldBorderActive, failed: tokens.colorPaletteRedBorderActive, notChecked: tokens.colorNeutralStroke1,
}

/** How many guests could sign on: as a bar, and in words that say the same. */
export function GuestBar({ counts }: { readonly counts: GuestCounts }): ReactNode {
  const styles = useStyles()
  const total = states.reduce((sum, state) => sum + counts[state], 0)
  const { map } = delegationTexts
  if (total === 0) return <span className={styles.words}>{map.noGuests}</span>
  const words = { passed: map.ready, warning: map.warned, failed: map.failed, notChecked: map.notChecked }
  const shown = states.filter((state) => counts[state] > 0)
  return (
    <>
      <svg className={styles.bar} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden>
        {shown.map((state) => {
          const before = states.slice(0, states.indexOf(state)).reduce((sum, former) => sum + counts[former], 0)
          return <rect key={state} x={(before / total) * 100} y="0" width={(counts[state] / total) * 100} height="8" style={{ fill: colours[state] }} />
        })}
      </svg>
      <span className={styles.words}>{shown.map((state) => words[state](counts[state])).join(' · ')}</span>
    </>
  )
}
