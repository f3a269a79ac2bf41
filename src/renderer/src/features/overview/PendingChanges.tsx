import { Link, makeStyles, tokens } from '@fluentui/react-components'
import { WarningRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { PlanSummary } from '../../../../shared/api/contract.ts'
import { changeKinds } from '../../../../shared/domain/change.ts'
import { writeRoute } from '../../app/route.ts'
import { formatNumber, texts } from '../../texts.ts'
import { KindBadge } from '../../ui/kinds.tsx'
import { BarLink } from './BarLink.tsx'
import { Panel } from './Panel.tsx'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalXS },
  line: { margin: 0 },
  blocked: { margin: 0, display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, color: tokens.colorPaletteRedForeground1 },
})

/** The plan by kind of change, what harms most first. */
export function PendingChanges({ plan }: { readonly plan: PlanSummary }): ReactNode {
  const styles = useStyles()
  const kinds = changeKinds.filter((kind) => plan.counts[kind] > 0)
  return (
    <Panel title={texts.overview.pending} about={texts.overview.pendingAbout} width="column">
      {kinds.length === 0 && <p className={styles.line}>{plan.header === null ? texts.overview.noPlan : texts.overview.nothingPending}</p>}
      <ul className={styles.list}>{kinds.map((kind) => (
        <li key={kind}><BarLink route={writeRoute({ screen: 'changes', parameters: { kind } })} count={formatNumber(plan.counts[kind])} share={plan.counts[kind] / Math.max(1, plan.counts.total)}><KindBadge kind={kind} /></BarLink></li>
      ))}</ul>
      {plan.blocked.length > 0 && <p className={styles.blocked}><WarningRegular aria-hidden />{texts.overview.blocked(plan.blocked.length)}</p>}
      {plan.holds.length > 0 && <p className={styles.line}><Link href={writeRoute({ screen: 'changes', parameters: { holds: 'open' } })}>{texts.overview.holds(plan.holds.length)}</Link></p>}
    </Panel>
  )
}
