import { useCallback, useMemo, type ReactNode } from 'react'
import type { MetaverseObject } from '../../../../shared/domain/metaverse.ts'
import type { PersonRow } from '../../../../shared/domain/listRows.ts'
import { navigate, refine, useRoute } from '../../app/route.ts'
import { succeed } from '../../../../shared/domain/result.ts'
import { usePages, type LoadPage } from '../../app/usePages.ts'
import { useSelection } from '../../app/useSelection.ts'
import { useView } from '../../app/useView.ts'
import { texts } from '../../texts.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Facets } from '../../ui/Facets.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import type { Clause } from './clauses.ts'
import { EmptyList } from './EmptyList.tsx'
import { personColumns } from './personColumns.tsx'
import { TableOfPages } from './TableOfPages.tsx'

export const listId = 'metaverse-table'
const rowHeight = 40
const pageSize = 200
const facetNames = ['connectors', 'company'] as const
const [sortable, inOrderOfIds] = [personColumns('sortable'), personColumns('inOrderOfIds')]

/** Everybody whom the text and the facets leave. */
export function AllPersons({ text }: { readonly text: string }): ReactNode {
  const { parameters } = useRoute((state) => state.route)
  const request = useMemo(() => {
    const [column = '', direction] = parameters['sort']?.split(' ') ?? []
    const isKnown = sortable.some((known) => known.isSortable && known.name === column)
    return {
      text, facets: Object.fromEntries(facetNames.flatMap((name) => { const value = parameters[name]; return value === undefined ? [] : [[name, value.split('\n')]] })),
      sort: isKnown ? { column, direction: direction === 'descending' ? 'descending' as const : 'ascending' as const } : null,
    }
  }, [text, parameters['connectors'], parameters['company'], parameters['sort']])
  const view = useView('persons', request)
  const { index, row, select } = useSelection(view, keyOf)
  const sortBy = (column: string): void => refine({ sort: `${column} ${request.sort?.column === column && request.sort.direction === 'ascending' ? 'descending' : 'ascending'}` })
  return (
    <>
      <Facets names={facetNames} facets={view.opened?.facets ?? {}} chosen={request.facets} onChoose={(name, values) => refine({ [name]: values.join('\n') })} />
      {view.problem !== null && <ProblemMessage problem={view.problem} />}
      <DataTable<PersonRow> id={listId} label={texts.metaverse.tabs.persons} columns={sortable} total={view.opened?.total ?? 0} rowHeight={rowHeight} rowAt={view.rowAt} onVisible={view.onVisible} selected={index} onSelect={select}
        onOpen={() => refine({ detail: 'open' })} onEnter={() => { if (row !== undefined) navigate('preview', { id: row.metaverseId }) }} sorting={request.sort} onSort={sortBy}
        empty={<EmptyList status={view.status} words={text !== '' || Object.keys(request.facets).length > 0 ? texts.metaverse.nobody : texts.metaverse.empty} />} />
    </>
  )
}

/** Persons for whom every condition holds, page by page as they are found. */
export function FoundPersons({ text, clauses }: { readonly text: string; readonly clauses: readonly Clause[] }): ReactNode {
  const load = useCallback<LoadPage<PersonRow>>(async (client, after, signal) => {
    const found = await client.call('metaverse.search', { clauses, text: text === '' ? null : text, after, limit: pageSize }, signal)
    return found.ok ? succeed({ rows: found.value.objects.map(rowOf), next: found.value.next }) : found
  }, [text, clauses])
  return <TableOfPages pages={usePages(load)} columns={inOrderOfIds} label={texts.metaverse.tabs.persons} keyOf={keyOf} none={texts.metaverse.nobody} />
}

function rowOf({ id, attributes, links }: MetaverseObject): PersonRow {
  const text = (name: string): string | null => {
    const value = Object.hasOwn(attributes, name) ? attributes[name]?.values[0] : undefined
    return value === undefined ? null : String(value)
  }
  return { metaverseId: id, displayName: text('displayName'), company: text('company'), userPrincipalName: text('userPrincipalName'), connectors: links.map(({ connector }) => connector) }
}

function keyOf(row: PersonRow): string {
  return row.metaverseId
}
