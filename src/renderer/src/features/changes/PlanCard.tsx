import { Card, makeStyles, MessageBar, MessageBarBody, ProgressBar, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { PlanSummary } from '../../../../shared/api/contract.ts'
import { changeKinds } from '../../../../shared/domain/change.ts'
import { formatNumber, texts } from '../../texts.ts'
import { wordOfKind } from '../../ui/kinds.tsx'

const useStyles = makeStyles({
  card: { flexShrink: 0 },
  sentence: { fontSize: tokens.fontSizeBase400 },
  hash: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  bars: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))', gap: tokens.spacingHorizontalL },
  label: { fontSize: tokens.fontSizeBase200, fontVariantNumeric: 'tabular-nums' },
})

/** Counts in one sentence, the hash that an approval names, and how near the plan comes to its limits. */
export function PlanCard({ plan }: { readonly plan: PlanSummary }): ReactNode {
  const styles = useStyles()
  return (
    <Card className={styles.card}>
      <div className={styles.sentence}>{sentenceOf(plan)}</div>
      {plan.hash !== null && <div className={styles.hash}>{texts.changes.hash(plan.hash)}</div>}
      {plan.blocked.map((block) => <MessageBar key={block.kind} intent="warning"><MessageBarBody>{texts.changes.blocked(texts.changes.groups[block.kind], block)}</MessageBarBody></MessageBar>)}
      <div className={styles.bars}>{plan.thresholds.filter((threshold) => threshold.planned > 0).map((threshold) => (
        <div key={threshold.kind}>
          <div className={styles.label}>{texts.changes.share(texts.changes.groups[threshold.kind], threshold.planned, threshold.count)}</div>
          <ProgressBar value={Math.min(1, threshold.planned / Math.max(1, threshold.count))} color={threshold.planned > threshold.count ? 'error' : 'brand'} thickness="large" aria-label={texts.changes.groups[threshold.kind]} />
        </div>
      ))}</div>
    </Card>
  )
}

export function sentenceOf({ counts }: PlanSummary): string {
  if (counts.total === 0) return texts.changes.nothing
  const parts = changeKinds.filter((kind) => counts[kind] > 0).toReversed().map((kind) => `${wordOfKind(kind)} ${formatNumber(counts[kind])}`)
  const text = parts.join(', ')
  return texts.changes.sentence(`${text.charAt(0).toUpperCase()}${text.slice(1)}`, counts.total)
}
