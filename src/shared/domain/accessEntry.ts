import { guidFromBytes, sidFromBytes, sidToBytes } from './ids.ts'
import type { ObjectGuid, Sid } from './ids.ts'
import type { Result } from './result.ts'
import { fail, succeed } from './result.ts'

/** An access control entry (MS-DTYP 2.4.4). What is not understood keeps its octets and has null everywhere else. */
export type AccessEntry = {
  /** ACE_HEADER.AceType: 0 and 5 allow, 1 and 6 deny; the others are audits, conditions and labels. */
  readonly type: number
  /** ACE_HEADER.AceFlags: `aceFlags`. */
  readonly flags: number
  /** ACCESS_MASK of 32 bits. */
  readonly mask: number | null
  /** A property, property set, extended right or class; null: all of them. */
  readonly objectType: ObjectGuid | null
  /** The class of objects that inherit the entry; null: all of them. */
  readonly inheritedObjectType: ObjectGuid | null
  readonly sid: Sid | null
  /** The entry as it stands in the list, header included: what is encoded again. */
  readonly octets: Uint8Array
}

/** MS-DTYP 2.4.4.1. An `inheritOnly` entry says nothing about the object that carries it. */
export const aceFlags = { objectInherit: 0x1, containerInherit: 0x2, noPropagateInherit: 0x4, inheritOnly: 0x8, inherited: 0x10 } as const

/** Entries that allow and deny without condition, for the object as a whole and for a part of it. */
export const aceTypes = { allow: 0x0, deny: 0x1, allowObject: 0x5, denyObject: 0x6 } as const

/** ACCESS_ALLOWED_ACE (MS-DTYP 2.4.4.2) without flags. */
export function makeAllowEntry(sid: Sid, mask: number): AccessEntry {
  const trustee = sidToBytes(sid)
  const octets = new Uint8Array(8 + trustee.length)
  const view = new DataView(octets.buffer)
  view.setUint8(0, aceTypes.allow)
  view.setUint16(2, octets.length, true)
  view.setUint32(4, mask, true)
  octets.set(trustee, 8)
  return { type: aceTypes.allow, flags: 0, mask, objectType: null, inheritedObjectType: null, sid, octets }
}

/** The entry that `bytes` begin with. The problem finishes the sentence "the descriptor is malformed: …". */
export function decodeAccessEntry(bytes: Uint8Array): Result<AccessEntry, string> {
  if (bytes.length < 4) return fail('an access control entry is cut off')
  const view = viewOf(bytes)
  const size = view.getUint16(2, true)
  if (size < 4 || size > bytes.length) return fail(`an access control entry has the size ${size}, and ${bytes.length} octets are left`)
  const octets = bytes.slice(0, size)
  const [type, flags] = [view.getUint8(0), view.getUint8(1)]
  if (plainTypes.has(type)) return decodeTrustee({ type, flags, objectType: null, inheritedObjectType: null, octets }, 8)
  if (objectTypes.has(type)) return decodeObjectEntry(type, flags, octets)
  return succeed({ type, flags, mask: null, objectType: null, inheritedObjectType: null, sid: null, octets })
}

/** Allowed, denied, audit, and the same with a condition behind the SID (MS-DTYP 2.4.4.2, .4, .6, .8, .10, .12). */
const plainTypes: ReadonlySet<number> = new Set([0x0, 0x1, 0x2, 0x9, 0xa, 0xd])
/** The same for properties, rights and classes (MS-DTYP 2.4.4.3, .5, .7, .9, .11, .14). */
const objectTypes: ReadonlySet<number> = new Set([0x5, 0x6, 0x7, 0xb, 0xc, 0xf])

/** MS-DTYP 2.4.4.3: 0x1 in its Flags says that ObjectType is there, 0x2 that InheritedObjectType is. */
function decodeObjectEntry(type: number, flags: number, octets: Uint8Array): Result<AccessEntry, string> {
  if (octets.length < 12) return fail('an access control entry is too short for an object entry')
  const presence = viewOf(octets).getUint32(8, true)
  const inheritedAt = (presence & 1) === 0 ? 12 : 28
  const trusteeAt = (presence & 2) === 0 ? inheritedAt : inheritedAt + 16
  if (octets.length < trusteeAt) return fail('an access control entry is too short for its object types')
  const objectType = inheritedAt === 12 ? null : guidAt(octets, 12)
  const inheritedObjectType = trusteeAt === inheritedAt ? null : guidAt(octets, inheritedAt)
  return decodeTrustee({ type, flags, objectType, inheritedObjectType, octets }, trusteeAt)
}

/** What is behind the SID is a condition or data of an application (MS-DTYP 2.4.4.10). */
function decodeTrustee(entry: Omit<AccessEntry, 'mask' | 'sid'>, position: number): Result<AccessEntry, string> {
  const { octets } = entry
  if (octets.length < position + 8) return fail('an access control entry is too short for a security identifier')
  const sid = sidFromBytes(octets.subarray(position, position + sidLengthAt(octets, position)))
  return sid.ok ? succeed({ ...entry, mask: viewOf(octets).getUint32(4, true), sid: sid.value }) : fail('an access control entry names no valid security identifier')
}

/** MS-DTYP 2.4.2.2: eight octets and four for each sub-authority. */
export function sidLengthAt(bytes: Uint8Array, position: number): number {
  return 8 + (bytes[position + 1] ?? 0) * 4
}

function guidAt(octets: Uint8Array, position: number): ObjectGuid | null {
  const guid = guidFromBytes(octets.subarray(position, position + 16))
  return guid.ok ? guid.value : null
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
