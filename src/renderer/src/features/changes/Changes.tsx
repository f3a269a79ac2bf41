import { makeStyles, SearchBox, tokens } from '@fluentui/react-components'
import { useCallback, useEffect, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { ChangeRow } from '../../../../shared/domain/listRows.ts'
import { navigate, refine, useRoute } from '../../app/route.ts'
import { useAnswer } from '../../app/service.tsx'
import { useView } from '../../app/useView.ts'
import { texts } from '../../texts.ts'
import { DataList } from '../../ui/DataList.tsx'
import { Facets } from '../../ui/Facets.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { SplitView } from '../../ui/SplitView.tsx'
import { ApproveButton } from './ApproveButton.tsx'
import { ChangeDetail } from './ChangeDetail.tsx'
import { ChangeListRow } from './ChangeListRow.tsx'
import { ExcludeDialog } from './ExcludeDialog.tsx'
import { PlanCard } from './PlanCard.tsx'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}`, minHeight: 0, flexGrow: 1 },
  list: { display: 'flex', flexDirection: 'column', minHeight: 0, height: '100%' },
  search: { margin: tokens.spacingVerticalS, maxWidth: 'none' },
})

const facetNames = ['kind', 'company', 'attribute', 'rule', 'reason'] as const

/** The plan: what waits for approval, change by change, with why, before anything is written. */
export function Changes(): ReactNode {
  const styles = useStyles()
  const { parameters } = useRoute((state) => state.route)
  const summary = useAnswer('plan.summary', {})
  const request = useMemo(() => ({
    text: parameters['text'] ?? '', sort: null,
    facets: Object.fromEntries(facetNames.flatMap((name) => { const value = parameters[name]; return value === undefined ? [] : [[name, value.split('\n')]] })),
  }), [parameters])
  const view = useView('changes', request)
  const [selected, setSelected] = useState<number | null>(null)
  const [excluding, setExcluding] = useState<ChangeRow | null>(null)
  const current = selected === null ? undefined : view.rowAt(selected)

  useEffect(() => {
    const wanted = parameters['selected']
    if (wanted === undefined || view.opened === null) return
    void view.find(wanted).then((index) => { if (index !== null) setSelected(index) })
    // Only a new view looks for the selection again: moving through the list must not chase itself.
  }, [view.opened])

  const select = useCallback((index: number) => {
    setSelected(index)
    const row = view.rowAt(index)
    if (row !== undefined) refine({ selected: row.metaverseId })
  }, [view])
  const onKey = (event: KeyboardEvent): void => {
    if (current === undefined) return
    if (event.key === 'e' || event.key === ' ') { event.preventDefault(); setExcluding(current) }
    if (event.key === 'Enter') navigate('preview', { id: current.metaverseId })
  }
  const plan = summary.status === 'ready' || summary.status === 'refreshing' ? summary.value : null
  return (
    <>
      <ScreenHeader title={texts.changes.title} about={plan?.header === null || plan === null ? undefined : texts.changes.about(plan.header.runs.synchronization, plan.header.plannedAt)}>
        {plan !== null && <ApproveButton plan={plan} />}
      </ScreenHeader>
      <div className={styles.body}>
        {summary.status === 'failed' && <ProblemMessage problem={summary.problem} />}
        {plan !== null && <PlanCard plan={plan} />}
        {view.problem !== null && <ProblemMessage problem={view.problem} />}
        <SplitView id="changes" isDetailOpen={current !== undefined} onBack={() => setSelected(null)}
          list={(
            <div className={styles.list}>
              <SearchBox className={styles.search} value={parameters['text'] ?? ''} onChange={(_event, data) => refine({ text: data.value })} placeholder={texts.changes.search} aria-label={texts.changes.search} />
              <Facets names={facetNames} facets={view.opened?.facets ?? {}} chosen={request.facets} onChoose={(name, values) => refine({ [name]: values.join('\n') })} />
              <DataList<ChangeRow> label={texts.changes.title} total={view.opened?.total ?? 0} rowHeight={56} rowAt={view.rowAt} onVisible={view.onVisible} selected={selected} onSelect={select} onKey={onKey}
                renderRow={(row) => <ChangeListRow row={row} />} empty={view.status === 'loading' ? texts.list.loading : texts.changes.empty} />
            </div>
          )}
          detail={current === undefined ? null : <ChangeDetail key={current.metaverseId} row={current} onExclude={() => setExcluding(current)} />} />
      </div>
      {excluding !== null && <ExcludeDialog row={excluding} onClose={() => setExcluding(null)} />}
    </>
  )
}
