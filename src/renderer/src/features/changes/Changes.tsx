import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { useMemo, useState, type ReactNode } from 'react'
import type { PlanSummary } from '../../../../shared/api/contract.ts'
import type { ChangeRow } from '../../../../shared/domain/listRows.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { refine, useRoute } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { useSelection } from '../../app/useSelection.ts'
import { useView, type View, type ViewRequest } from '../../app/useView.ts'
import { formatInstant, texts } from '../../texts.ts'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { SplitView } from '../../ui/SplitView.tsx'
import { ApproveButton } from './ApproveButton.tsx'
import { ChangeDetail } from './ChangeDetail.tsx'
import { ChangeList, listId } from './ChangeList.tsx'
import { facetNames, requestOf } from './changeRequest.ts'
import { ExcludeDialog, type Chosen } from './ExcludeDialog.tsx'
import { Holds } from './Holds.tsx'
import { LastExport } from './LastExport.tsx'
import type { Emptiness } from './NoChanges.tsx'
import { PlanCard } from './PlanCard.tsx'
import { PlanDownload } from './PlanDownload.tsx'
import { nameOfRow, useMarks } from './useMarks.ts'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}`, flexGrow: 1, flexShrink: 0 },
  // Whatever stands above, the list keeps room: then the screen scrolls.
  split: { display: 'flex', flexDirection: 'column', flex: '1 0 340px', minHeight: '340px', height: 0 },
})

/** The plan: what waits for approval, change by change, with why, before anything is written. */
export function Changes(): ReactNode {
  const styles = useStyles()
  const { parameters } = useRoute((state) => state.route)
  const summary = useAnswer('plan.summary', {})
  const request = useMemo(() => requestOf(parameters), [parameters['text'], ...facetNames.map((name) => parameters[name])])
  const view = useView('changes', request)
  const selection = useSelection(view, keyOf)
  const marks = useMarks()
  const [excluding, setExcluding] = useState<Chosen | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const { row } = selection
  const plan = summary.status === 'ready' || summary.status === 'refreshing' ? summary.value : null
  const excluded = (gone: Chosen): void => {
    setExcluding(null)
    marks.clear()
    if (row !== undefined && gone.some(([id]) => id === row.metaverseId)) refine({ selected: neighbourOf(view, selection.index ?? 0, gone) })
    requestAnimationFrame(() => document.getElementById(listId)?.focus())
  }
  const closeDetail = (): void => {
    refine({ detail: null })
    requestAnimationFrame(() => document.getElementById(listId)?.focus())
  }
  return (
    <>
      <ScreenHeader title={texts.changes.title} about={<About plan={plan} said={said} />}>
        {plan !== null && plan.holds.length > 0 && <Button onClick={() => refine({ holds: 'open' })}>{texts.review.holds(plan.holds.length)}</Button>}
        {plan !== null && plan.counts.total > 0 && <PlanDownload onProblem={setProblem} onSay={setSaid} />}
        {plan !== null && plan.hash !== null && plan.counts.total > 0 && <ApproveButton plan={plan} hash={plan.hash} />}
      </ScreenHeader>
      <div className={styles.body}>
        {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
        {summary.status === 'failed' && <ProblemMessage problem={summary.problem} />}
        <LastExport />
        {plan !== null && plan.counts.total > 0 && <PlanCard plan={plan} />}
        {view.problem !== null && <ProblemMessage problem={view.problem} />}
        <div className={styles.split}><SplitView id="changes" isDetailOpen={parameters['detail'] === 'open' && row !== undefined} onBack={closeDetail}
          list={<ChangeList view={view} request={request} selection={selection} marks={marks} emptiness={emptinessOf(view, plan, request)} onExclude={setExcluding} />}
          detail={row === undefined ? null : <ChangeDetail key={row.metaverseId} row={row} onExclude={() => setExcluding([[row.metaverseId, nameOfRow(row)]])} />} /></div>
      </div>
      {excluding !== null && <ExcludeDialog chosen={excluding} onClose={() => setExcluding(null)} onExcluded={() => excluded(excluding)} />}
      {plan !== null && parameters['holds'] === 'open' && <Holds holds={plan.holds} onClose={() => refine({ holds: null })} />}
    </>
  )
}

function About({ plan, said }: { readonly plan: PlanSummary | null; readonly said: string | null }): ReactNode {
  const header = plan?.header ?? null
  return <span role="status" {...(header === null ? {} : { title: formatInstant(header.plannedAt) })}>{said ?? (header === null ? '' : texts.changes.about(header.runs.synchronization, header.plannedAt))}</span>
}

function emptinessOf(view: View<ChangeRow>, plan: PlanSummary | null, { text, facets }: ViewRequest): Emptiness {
  if (view.status !== 'ready') return view.status
  if (text !== '' || Object.keys(facets).length > 0) return 'filteredAway'
  return plan !== null && plan.header === null ? 'neverPlanned' : 'nothingPlanned'
}

/** Who is next to what has gone, so that the review goes on where it was. */
function neighbourOf(view: View<ChangeRow>, index: number, gone: Chosen): string | null {
  const isGone = (id: string): boolean => gone.some(([other]) => other === id)
  const order = [...Array.from({ length: 100 }, (_, step) => index + 1 + step), ...Array.from({ length: Math.min(index, 100) }, (_, step) => index - 1 - step)]
  return order.map((place) => view.rowAt(place)?.metaverseId).find((id) => id !== undefined && !isGone(id)) ?? null
}

function keyOf(row: ChangeRow): string {
  return row.metaverseId
}
