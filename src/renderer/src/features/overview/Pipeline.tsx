import { makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { PlanSummary } from '../../../../shared/api/contract.ts'
import type { OverviewShown } from '../../../../shared/api/windowCalls.ts'
import { writeRoute } from '../../app/route.ts'
import { formatNumber, texts } from '../../texts.ts'
import { useWidth } from '../../ui/useWidth.ts'
import { countGuests, inScope, outOfScope, routeToGuests, withAccount, withoutAccount } from './guestGroups.ts'
import { Arrow, CountLink, NodeBox } from './pipelineParts.tsx'

const useStyles = makeStyles({
  // A picture that waits for its new width must not widen the page.
  frame: { minWidth: 0, overflow: 'hidden', backgroundColor: tokens.colorNeutralBackground1, borderRadius: tokens.borderRadiusLarge, border: `1px solid ${tokens.colorNeutralStroke2}` },
  picture: { display: 'block' },
})

const [margin, nodeHeight] = [20, 92]

type PipelineProps = { readonly shown: OverviewShown; readonly plan: PlanSummary }

/** The pipeline as a picture; every number leads to the objects behind it. Drawn for the width that is there, so that its words keep their size. */
export function Pipeline(props: PipelineProps): ReactNode {
  const styles = useStyles()
  const { ref, width } = useWidth<HTMLDivElement>(1000)
  return <div ref={ref} className={styles.frame}>{width >= 720 ? <Across {...props} width={width} /> : <Down {...props} width={width} />}</div>
}

function Across({ shown, plan, width }: PipelineProps & { readonly width: number }): ReactNode {
  const styles = useStyles()
  const nodeWidth = Math.min(250, (width - 2 * margin) * 0.24)
  const edge = (width - 2 * margin - 3 * nodeWidth) / 2
  const left = (node: number): number => margin + node * (nodeWidth + edge)
  const edgeAt = (node: number): number => left(node) + nodeWidth
  const [first, second] = edgesOf(shown, plan)
  return (
    <svg className={styles.picture} width={width} height={160} role="group" aria-label={texts.overview.picture}>
      {[first, second].map((counts, index) => (
        <g key={counts.above.label}>
          <Arrow from={[edgeAt(index) + 6, 80]} to={[left(index + 1) - 6, 80]} />
          <CountLink x={edgeAt(index) + edge / 2} y={48} anchor="middle" {...counts.above} />
          <CountLink x={edgeAt(index) + edge / 2} y={112} anchor="middle" {...counts.below} />
        </g>
      ))}
      {nodesOf(shown).map((node, index) => <NodeBox key={node.title} x={left(index)} y={34} width={nodeWidth} height={nodeHeight} {...node} />)}
    </svg>
  )
}

function Down({ shown, plan, width }: PipelineProps & { readonly width: number }): ReactNode {
  const styles = useStyles()
  const [edge, step] = [96, nodeHeight + 96]
  const middle = margin + 28
  return (
    <svg className={styles.picture} width={width} height={2 * margin + 3 * nodeHeight + 2 * edge} role="group" aria-label={texts.overview.picture}>
      {edgesOf(shown, plan).map((counts, index) => (
        <g key={counts.above.label}>
          <Arrow from={[middle, margin + index * step + nodeHeight + 6]} to={[middle, margin + (index + 1) * step - 6]} />
          <CountLink x={middle + 28} y={margin + index * step + nodeHeight + 24} anchor="start" {...counts.above} />
          <CountLink x={middle + 28} y={margin + index * step + nodeHeight + 66} anchor="start" {...counts.below} />
        </g>
      ))}
      {nodesOf(shown).map((node, index) => <NodeBox key={node.title} x={margin} y={margin + index * step} width={width - 2 * margin} height={nodeHeight} {...node} />)}
    </svg>
  )
}

function nodesOf(shown: OverviewShown): readonly { readonly title: string; readonly detail: string; readonly route: string }[] {
  return [
    { title: texts.overview.entra, detail: texts.overview.guests(shown.guests), route: routeToGuests([]) },
    { title: texts.overview.metaverse, detail: `${texts.overview.persons(shown.persons)}, ${texts.overview.joined(countGuests(shown, withAccount))}`, route: writeRoute({ screen: 'metaverse', parameters: {} }) },
    { title: texts.overview.directory, detail: texts.overview.accounts(shown.managedAccounts, shown.accounts), route: routeToGuests(withAccount) },
  ]
}

function edgesOf(shown: OverviewShown, plan: PlanSummary) {
  return [
    {
      above: { count: formatNumber(countGuests(shown, inScope)), label: texts.overview.inScope, route: routeToGuests(inScope) },
      below: { count: formatNumber(countGuests(shown, outOfScope)), label: texts.overview.outOfScope, route: routeToGuests(outOfScope) },
    },
    {
      above: { count: formatNumber(plan.counts.total), label: texts.overview.wait, route: writeRoute({ screen: 'changes', parameters: {} }) },
      below: { count: formatNumber(countGuests(shown, withoutAccount)), label: texts.overview.withoutAccount, route: routeToGuests(withoutAccount) },
    },
  ] as const
}
