import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
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
        {isDetailOpen ? <Page key="detail" className={mergeClasses(styles.pane, styles.detail)} onEscape={onBack}><Button className={styles.back} appearance="subtle" onClick={onBack}>← {texts.list.back}</Button>{detail}</Page> : <Page key="list" className={styles.pane}>{list}</Page>}
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

type PageProps = { readonly className: string; readonly onEscape?: () => void; readonly children: ReactNode }

/** List or detail where there is room for one: it takes over the focus that went with the other one. */
function Page({ className, onEscape, children }: PageProps): ReactNode {
  const page = useRef<HTMLDivElement>(null)
  const isList = onEscape === undefined
  useEffect(() => {
    const element = page.current
    if (element === null || document.activeElement !== document.body) return
    element.focus({ preventScroll: true })
    return isList ? goToRows(element) : undefined
    // Once, when it takes the place of the other one.
  }, [])
  const leave = (event: KeyboardEvent<HTMLDivElement>): void => {
    // What is open above the page, such as a dialog, is left first.
    if (event.key === 'Escape' && !event.defaultPrevented && event.target instanceof Node && event.currentTarget.contains(event.target)) onEscape?.()
  }
  return <div ref={page} tabIndex={-1} className={className} onKeyDown={leave}>{children}</div>
}

/** The rows may have to be fetched again. */
function goToRows(list: HTMLElement): () => void {
  const observer = new MutationObserver(() => go())
  const go = (): void => {
    const rows = list.querySelector<HTMLElement>('[role="listbox"], [role="grid"]')
    if (rows === null) return
    observer.disconnect()
    if (document.activeElement === list) rows.focus({ preventScroll: true })
  }
  observer.observe(list, { childList: true, subtree: true })
  go()
  return () => observer.disconnect()
}
