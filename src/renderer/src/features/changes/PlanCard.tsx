import { Card, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { PlanSummary } from '../../../../shared/api/contract.ts'
import { texts } from '../../texts.ts'
import { sentenceOfPlan } from './planSentence.ts'
import { ThresholdBar } from './ThresholdBar.tsx'

const useStyles = makeStyles({
  card: { flexShrink: 0, gap: tokens.spacingVerticalS },
  sentence: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontVariantNumeric: 'tabular-nums' },
  hash: { margin: 0, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  bars: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))', gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}` },
})

/** Counts in one sentence, the hash that an approval names, and how near the plan comes to its limits. */
export function PlanCard({ plan }: { readonly plan: PlanSummary }): ReactNode {
  const styles = useStyles()
  const used = plan.thresholds.filter(({ planned }) => planned > 0)
  return (
    <Card className={styles.card}>
      <p className={styles.sentence}>{sentenceOfPlan(plan)}</p>
      {plan.hash !== null && plan.counts.total > 0 && <p className={styles.hash} title={texts.review.hash}>{texts.changes.hash(plan.hash)}</p>}
      {used.length > 0 && <div className={styles.bars}>{used.map((share) => <ThresholdBar key={share.kind} share={share} managedAccounts={plan.managedAccounts} block={plan.blocked.find(({ kind }) => kind === share.kind) ?? null} />)}</div>}
    </Card>
  )
}
