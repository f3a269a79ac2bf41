import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react'
import { texts } from '../texts.ts'
import { moveInList } from './moveInList.ts'
import { TableHeading, type Sorting } from './TableHeading.tsx'
import { useRowHeight } from './useRowHeight.ts'

const headerHeight = 36

const useStyles = makeStyles({
  // Rows would be painted over an outline within.
  scroll: { overflow: 'auto', flexGrow: 1, minHeight: 0, position: 'relative', margin: '2px', outlineOffset: '0px' },
  body: { position: 'relative' },
  line: { display: 'grid', alignItems: 'center', boxSizing: 'border-box', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  row: { position: 'absolute', left: 0, right: 0, cursor: 'default', ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  selected: { backgroundColor: tokens.colorBrandBackground2, boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}`, ':hover': { backgroundColor: tokens.colorBrandBackground2Hover }, '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' } },
  header: { position: 'sticky', top: 0, zIndex: 1, backgroundColor: tokens.colorNeutralBackground1, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, color: tokens.colorNeutralForeground2 },
  cell: { padding: `0 ${tokens.spacingHorizontalS}`, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  skeleton: { display: 'block', height: '12px', width: '60%', borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground5 },
  empty: { padding: tokens.spacingVerticalXXL, color: tokens.colorNeutralForeground2 },
})

export type Column<Row> = {
  readonly name: string
  readonly title: string
  /** Least width in pixels; what is left of the pane is shared by `share`. */
  readonly width: number
  readonly share: number
  readonly isSortable: boolean
  readonly render: (row: Row) => ReactNode
}

export type DataTableProps<Row> = {
  readonly id: string
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly total: number
  /** In pixels, where the density is comfortable. */
  readonly rowHeight: number
  /** Undefined: not here yet, a skeleton is shown. */
  readonly rowAt: (index: number) => Row | undefined
  readonly onVisible: (first: number, last: number) => void
  readonly selected: number | null
  readonly onSelect: (index: number) => void
  /** A click or the space bar: the detail is wanted, also where it is a page of its own. */
  readonly onOpen: () => void
  readonly onEnter: () => void
  readonly sorting: Sorting | null
  readonly onSort: (column: string) => void
  readonly empty: ReactNode
}

/** A table of any length with columns that sort: only what is seen is in the page. j and k move as the arrows do. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const styles = useStyles()
  const scroll = useRef<HTMLDivElement>(null)
  const { id, columns, total, selected, onSelect, onVisible, onOpen } = props
  const rowHeight = useRowHeight(props.rowHeight)
  const virtualizer = useVirtualizer({ count: total, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 12, scrollPaddingStart: headerHeight, paddingStart: headerHeight })
  const items = virtualizer.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  useEffect(() => { if (total > 0) onVisible(first, last) }, [first, last, total, onVisible])
  useEffect(() => { if (selected !== null) virtualizer.scrollToIndex(selected, { align: 'auto' }) }, [selected, virtualizer])
  useEffect(() => virtualizer.measure(), [rowHeight, virtualizer])

  const onKey = (event: KeyboardEvent): void => {
    // The headers are buttons with keys of their own.
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? rowHeight) / rowHeight) - 2)
    const next = moveInList(event.key, selected, total, page)
    if (next === null && event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    if (next !== null) return onSelect(next)
    if (selected !== null) (event.key === 'Enter' ? props.onEnter : props.onOpen)()
  }
  const grid = useMemo(() => gridOf(columns), [columns])
  const click = useLatest((index: number) => { onSelect(index); onOpen() })
  if (total === 0) return <div className={styles.empty}>{props.empty}</div>
  return (
    <div ref={scroll} id={id} className={styles.scroll} role="grid" tabIndex={0} aria-label={`${props.label}, ${texts.list.rows(total)}`} aria-rowcount={total + 1} aria-colcount={columns.length} onKeyDown={onKey}
      {...(selected === null ? {} : { 'aria-activedescendant': `${id}-${selected}` })}>
      <div className={mergeClasses(styles.line, styles.header)} role="row" aria-rowindex={1} style={{ ...grid, height: headerHeight }}>
        {columns.map((column) => <TableHeading key={column.name} name={column.name} title={column.title} isSortable={column.isSortable} sorting={props.sorting} onSort={props.onSort} />)}
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: virtualizer.getTotalSize() - headerHeight, minWidth: grid.minWidth }}>
        {items.map((item) => (
          <TableRow<Row> key={item.key} id={`${id}-${item.index}`} index={item.index} row={props.rowAt(item.index)} columns={columns} grid={grid} start={item.start - headerHeight} height={rowHeight} isSelected={item.index === selected} onClick={click} />
        ))}
      </div>
    </div>
  )
}

type TableRowProps<Row> = {
  readonly id: string
  readonly index: number
  readonly row: Row | undefined
  readonly columns: readonly Column<Row>[]
  readonly grid: CSSProperties
  readonly start: number
  readonly height: number
  readonly isSelected: boolean
  readonly onClick: (index: number) => void
}

/** Scrolling draws the table anew many times a second, a row only when it is another one. */
const TableRow = memo(function TableRow<Row>({ id, index, row, columns, grid, start, height, isSelected, onClick }: TableRowProps<Row>): ReactNode {
  const styles = useStyles()
  return (
    <div id={id} role="row" aria-rowindex={index + 2} aria-selected={isSelected} className={mergeClasses(styles.line, styles.row, isSelected && styles.selected)} style={{ ...grid, height, transform: `translateY(${start}px)` }} onClick={() => onClick(index)}>
      {columns.map((column) => <div key={column.name} role="gridcell" className={styles.cell}>{row === undefined ? <span className={styles.skeleton} role="img" aria-label={texts.list.loading} /> : column.render(row)}</div>)}
    </div>
  )
  // What memo gives back has lost the type parameter.
}) as <Row>(props: TableRowProps<Row>) => ReactNode

function gridOf(columns: readonly Column<never>[]): CSSProperties {
  return { gridTemplateColumns: columns.map(({ width, share }) => `minmax(${width}px, ${share}fr)`).join(' '), minWidth: columns.reduce((sum, { width }) => sum + width, 0) }
}

/** The same function at every drawing, which calls the one of the last drawing. */
function useLatest(call: (index: number) => void): (index: number) => void {
  const latest = useRef(call)
  useLayoutEffect(() => { latest.current = call })
  return useCallback((index) => latest.current(index), [])
}
