import { badControl, badControlValue } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal } from '../refusal.ts'
import type { DirSyncRequest } from '../search/dirSync.ts'
import type { SearchOptions } from '../search/search.ts'
import type { DeletedObjects } from '../search/visibility.ts'
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

export function searchOptionsIn(controls: readonly RequestControl[]): SearchOptions | Refusal {
  const descriptorParts = descriptorPartsIn(controls)
  if (isRefusal(descriptorParts)) return descriptorParts
  return { descriptorParts, deletedObjects: deletedObjectsIn(controls), referrals: hasControl(controls, control.domainScope) ? 'suppressed' : 'followed' }
}

export function deletedObjectsIn(controls: readonly RequestControl[]): DeletedObjects {
  if (hasControl(controls, control.showRecycled)) return 'all'
  return hasControl(controls, control.showDeleted) ? 'restorable' : 'hidden'
}

/** LDAP_SERVER_SD_FLAGS_OID (MS-ADTS 3.1.1.3.4.1.11); null where the request does not say. */
export function descriptorPartsIn(controls: readonly RequestControl[]): number | Refusal | null {
  const value = controls.find((one) => one.oid === control.descriptorParts)?.value
  return value === undefined ? null : readControlValue(value, (parts) => integerIn(elementAt(parts, 0, 0x02)))
}

/** Null where no page is asked for. */
export function pageRequestIn(controls: readonly RequestControl[]): PageRequest | Refusal | null {
  const value = controls.find((one) => one.oid === control.pagedResults)?.value
  if (value === undefined) return null
  return readControlValue(value, (parts) => {
    const size = integerIn(elementAt(parts, 0, 0x02))
    return size < 0 ? badControlValue() : { size, cookie: elementAt(parts, 1, 0x04).content }
  })
}

/** MS-ADTS 3.1.1.3.4.1.3; null where nobody asks for changes. */
export function dirSyncRequestIn(controls: readonly RequestControl[]): DirSyncRequest | Refusal | null {
  const value = controls.find((one) => one.oid === control.dirSync)?.value
  if (value === undefined) return null
  return readControlValue(value, (parts) => {
    // The highest flag is the sign of a 32-bit integer; clients write it as one or with an octet more.
    const flags = Number(BigInt.asUintN(32, BigInt(`0x${elementAt(parts, 0, 0x02).content.toString('hex')}`)))
    return { flags, maxBytes: integerIn(elementAt(parts, 1, 0x02)), cookie: elementAt(parts, 2, 0x04).content }
  })
}

function readControlValue<Value>(value: Buffer | null, read: (parts: readonly Element[]) => Value | Refusal): Value | Refusal {
  if (value === null) return badControlValue()
  try {
    return read(readElements(elementAt(readElements(value), 0, 0x30).content))
  } catch (error) {
    // The message is whole, only this value is not: the operation is refused and the connection stays.
    if (error instanceof MalformedMessage) return badControlValue()
    throw error
  }
}
