import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { texts } from '../texts.ts'
import { placeAt, positionOfRow, type ListHeading } from './listPlaces.ts'
import { moveInList } from './moveInList.ts'
import { useRowHeight } from './useRowHeight.ts'

const headingHeight = 32
const noHeadings: readonly ListHeading[] = []

const useStyles = makeStyles({
  // Rows would be painted over an outline within.
  scroll: { overflowY: 'auto', flexGrow: 1, minHeight: 0, position: 'relative', margin: '2px', outlineOffset: '0px' },
  row: { position: 'absolute', left: 0, right: 0, display: 'flex', alignItems: 'center', padding: `0 ${tokens.spacingHorizontalM}`, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, boxSizing: 'border-box', cursor: 'default' },
  option: { ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
  selected: { backgroundColor: tokens.colorBrandBackground2, boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}`, ':hover': { backgroundColor: tokens.colorBrandBackground2Hover }, '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' } },
  heading: { justifyContent: 'space-between', gap: tokens.spacingHorizontalM, backgroundColor: tokens.colorNeutralBackground2, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: 'tabular-nums' },
  skeleton: { height: '12px', width: '40%', borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground5 },
  empty: { padding: tokens.spacingVerticalXXL, color: tokens.colorNeutralForeground2 },
})

export type DataListProps<Row> = {
  readonly id?: string
  readonly label: string
  readonly total: number
  /** In pixels, where the density is comfortable. */
  readonly rowHeight: number
  /** Undefined: not here yet, a skeleton is shown. */
  readonly rowAt: (index: number) => Row | undefined
  /** Told which rows are on the screen, so that windows can be fetched. */
  readonly onVisible: (first: number, last: number) => void
  readonly selected: number | null
  readonly onSelect: (index: number) => void
  readonly onKey?: (event: KeyboardEvent, index: number | null) => void
  readonly onClick?: (row: Row, index: number) => void
  readonly renderRow: (row: Row, index: number) => ReactNode
  /** Rows are grouped: each heading before its first row, in order. */
  readonly headings?: readonly ListHeading[]
  /** Where several rows can be marked: whether this one is. */
  readonly isMarked?: (row: Row) => boolean
  readonly empty: ReactNode
}

/** A list of any length: only what is seen is in the page. j and k move as the arrows do. */
export function DataList<Row>(props: DataListProps<Row>): ReactNode {
  const styles = useStyles()
  const scroll = useRef<HTMLDivElement>(null)
  const { total, selected, onSelect, onVisible, headings = noHeadings, isMarked, id = 'row' } = props
  const rowHeight = useRowHeight(props.rowHeight)
  const heightAt = (position: number): number => (placeAt(position, headings).kind === 'heading' ? headingHeight : rowHeight)
  const virtualizer = useVirtualizer({ count: total + headings.length, getScrollElement: () => scroll.current, estimateSize: heightAt, overscan: 12 })
  const items = virtualizer.getVirtualItems().map((item) => ({ ...item, place: placeAt(item.index, headings) }))
  const shown = items.flatMap(({ place }) => (place.kind === 'row' ? [place.row] : []))
  const [first, last] = [shown[0] ?? 0, shown.at(-1) ?? 0]
  useEffect(() => onVisible(first, last), [first, last, total, onVisible])
  useEffect(() => virtualizer.measure(), [rowHeight, headings, virtualizer])
  useEffect(() => { if (selected !== null) virtualizer.scrollToIndex(selected === 0 ? 0 : positionOfRow(selected, headings), { align: 'auto' }) }, [selected, headings, virtualizer])

  const move = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const next = moveInList(event.key, selected, total, Math.max(1, Math.floor((scroll.current?.clientHeight ?? rowHeight) / rowHeight) - 1))
    if (next === null) return props.onKey?.(event, selected)
    event.preventDefault()
    onSelect(next)
  }
  if (total === 0) return <div className={styles.empty}>{props.empty}</div>
  return (
    <div ref={scroll} id={id} className={styles.scroll} role="listbox" tabIndex={0} aria-label={`${props.label}, ${texts.list.rows(total)}`} aria-multiselectable={isMarked !== undefined} onKeyDown={move}
      {...(selected === null ? {} : { 'aria-activedescendant': `${id}-${selected}` })}>
      <div role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ key, start, place }) => {
          const style = { height: place.kind === 'heading' ? headingHeight : rowHeight, transform: `translateY(${start}px)` }
          // Each row says its group itself, so a heading would only be said twice.
          if (place.kind === 'heading') return <div key={key} aria-hidden className={mergeClasses(styles.row, styles.heading)} style={style}><span>{place.heading.title}</span><span>{place.heading.count}</span></div>
          const { row: index } = place
          const row = props.rowAt(index)
          return (
            <div key={key} id={`${id}-${index}`} role="option" aria-selected={isMarked === undefined ? index === selected : row !== undefined && isMarked(row)} aria-posinset={index + 1} aria-setsize={total}
              className={mergeClasses(styles.row, styles.option, index === selected && styles.selected)} style={style} onClick={() => { onSelect(index); if (row !== undefined) props.onClick?.(row, index) }}>
              {row === undefined ? <span className={styles.skeleton} role="img" aria-label={texts.list.loading} /> : props.renderRow(row, index)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
