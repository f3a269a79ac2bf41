import { makeStyles, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular, ErrorCircleRegular, SubtractCircleRegular } from '@fluentui/react-icons'
import type { ReactElement, ReactNode } from 'react'
import type { TestStep } from '../../../../shared/api/connectCalls.ts'
import { connectTexts } from '../../texts/connect.ts'

const words = connectTexts.test
const icons: Readonly<Record<TestStep['outcome'], ReactElement>> = { passed: <CheckmarkCircleRegular />, failed: <ErrorCircleRegular />, notTried: <SubtractCircleRegular /> }

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalS },
  step: { display: 'grid', gridTemplateColumns: '24px minmax(0, 1fr)', gap: tokens.spacingHorizontalS, overflowWrap: 'anywhere' },
  passed: { color: tokens.colorPaletteGreenForeground1, fontSize: '20px' },
  failed: { color: tokens.colorPaletteRedForeground1, fontSize: '20px' },
  notTried: { color: tokens.colorNeutralForeground2, fontSize: '20px' },
  what: { fontWeight: tokens.fontWeightSemibold },
})

/** What was tried with both systems, and what came of it: colour, icon and word together. */
export function TestSteps({ steps }: { readonly steps: readonly TestStep[] }): ReactNode {
  const styles = useStyles()
  return (
    <ul className={styles.list} aria-live="polite">{steps.map(({ system, what, outcome, found, problem }) => (
      <li key={`${system} ${what}`} className={styles.step}>
        <span className={styles[outcome]}>{icons[outcome]}</span>
        <div><span className={styles.what}>{words.systems[system]} · {what}: {words.outcomes[outcome]}</span><div><bdi>{found}</bdi></div>{problem !== null && <div>{problem.remedy}</div>}</div>
      </li>
    ))}</ul>
  )
}
