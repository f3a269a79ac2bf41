import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { PlanSummary } from '../../../../shared/api/contract.ts'
import { writeRoute } from '../../app/route.ts'
import { formatNumber } from '../../texts.ts'

const useStyles = makeStyles({
  picture: { width: '100%', maxWidth: '1100px', height: 'auto', backgroundColor: tokens.colorNeutralBackground1, borderRadius: tokens.borderRadiusLarge, border: `1px solid ${tokens.colorNeutralStroke2}` },
  box: { fill: tokens.colorNeutralBackground2, stroke: tokens.colorNeutralStroke1 },
  edge: { stroke: tokens.colorNeutralForeground2, strokeWidth: '2px', fill: 'none' },
  title: { fill: tokens.colorNeutralForeground1, fontSize: '18px', fontWeight: 600 },
  small: { fill: tokens.colorNeutralForeground2, fontSize: '14px' },
  count: { fill: tokens.colorBrandForegroundLink, fontSize: '22px', fontWeight: 600 },
})

/** The pipeline as a picture; every number leads to the objects behind it. */
export function Pipeline({ plan }: { readonly plan: PlanSummary }): ReactNode {
  const styles = useStyles()
  const skipped = Object.entries(plan.skipped).filter(([kind]) => kind !== 'unchanged').reduce((sum, [, count]) => sum + count, 0)
  return (
    <svg className={styles.picture} viewBox="0 0 1000 190" role="group" aria-label="From Entra through the metaverse into Active Directory">
      <Node x={20} title="Entra" detail="guests" />
      <Node x={390} title="Metaverse" detail="joined persons" />
      <Node x={760} title="Active Directory" detail={`${formatNumber(plan.managedAccounts)} managed accounts`} />
      <path className={styles.edge} d="M240 95H386" /><path className={styles.edge} d="M610 95H756" />
      <Count x={313} route={writeRoute({ screen: 'guests', parameters: {} })} value={skipped} label="without account" />
      <Count x={683} route={writeRoute({ screen: 'changes', parameters: {} })} value={plan.counts.total} label="changes wait" />
    </svg>
  )
}

function Node({ x, title, detail }: { readonly x: number; readonly title: string; readonly detail: string }): ReactNode {
  const styles = useStyles()
  return (
    <g>
      <rect className={styles.box} x={x} y={50} width={220} height={90} rx={8} />
      <text className={styles.title} x={x + 18} y={88}>{title}</text>
      <text className={styles.small} x={x + 18} y={116}>{detail}</text>
    </g>
  )
}

function Count({ x, route, value, label }: { readonly x: number; readonly route: string; readonly value: number; readonly label: string }): ReactNode {
  const styles = useStyles()
  return (
    <a href={route} aria-label={`${formatNumber(value)} ${label}`}>
      <text className={styles.count} x={x} y={82} textAnchor="middle">{formatNumber(value)}</text>
      <text className={styles.small} x={x} y={116} textAnchor="middle">{label}</text>
    </a>
  )
}
