import { decodeAccessEntry, sidLengthAt } from './accessEntry.ts'
import type { AccessEntry } from './accessEntry.ts'
import { sidFromBytes, sidToBytes } from './ids.ts'
import type { Sid } from './ids.ts'
import type { Result } from './result.ts'
import { fail, succeed } from './result.ts'

/** A SECURITY_DESCRIPTOR in self-relative form (MS-DTYP 2.4.6). */
export type SecurityDescriptor = {
  /** Sbz1: bits of a resource manager. */
  readonly resourceManager: number
  /** Control: `descriptorControl` and others. */
  readonly control: number
  readonly owner: Sid | null
  readonly group: Sid | null
  /** The SACL. */
  readonly audits: AccessList | null
  /** The DACL. Null: there is none, and everybody may do everything. */
  readonly access: AccessList | null
  /** In which order the parts stand behind the header: Windows begins with the lists, others with the owner. */
  readonly order: readonly DescriptorPart[]
}
export type DescriptorPart = 'owner' | 'group' | 'audits' | 'access'

/** MS-DTYP 2.4.5. */
export type AccessList = {
  /** 2, or 4 where there are object entries. */
  readonly revision: number
  readonly entries: readonly AccessEntry[]
  /** Octets that belong to the list and follow its last entry. */
  readonly rest: Uint8Array
  /** Sbz1 and Sbz2, which nobody reads. */
  readonly reserved: readonly [number, number]
}

/** `kind` for programs; `why` finishes the sentence "the descriptor is malformed: …". */
export type DescriptorProblem = { readonly kind: 'malformedDescriptor'; readonly why: string }

/** MS-DTYP 2.4.6, Control: SE_DACL_PRESENT, SE_SACL_PRESENT, SE_DACL_PROTECTED, SE_SELF_RELATIVE. */
export const descriptorControl = { accessPresent: 0x4, auditsPresent: 0x10, accessProtected: 0x1000, selfRelative: 0x8000 } as const

const headerLength = 20
const listHeaderLength = 8

/** Everything of the descriptor, or why it is none. Never throws, whatever the octets are. */
export function decodeSecurityDescriptor(octets: Uint8Array): Result<SecurityDescriptor, DescriptorProblem> {
  const header = readHeader(octets)
  if (!header.ok) return fail(malformed(header.problem))
  const { control, resourceManager, offsets } = header.value
  const owner = readSid(octets, offsets.owner, 'owner')
  if (!owner.ok) return fail(malformed(owner.problem))
  const group = readSid(octets, offsets.group, 'group')
  if (!group.ok) return fail(malformed(group.problem))
  const audits = readList(octets, offsets.audits)
  if (!audits.ok) return fail(malformed(audits.problem))
  const access = readList(octets, offsets.access)
  if (!access.ok) return fail(malformed(access.problem))
  const order = parts.filter((part) => offsets[part] !== 0).toSorted((left, right) => offsets[left] - offsets[right])
  return succeed({ resourceManager, control, owner: owner.value, group: group.value, audits: audits.value, access: access.value, order })
}

/** The octets again: the same ones where the parts of the original followed each other without gaps. */
export function encodeSecurityDescriptor(descriptor: SecurityDescriptor): Uint8Array {
  const bodies: Readonly<Record<DescriptorPart, Uint8Array | null>> = {
    owner: descriptor.owner === null ? null : sidToBytes(descriptor.owner),
    group: descriptor.group === null ? null : sidToBytes(descriptor.group),
    audits: descriptor.audits === null ? null : encodeList(descriptor.audits),
    access: descriptor.access === null ? null : encodeList(descriptor.access),
  }
  const order = [...descriptor.order, ...parts.filter((part) => !descriptor.order.includes(part))]
  const length = order.reduce((sum, part) => sum + (bodies[part]?.length ?? 0), headerLength)
  const octets = new Uint8Array(length)
  const view = viewOf(octets)
  view.setUint8(0, 1)
  view.setUint8(1, descriptor.resourceManager)
  view.setUint16(2, descriptor.control, true)
  let position = headerLength
  for (const part of order) {
    const body = bodies[part]
    if (body === null) continue
    view.setUint32(offsetAt[part], position, true)
    octets.set(body, position)
    position += body.length
  }
  return octets
}

