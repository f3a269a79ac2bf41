import { useEffect, useState } from 'react'

/**
 * For what is in a dialog that no trigger has opened: when it closes, the focus goes back to where it was before; where that
 * is gone, to the screen, never to nobody. The dialog itself must stay mounted and close by `open`: taken away while it is
 * open, it leaves the page hidden from screen readers.
 */
export function useReturnFocus(): void {
  const [opener] = useState(() => document.activeElement)
  useEffect(() => () => {
    // The dialog leaves the page with the next frame, and a new screen takes the focus by itself.
    requestAnimationFrame(() => requestAnimationFrame(() => {
      if (document.activeElement !== document.body && !isFormerTrigger(document.activeElement)) return
      const isThere = (opener instanceof HTMLElement || opener instanceof SVGElement) && opener.isConnected && opener !== document.body
      const target = isThere ? opener : document.getElementById('screen')
      target?.focus({ preventScroll: true })
    }))
  }, [opener])
}

/** Fluent UI hands the focus to whichever trigger had it last, of whatever dialog: that is not where this one was opened. */
function isFormerTrigger(element: Element | null): boolean {
  return element?.matches('[data-tabster*=\'"restorer":{"type":1\']') === true
}
