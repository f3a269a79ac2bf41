import { Button, Link, makeStyles, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import { compareFindings } from '../../../../shared/domain/compareFindings.ts'
import type { Finding } from '../../../../shared/domain/delegation.ts'
import { useRoute } from '../../app/route.ts'
import { delegationTexts } from '../../texts/delegation.ts'
import { FindingBadge } from '../../ui/findingState.tsx'
import { openPlan } from './wishes.ts'

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalS },
  finding: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalXS, justifyItems: 'start', paddingBottom: tokens.spacingVerticalS, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  head: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  check: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  message: { margin: 0, overflowWrap: 'anywhere' },
  remedy: { margin: 0, overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2 },
  read: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  places: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL, fontFamily: tokens.fontFamilyMonospace },
  passed: { marginTop: tokens.spacingVerticalS },
})

/** What was found, the worst first, with what to do; what passed is folded. */
export function FindingList({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  const styles = useStyles()
  const [isOpen, setOpen] = useState(false)
  const sorted = [...findings].sort(compareFindings)
  const open = sorted.filter(({ state }) => state !== 'passed')
  const passed = sorted.filter(({ state }) => state === 'passed')
  const { finding } = delegationTexts
  return (
    <div>
      {open.length === 0 ? <p className={styles.message}>{finding.nothing}</p> : <ul className={styles.list}>{open.map((row) => <OneFinding key={keyOf(row)} finding={row} />)}</ul>}
      {passed.length > 0 && <div className={styles.passed}><Link as="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{isOpen ? finding.hidePassed : finding.passed(passed.length)}</Link></div>}
      {isOpen && <ul className={styles.list}>{passed.map((row) => <OneFinding key={keyOf(row)} finding={row} />)}</ul>}
    </div>
  )
}

function OneFinding({ finding: { check, state, message, remedy, read, intent } }: { readonly finding: Finding }): ReactNode {
  const styles = useStyles()
  const parameters = useRoute((route) => route.route.parameters)
  const words = delegationTexts.finding
  return (
    <li className={styles.finding}>
      <div className={styles.head}><FindingBadge state={state} /><span className={styles.check}>{words.check(check)}</span></div>
      <p className={styles.message}><bdi>{message}</bdi></p>
      {remedy !== null && <p className={styles.remedy}>→ <bdi>{remedy}</bdi></p>}
      {read.length > 0 && <details className={styles.read}><summary>{words.read(read.length)}</summary><ul className={styles.places}>{read.map((place) => <li key={place}><bdi>{place}</bdi></li>)}</ul></details>}
      {intent !== null && state !== 'passed' && <Button size="small" aria-label={words.planThisFor(message)} onClick={() => openPlan(parameters, [intent])}>{words.planThis}</Button>}
    </li>
  )
}

function keyOf({ check, about, message }: Finding): string {
  return JSON.stringify([check, about, message])
}