const parts: readonly DescriptorPart[] = ['owner', 'group', 'audits', 'access']
/** Where the header tells the place of each part. */
const offsetAt: Readonly<Record<DescriptorPart, number>> = { owner: 4, group: 8, audits: 12, access: 16 }

type Header = Pick<SecurityDescriptor, 'control' | 'resourceManager'> & { readonly offsets: Readonly<Record<DescriptorPart, number>> }

function readHeader(octets: Uint8Array): Result<Header, string> {
  if (octets.length < headerLength) return fail(`it has ${octets.length} octets, and its header alone needs ${headerLength}`)
  const view = viewOf(octets)
  const [revision, control] = [view.getUint8(0), view.getUint16(2, true)]
  if (revision !== 1) return fail(`its revision is ${revision} instead of 1`)
  if ((control & descriptorControl.selfRelative) === 0) return fail('it is not self-relative')
  const offset = (part: DescriptorPart) => view.getUint32(offsetAt[part], true)
  // A list that is not said to be present is not looked at, wherever its offset leads.
  const offsets = {
    owner: offset('owner'), group: offset('group'),
    audits: (control & descriptorControl.auditsPresent) === 0 ? 0 : offset('audits'),
    access: (control & descriptorControl.accessPresent) === 0 ? 0 : offset('access'),
  }
  const lost = parts.find((part) => offsets[part] !== 0 && (offsets[part] < headerLength || offsets[part] > octets.length - listHeaderLength))
  return lost === undefined ? succeed({ control, resourceManager: view.getUint8(1), offsets }) : fail(`its ${lost} should begin at octet ${offsets[lost]} of ${octets.length}`)
}

function readSid(octets: Uint8Array, offset: number, part: 'owner' | 'group'): Result<Sid | null, string> {
  if (offset === 0) return succeed(null)
  const sid = sidFromBytes(octets.subarray(offset, offset + sidLengthAt(octets, offset)))
  return sid.ok ? sid : fail(`its ${part} is no valid security identifier`)
}

function readList(octets: Uint8Array, offset: number): Result<AccessList | null, string> {
  if (offset === 0) return succeed(null)
  const view = viewOf(octets)
  const [revision, size, count] = [view.getUint8(offset), view.getUint16(offset + 2, true), view.getUint16(offset + 4, true)]
  if (revision !== 2 && revision !== 4) return fail(`an access list has the revision ${revision} instead of 2 or 4`)
  if (size < listHeaderLength || offset + size > octets.length) return fail(`an access list of ${size} octets does not fit into the descriptor`)
  let rest = octets.slice(offset + listHeaderLength, offset + size)
  const entries: AccessEntry[] = []
  for (let index = 0; index < count; index += 1) {
    const entry = decodeAccessEntry(rest)
    if (!entry.ok) return entry
    entries.push(entry.value)
    rest = rest.slice(entry.value.octets.length)
  }
  return succeed({ revision, entries, rest, reserved: [view.getUint8(offset + 1), view.getUint16(offset + 6, true)] })
}

function encodeList({ revision, entries, rest, reserved }: AccessList): Uint8Array {
  const octets = new Uint8Array(lengthOfList(entries, rest))
  const view = viewOf(octets)
  view.setUint8(0, revision)
  view.setUint8(1, reserved[0])
  view.setUint16(2, octets.length, true)
  view.setUint16(4, entries.length, true)
  view.setUint16(6, reserved[1], true)
  let position = listHeaderLength
  for (const entry of entries) {
    octets.set(entry.octets, position)
    position += entry.octets.length
  }
  octets.set(rest, position)
  return octets
}

/** In octets; AclSize can tell 65,535 (MS-DTYP 2.4.5). */
export function lengthOfList(entries: readonly AccessEntry[], rest: Uint8Array): number {
  return entries.reduce((sum, { octets }) => sum + octets.length, listHeaderLength + rest.length)
}

function malformed(why: string): DescriptorProblem {
  return { kind: 'malformedDescriptor', why }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
