import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { useMedia } from '../app/theme.ts'
import { texts } from '../texts.ts'

const useStyles = makeStyles({
  split: { display: 'grid', minHeight: 0, flexGrow: 1 },
  pane: { minWidth: 0, minHeight: 0, overflow: 'hidden', display: 'flex', flexDirection: 'column', backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusLarge },
  detail: { overflow: 'auto' },
  back: { flexShrink: 0, alignSelf: 'flex-start' },
  splitter: { cursor: 'col-resize', borderRadius: tokens.borderRadiusSmall, ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover } },
})

type SplitViewProps = {
  readonly id: string
  readonly list: ReactNode
  readonly detail: ReactNode
  readonly isDetailOpen: boolean
  readonly onBack: () => void
  /** Width of the list in percent, until somebody moves the splitter. */
  readonly initialShare?: number
}

const [narrowest, widest] = [25, 75]

/** List and detail side by side from 1100 px on; below that the detail is a page of its own. The splitter is kept per screen. */
export function SplitView({ id, list, detail, isDetailOpen, onBack, initialShare = 46 }: SplitViewProps): ReactNode {
  const styles = useStyles()
  const isWide = useMedia('(min-width: 1100px)')
  const frame = useRef<HTMLDivElement>(null)
  const [share, setShare] = useState(() => Number(localStorage.getItem(`guestbridge.split.${id}`) ?? initialShare))
  const keep = (value: number): void => {
    const kept = Math.min(widest, Math.max(narrowest, value))
    setShare(kept)
    localStorage.setItem(`guestbridge.split.${id}`, String(kept))
  }
  const drag = (event: PointerEvent): void => {
    const box = frame.current?.getBoundingClientRect()
    if (box !== undefined && event.buttons === 1) keep(((event.clientX - box.left) / box.width) * 100)
  }
  const step = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft') keep(share - 2)
    if (event.key === 'ArrowRight') keep(share + 2)
  }
  if (!isWide) {
    return (
      <div className={styles.split}>
        {isDetailOpen ? <div className={mergeClasses(styles.pane, styles.detail)}><Button className={styles.back} appearance="subtle" onClick={onBack}>← {texts.list.back}</Button>{detail}</div> : <div className={styles.pane}>{list}</div>}
      </div>
    )
  }
  return (
    <div ref={frame} className={styles.split} style={{ gridTemplateColumns: `${share}% 8px minmax(0, 1fr)`, gridTemplateRows: 'minmax(0, 1fr)' }}>
      <div className={styles.pane}>{list}</div>
      <div className={styles.splitter} role="separator" tabIndex={0} aria-orientation="vertical" aria-label={texts.list.splitter} aria-valuenow={Math.round(share)} aria-valuemin={narrowest} aria-valuemax={widest}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)} onPointerMove={drag} onKeyDown={step} />
      <div className={mergeClasses(styles.pane, styles.detail)}>{detail ?? <p style={{ padding: 20 }}>{texts.list.choose}</p>}</div>
    </div>
  )
}
