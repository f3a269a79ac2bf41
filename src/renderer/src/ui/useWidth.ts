import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Width of an element in pixels, for pictures that are drawn for the room they have instead of being shrunk. */
export function useWidth<Measured extends HTMLElement>(initial: number): { readonly ref: RefObject<Measured | null>; readonly width: number } {
  const ref = useRef<Measured>(null)
  const [width, setWidth] = useState(initial)
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return
    const measure = (): void => setWidth(Math.max(1, Math.floor(element.clientWidth)))
    // The observer speaks after the first picture was drawn, which would be as wide as the first guess.
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, width }
}
