import { badControl, badControlValue } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import type { SearchOptions } from '../search/search.ts'
import type { Element } from './berElements.ts'
import { MalformedMessage, elementAt, integerIn, readElements } from './berElements.ts'
import type { RequestControl } from './parseRequest.ts'
import { control, supportedControls } from './supported.ts'

export type PageRequest = { readonly size: number; readonly cookie: Buffer }

/** A critical control that the server does not know refuses the operation; any other unknown one is ignored (RFC 4511 4.1.11). */
export function checkControls(controls: readonly RequestControl[]): Refusal | null {
  return controls.some((one) => one.isCritical && !supportedControls.includes(one.oid)) ? badControl() : null
}

export function hasControl(controls: readonly RequestControl[], oid: string): boolean {
  return controls.some((one) => one.oid === oid)
}

export function searchOptionsIn(controls: readonly RequestControl[]): SearchOptions {
  const showsDeleted = hasControl(controls, control.showDeleted) || hasControl(controls, control.showRecycled)
  return { deletedObjects: showsDeleted ? 'shown' : 'hidden', referrals: hasControl(controls, control.domainScope) ? 'suppressed' : 'followed' }
}

/** Null where no page is asked for. */
export function pageRequestIn(controls: readonly RequestControl[]): PageRequest | Refusal | null {
  const value = controls.find((one) => one.oid === control.pagedResults)?.value
  if (value === undefined) return null
  if (value === null) return badControlValue()
  return readPageRequest(value)
}

function readPageRequest(value: Buffer): PageRequest | Refusal {
  try {
    const parts: readonly Element[] = readElements(elementAt(readElements(value), 0, 0x30).content)
    const size = integerIn(elementAt(parts, 0, 0x02))
    return size < 0 ? badControlValue() : { size, cookie: elementAt(parts, 1, 0x04).content }
  } catch (error) {
    // The message is whole, only this value is not: the operation is refused and the connection stays.
    if (error instanceof MalformedMessage) return badControlValue()
    throw error
  }
}
