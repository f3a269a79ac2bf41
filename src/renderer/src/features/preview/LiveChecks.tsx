import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular, DismissCircleRegular, QuestionCircleRegular } from '@fluentui/react-icons'
import type { ReactElement, ReactNode } from 'react'
import type { LiveCheck } from '../../../../shared/domain/liveCheck.ts'
import { texts } from '../../texts.ts'

const useStyles = makeStyles({
  title: { margin: `0 0 ${tokens.spacingVerticalXS}`, fontSize: tokens.fontSizeBase300 },
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: '2px' },
  check: { display: 'grid', gridTemplateColumns: '20px 90px minmax(0, 1fr)', gap: tokens.spacingHorizontalXS, overflowWrap: 'anywhere' },
  icon: { display: 'flex', fontSize: '18px' },
  word: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, paddingTop: '1px' },
  passed: { color: tokens.colorPaletteGreenForeground1 },
  failed: { color: tokens.colorPaletteRedForeground1 },
  notChecked: { color: tokens.colorNeutralForeground3 },
})

const icons: Readonly<Record<LiveCheck['state'], ReactElement>> = { passed: <CheckmarkCircleRegular aria-hidden />, failed: <DismissCircleRegular aria-hidden />, notChecked: <QuestionCircleRegular aria-hidden /> }

/** What the directory said a moment ago. "Not checked" is never "passed". */
export function LiveChecks({ checks }: { readonly checks: readonly LiveCheck[] }): ReactNode {
  const styles = useStyles()
  if (checks.length === 0) return null
  return (
    <div>
      <h3 className={styles.title}>{texts.preview.checks}</h3>
      <ul className={styles.list}>{checks.map((check) => (
        <li key={check.name} className={styles.check}>
          <span className={mergeClasses(styles.icon, styles[check.state])}>{icons[check.state]}</span>
          <span className={styles.word}>{texts.preview.checkStates[check.state]}</span>
          <bdi>{check.text}</bdi>
        </li>
      ))}</ul>
    </div>
  )
}
