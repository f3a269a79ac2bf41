import type { KeyboardEvent } from 'react'
import { refine } from '../app/route.ts'

/**
 * For lists whose links lead to one object, so that an address without a word about it shows the detail: where that is a
 * page of its own, moving through the list must not leave it (`detail=list`).
 */
export function openDetail(): void {
  refine({ detail: null })
}

export function openByKey(event: KeyboardEvent, selected: number | null): void {
  if (selected === null || (event.key !== 'Enter' && event.key !== ' ')) return
  event.preventDefault()
  openDetail()
}
