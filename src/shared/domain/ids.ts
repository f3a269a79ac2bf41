import type { Result } from './result.ts'
import { fail, succeed } from './result.ts'

declare const brand: unique symbol
type Branded<Text extends string> = string & { readonly [brand]: Text }

/** Text of an objectGUID or Entra id: lower case, with hyphens, without braces. */
export type ObjectGuid = Branded<'ObjectGuid'>
/** Text of a security identifier: S-1-… */
export type Sid = Branded<'Sid'>
/** A distinguished name in the canonical spelling of `parseDn` (dn.ts), which is the only way to make one. */
export type Dn = Branded<'Dn'>

export type GuidProblem = { readonly kind: 'notAGuid'; readonly text: string }
export type SidProblem = { readonly kind: 'notASid'; readonly text: string }

const guidPattern = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i

export function parseObjectGuid(text: string): Result<ObjectGuid, GuidProblem> {
  const digits = guidPattern.exec(text)?.[1]
  return digits === undefined ? fail({ kind: 'notAGuid', text }) : succeed(digits.toLowerCase() as ObjectGuid)
}

/** MS-DTYP 2.3.4.2: the first three groups of a binary GUID are little-endian. `bytes` must be 16 long. */
export function guidFromBytes(bytes: Uint8Array): Result<ObjectGuid, GuidProblem> {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
  if (hex.length !== 16) return fail({ kind: 'notAGuid', text: hex.join('') })
  const group = (...positions: readonly number[]) => positions.map((position) => hex[position]).join('')
  const text = [group(3, 2, 1, 0), group(5, 4), group(7, 6), group(8, 9), group(10, 11, 12, 13, 14, 15)].join('-')
  return succeed(text as ObjectGuid)
}

export function guidToBytes(guid: ObjectGuid): Uint8Array {
  const hex = guid.replaceAll('-', '')
  const bytes = Uint8Array.from({ length: 16 }, (_, index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16))
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
  return Uint8Array.from(order, (position) => bytes[position] ?? 0)
}

export function parseSid(text: string): Result<Sid, SidProblem> {
  return /^S-1-\d{1,15}(-\d{1,10}){1,15}$/i.test(text) ? succeed(text.toUpperCase() as Sid) : fail({ kind: 'notASid', text })
}

/** MS-DTYP 2.4.2.2: revision, count, six bytes of authority big-endian, sub-authorities little-endian. */
export function sidFromBytes(bytes: Uint8Array): Result<Sid, SidProblem> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const count = bytes[1] ?? 0
  const isWellFormed = bytes[0] === 1 && count >= 1 && count <= 15 && bytes.length === 8 + count * 4
  if (!isWellFormed) return fail({ kind: 'notASid', text: Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') })
  const authority = view.getUint16(2) * 2 ** 32 + view.getUint32(4)
  const parts = Array.from({ length: count }, (_, index) => view.getUint32(8 + index * 4, true))
  return succeed(`S-1-${authority}-${parts.join('-')}` as Sid)
}

/** The reverse of `sidFromBytes`. A sub-authority beyond 32 bits, which no server makes, loses what is above. */
export function sidToBytes(sid: Sid): Uint8Array {
  const [authority = 0, ...parts] = sid.split('-').slice(2).map(Number)
  const bytes = new Uint8Array(8 + parts.length * 4)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, 1)
  view.setUint8(1, parts.length)
  view.setUint16(2, Math.floor(authority / 2 ** 32))
  view.setUint32(4, authority % 2 ** 32)
  parts.forEach((part, index) => view.setUint32(8 + index * 4, part, true))
  return bytes
}
