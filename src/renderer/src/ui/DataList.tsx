import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { texts } from '../texts.ts'

const useStyles = makeStyles({
  scroll: { overflowY: 'auto', flexGrow: 1, minHeight: 0, position: 'relative', outlineOffset: '-2px' },
  row: { position: 'absolute', left: 0, right: 0, display: 'flex', alignItems: 'center', padding: `0 ${tokens.spacingHorizontalM}`, borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, boxSizing: 'border-box', cursor: 'default' },
  selected: { backgroundColor: tokens.colorBrandBackground2, boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}` },
  skeleton: { height: '12px', width: '40%', borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground5 },
  empty: { padding: tokens.spacingVerticalXXL, color: tokens.colorNeutralForeground2 },
})

export type DataListProps<Row> = {
  readonly label: string
  readonly total: number
  readonly rowHeight: number
  /** Undefined: not here yet, a skeleton is shown. */
  readonly rowAt: (index: number) => Row | undefined
  /** Told which rows are on the screen, so that windows can be fetched. */
  readonly onVisible: (first: number, last: number) => void
  readonly selected: number | null
  readonly onSelect: (index: number) => void
  readonly onKey?: (event: KeyboardEvent, index: number | null) => void
  readonly renderRow: (row: Row, index: number) => ReactNode
  readonly empty: ReactNode
}

/** A list of any length: only what is seen is in the page. j and k move as the arrows do. */
export function DataList<Row>(props: DataListProps<Row>): ReactNode {
  const styles = useStyles()
  const scroll = useRef<HTMLDivElement>(null)
  const { total, rowHeight, selected, onSelect, onVisible } = props
  const virtualizer = useVirtualizer({ count: total, getScrollElement: () => scroll.current, estimateSize: () => rowHeight, overscan: 12 })
  const items = virtualizer.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  useEffect(() => onVisible(first, last), [first, last, total, onVisible])
  useEffect(() => { if (selected !== null) virtualizer.scrollToIndex(selected, { align: 'auto' }) }, [selected, virtualizer])

  const move = (event: KeyboardEvent): void => {
    const next = nextIndex(event.key, selected, total, Math.max(1, Math.floor((scroll.current?.clientHeight ?? rowHeight) / rowHeight) - 1))
    if (next === null) return props.onKey?.(event, selected)
    event.preventDefault()
    onSelect(next)
  }
  if (total === 0) return <div className={styles.empty}>{props.empty}</div>
  return (
    <div ref={scroll} className={styles.scroll} role="listbox" tabIndex={0} aria-label={`${props.label}, ${texts.list.rows(total)}`} onKeyDown={move}
      {...(selected === null ? {} : { 'aria-activedescendant': `row-${selected}` })}>
      <div style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = props.rowAt(item.index)
          return (
            <div key={item.key} id={`row-${item.index}`} role="option" aria-selected={item.index === selected} aria-posinset={item.index + 1} aria-setsize={total}
              className={mergeClasses(styles.row, item.index === selected && styles.selected)} style={{ height: rowHeight, transform: `translateY(${item.start}px)` }} onClick={() => onSelect(item.index)}>
              {row === undefined ? <span className={styles.skeleton} aria-label={texts.list.loading} /> : props.renderRow(row, item.index)}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function nextIndex(key: string, selected: number | null, total: number, page: number): number | null {
  const from = selected ?? -1
  const clamp = (index: number): number => Math.min(total - 1, Math.max(0, index))
  switch (key) {
    case 'ArrowDown': case 'j': return clamp(from + 1)
    case 'ArrowUp': case 'k': return clamp(from - 1)
    case 'PageDown': return clamp(from + page)
    case 'PageUp': return clamp(from - page)
    case 'Home': return 0
    case 'End': return total - 1
    default: return null
  }
}
