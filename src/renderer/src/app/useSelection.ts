import { useCallback, useEffect, useRef, useState } from 'react'
import { refine, useRoute } from './route.ts'
import type { View } from './useView.ts'

export type Selection<Row> = { readonly index: number | null; readonly row: Row | undefined; readonly select: (index: number) => void }

/** The selected row of a view. The address says which object it is, so that a reload or a link finds it again in any order. */
export function useSelection<Row>(view: View<Row>, keyOf: (row: Row) => string): Selection<Row> {
  const wanted = useRoute((state) => state.route.parameters['selected'] ?? null)
  const [index, setIndex] = useState<number | null>(null)
  /** Moved to a row that is not here yet: its key goes into the address when it comes. */
  const isMoving = useRef(false)
  const row = index === null ? undefined : view.rowAt(index)
  const key = row === undefined ? null : keyOf(row)
  const { find, opened } = view

  useEffect(() => {
    if (isMoving.current || (wanted !== null && wanted === key)) return
    if (wanted === null) return setIndex(null)
    let isCurrent = true
    void find(wanted).then((found) => { if (isCurrent) setIndex(found) })
    return () => { isCurrent = false }
    // The row itself is no reason to look again: moving through the list must not chase itself.
  }, [find, opened, wanted])

  useEffect(() => {
    if (!isMoving.current || key === null) return
    isMoving.current = false
    refine({ selected: key })
  }, [key, index])

  const select = useCallback((next: number) => {
    isMoving.current = true
    setIndex(next)
  }, [])
  return { index, row, select }
}
