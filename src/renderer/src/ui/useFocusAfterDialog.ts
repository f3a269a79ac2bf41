import { useEffect, useRef, type RefObject } from 'react'

/**
 * For what says how a dialog ended: it takes the focus whenever `ended` changes, because the button that opened the dialog
 * may go with what the dialog did. Null: nothing has ended yet.
 */
export function useFocusAfterDialog<Element extends HTMLElement>(ended: unknown): RefObject<Element | null> {
  const message = useRef<Element>(null)
  useEffect(() => {
    if (ended === null) return undefined
    // The dialog leaves the page with the next frame, and hands the focus to its button then.
    let frame = requestAnimationFrame(() => { frame = requestAnimationFrame(() => message.current?.focus()) })
    return () => cancelAnimationFrame(frame)
  }, [ended])
  return message
}
