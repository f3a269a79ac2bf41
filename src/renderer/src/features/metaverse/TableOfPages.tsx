import { makeStyles, tokens } from '@fluentui/react-components'
import { useState, type ReactNode } from 'react'
import { navigate, refine, useRoute } from '../../app/route.ts'
import type { Pages } from '../../app/usePages.ts'
import { texts } from '../../texts.ts'
import { DataTable, type Column } from '../../ui/DataTable.tsx'
import { ProblemMessage } from '../../ui/ProblemMessage.tsx'
import { EmptyList } from './EmptyList.tsx'

const useStyles = makeStyles({ found: { padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS}`, color: tokens.colorNeutralForeground2, flexShrink: 0 } })

type TableOfPagesProps<Row> = {
  readonly pages: Pages<Row>
  readonly columns: readonly Column<Row>[]
  readonly label: string
  readonly keyOf: (row: Row) => string
  readonly none: string
}

/** A table that grows as its end is reached; the row that waits for the next page is a skeleton. */
export function TableOfPages<Row>({ pages, columns, label, keyOf, none }: TableOfPagesProps<Row>): ReactNode {
  const styles = useStyles()
  const wanted = useRoute((state) => state.route.parameters['selected'])
  const { rows, hasMore } = pages
  const [waiting, setWaiting] = useState<number | null>(null)
  const found = rows.findIndex((row) => keyOf(row) === wanted)
  const selected = waiting !== null && waiting >= rows.length ? waiting : found < 0 ? null : found
  const select = (index: number): void => {
    const row = rows[index]
    setWaiting(row === undefined ? index : null)
    if (row !== undefined) refine({ selected: keyOf(row) })
  }
  return (
    <>
      {pages.problem !== null && <ProblemMessage problem={pages.problem} />}
      {rows.length > 0 && <div role="status" className={styles.found}>{texts.metaverse.found(rows.length, hasMore)}</div>}
      <DataTable<Row> id="metaverse-table" label={label} columns={columns} total={rows.length + (hasMore ? 1 : 0)} rowHeight={40} rowAt={(index) => rows[index]} onVisible={pages.onVisible} selected={selected} onSelect={select}
        onOpen={() => refine({ detail: 'open' })} onEnter={() => { if (wanted !== undefined) navigate('preview', { id: wanted }) }} sorting={null} onSort={() => undefined}
        empty={<EmptyList status={pages.status} words={none} />} />
    </>
  )
}
