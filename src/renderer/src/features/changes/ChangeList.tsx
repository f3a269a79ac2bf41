import { Button, makeStyles, SearchBox, tokens } from '@fluentui/react-components'
import { useMemo, type KeyboardEvent, type ReactNode } from 'react'
import type { ChangeRow } from '../../../../shared/domain/listRows.ts'
import { navigate, refine } from '../../app/route.ts'
import type { Selection } from '../../app/useSelection.ts'
import type { View, ViewRequest } from '../../app/useView.ts'
import { texts } from '../../texts.ts'
import { DataList } from '../../ui/DataList.tsx'
import { Facets } from '../../ui/Facets.tsx'
import { ChangeListRow } from './ChangeListRow.tsx'
import { facetNames, headingsOf } from './changeRequest.ts'
import type { Chosen } from './ExcludeDialog.tsx'
import { KindChips } from './KindChips.tsx'
import { NoChanges, type Emptiness } from './NoChanges.tsx'
import { toggleUnchanged } from './Unchanged.tsx'
import { nameOfRow, type Marks } from './useMarks.ts'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', minHeight: 0, height: '100%' },
  search: { margin: tokens.spacingVerticalS, maxWidth: 'none', flexShrink: 0 },
  marks: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS, padding: `4px ${tokens.spacingHorizontalM}`, backgroundColor: tokens.colorBrandBackground2, color: tokens.colorNeutralForeground1, flexShrink: 0 },
})

export const listId = 'changes-list'
const narrowed = facetNames.filter((name) => name !== 'kind')

type ChangeListProps = {
  readonly view: View<ChangeRow>
  readonly request: ViewRequest
  readonly selection: Selection<ChangeRow>
  readonly marks: Marks
  readonly emptiness: Emptiness
  readonly onExclude: (chosen: Chosen) => void
}

/** Search, kinds and facets above; below them the plan in the order of danger. Everything has a key. */
export function ChangeList({ view, request, selection, marks, emptiness, onExclude }: ChangeListProps): ReactNode {
  const styles = useStyles()
  const { index, row: current, select } = selection
  const facets = view.opened?.facets ?? {}
  const kinds = request.facets['kind'] ?? []
  const hasFilters = (view.opened?.total ?? 0) > 0 || Object.keys(request.facets).length > 0 || request.text !== ''
  const headings = useMemo(() => headingsOf(view.opened?.facets ?? {}, request.facets['kind'] ?? []), [view.opened, request])
  const excludeChosen = (): void => {
    if (marks.chosen.length > 0) onExclude(marks.chosen)
    else if (current !== undefined) onExclude([[current.metaverseId, nameOfRow(current)]])
  }
  const onKey = (event: KeyboardEvent): void => {
    const does = { ' ': () => { if (current !== undefined) marks.toggle(current) }, e: excludeChosen, u: toggleUnchanged, Escape: marks.clear, Enter: () => { if (current !== undefined) navigate('preview', { id: current.metaverseId }) }, o: () => refine({ detail: 'open' }) }
    if (!Object.hasOwn(does, event.key)) return
    event.preventDefault()
    does[event.key as keyof typeof does]()
  }
  const showAll = (): void => refine({ text: null, ...Object.fromEntries(facetNames.map((name) => [name, null])) })
  return (
    <div className={styles.list}>
      <SearchBox className={styles.search} value={request.text} onChange={(_event, data) => refine({ text: data.value })} placeholder={texts.changes.search} aria-label={texts.changes.search} />
      {hasFilters && <KindChips counts={facets['kind'] ?? []} chosen={kinds} onChoose={(chosen) => refine({ kind: chosen.join('\n') })} />}
      {hasFilters && <Facets names={narrowed} facets={facets} chosen={Object.fromEntries(Object.entries(request.facets).filter(([name]) => name !== 'kind'))} onChoose={(name, values) => refine({ [name]: values.join('\n') })} />}
      {marks.chosen.length > 0 && (
        <div className={styles.marks}>
          <span role="status">{texts.review.marked(marks.chosen.length)}</span>
          <Button size="small" onClick={excludeChosen}>{texts.review.excludeMarked(marks.chosen.length)}</Button>
          <Button size="small" appearance="subtle" onClick={marks.clear}>{texts.review.unmark}</Button>
        </div>
      )}
      <DataList<ChangeRow> id={listId} label={texts.changes.title} total={view.opened?.total ?? 0} rowHeight={56} headings={headings} rowAt={view.rowAt} onVisible={view.onVisible} selected={index} onSelect={select} onKey={onKey}
        onClick={() => refine({ detail: 'open' })} isMarked={marks.has} renderRow={(row) => <ChangeListRow row={row} isMarked={marks.has(row)} onMark={marks.toggle} />} empty={<NoChanges why={emptiness} onShowAll={showAll} />} />
    </div>
  )
}
