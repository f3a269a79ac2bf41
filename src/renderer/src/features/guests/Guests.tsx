import { makeStyles, Menu, MenuButton, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger, SearchBox, tokens } from '@fluentui/react-components'
import { TableSettingsRegular } from '@fluentui/react-icons'
import { memo, useCallback, useMemo, useState, type ReactNode } from 'react'
import type { OpenedView } from '../../../../shared/api/views.ts'
import type { GuestRow } from '../../../../shared/domain/guestRow.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { navigate, refine, useRoute, type Route } from '../../app/route.ts'
import { useSelection } from '../../app/useSelection.ts'
import { useView, type View, type ViewRequest } from '../../app/useView.ts'
import { texts } from '../../texts.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Facets } from '../../ui/Facets.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { ScreenHeader } from '../../ui/ScreenHeader.tsx'
import { SplitView } from '../../ui/SplitView.tsx'
import type { Sorting } from '../../ui/TableHeading.tsx'
import { ExportButton } from './ExportButton.tsx'
import { chooseColumns, chosenColumns, columnNames, useColumnChoice } from './guestColumns.tsx'
import { GuestDetail } from './GuestDetail.tsx'
import { InviteMenu } from './InviteMenu.tsx'
import { NoGuests } from './NoGuests.tsx'

const useStyles = makeStyles({
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}`, minHeight: 0, flexGrow: 1 },
  list: { display: 'flex', flexDirection: 'column', minHeight: 0, height: '100%' },
  search: { margin: tokens.spacingVerticalS, maxWidth: 'none', flexShrink: 0 },
})

const facetNames = ['state', 'company'] as const
const listId = 'guests-table'
const noFacets: OpenedView['facets'] = {}

/** All guests, what became of each and why. */
export function Guests(): ReactNode {
  const styles = useStyles()
  const { parameters } = useRoute((state) => state.route)
  const request = useMemo(() => requestOf(parameters), [parameters['text'], parameters['state'], parameters['company'], parameters['sort']])
  const view = useView('guests', request)
  const { index, row, select } = useSelection(view, keyOf)
  const shown = useColumnChoice((state) => state.shown)
  const columns = useMemo(() => chosenColumns(shown), [shown])
  const [problem, setProblem] = useState<Problem | null>(null)
  const [exported, setExported] = useState<number | null>(null)
  const total = view.opened?.total ?? 0
  const chooseFacet = useCallback((name: string, values: readonly string[]) => {
    setExported(null)
    refine({ [name]: values.join('\n') })
  }, [])
  const closeDetail = (): void => {
    refine({ detail: null })
    requestAnimationFrame(() => document.getElementById(listId)?.focus())
  }
  return (
    <>
      <ScreenHeader title={texts.screens.guests} about={<span role="status">{exported === null ? aboutOf(view) : texts.guests.exported(exported)}</span>}>
        <ColumnMenu />
        <InviteMenu />
        <ExportButton request={request} isDisabled={total === 0} onProblem={setProblem} onExported={setExported} />
      </ScreenHeader>
      <div className={styles.body}>
        {problem !== null && <ProblemMessage problem={problem} onDismiss={() => setProblem(null)} />}
        {view.problem !== null && <ProblemMessage problem={view.problem} />}
        <SplitView id="guests" initialShare={58} isDetailOpen={parameters['detail'] === 'open' && row !== undefined} onBack={closeDetail}
          list={(
            <div className={styles.list}>
              <SearchBox className={styles.search} value={parameters['text'] ?? ''} onChange={(_event, data) => { setExported(null); refine({ text: data.value }) }} placeholder={texts.guests.search} aria-label={texts.guests.search} />
              <Facets names={facetNames} facets={view.opened?.facets ?? noFacets} chosen={request.facets} onChoose={chooseFacet} />
              <DataTable<GuestRow> id={listId} label={texts.screens.guests} columns={columns} total={total} rowHeight={42} rowAt={view.rowAt} onVisible={view.onVisible} selected={index} onSelect={select}
                onOpen={() => refine({ detail: 'open' })} onEnter={() => { if (row !== undefined) navigate('preview', { id: row.id }) }}
                sorting={request.sort} onSort={(column) => refine({ sort: sortAnew(request.sort, column) })} empty={<NoGuests status={view.status} isFiltered={isFiltered(request)} onClear={() => refine({ text: null, state: null, company: null })} />} />
            </div>
          )}
          detail={row === undefined ? null : <GuestDetail key={row.id} row={row} />} />
      </div>
    </>
  )
}

const ColumnMenu = memo(function ColumnMenu(): ReactNode {
  const shown = useColumnChoice((state) => state.shown)
  return (
    <Menu checkedValues={{ columns: [...shown] }} onCheckedValueChange={(_event, data) => chooseColumns(data.checkedItems)}>
      <MenuTrigger disableButtonEnhancement><MenuButton icon={<TableSettingsRegular />}>{texts.guests.columns}</MenuButton></MenuTrigger>
      <MenuPopover><MenuList>{columnNames.map((name) => <MenuItemCheckbox key={name} name="columns" value={name} disabled={name === 'displayName'}>{texts.guests.column[name]}</MenuItemCheckbox>)}</MenuList></MenuPopover>
    </Menu>
  )
})

function requestOf(parameters: Route['parameters']): ViewRequest {
  const facets = Object.fromEntries(facetNames.flatMap((name) => { const value = parameters[name]; return value === undefined ? [] : [[name, value.split('\n')]] }))
  const [column = '', direction] = parameters['sort']?.split(' ') ?? []
  const isKnown = columnNames.some((name) => name === column)
  return { text: parameters['text'] ?? '', facets, sort: isKnown ? { column, direction: direction === 'descending' ? 'descending' : 'ascending' } : null }
}

function sortAnew(sorting: Sorting | null, column: string): string {
  return `${column} ${sorting?.column === column && sorting.direction === 'ascending' ? 'descending' : 'ascending'}`
}

function isFiltered({ text, facets }: ViewRequest): boolean {
  return text !== '' || Object.keys(facets).length > 0
}

function aboutOf({ opened }: View<GuestRow>): string {
  return opened === null ? '' : texts.guests.about(opened.total)
}

function keyOf(row: GuestRow): string {
  return row.id
}
