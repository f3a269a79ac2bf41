import { guidFromOctets, guidToOctets, isSid, sidFromOctets, sidToOctets } from '../../names/octets.ts'
import type { Ace, Descriptor } from './descriptor.ts'

const control = { selfRelative: 0x8000, daclPresent: 0x4, saclPresent: 0x10, daclInherited: 0x400, saclInherited: 0x800, daclProtected: 0x1000 } as const
const headerSize = 20

/** Self-relative form (MS-DTYP 2.4.6): header, owner, group, SACL, DACL. */
export function formatDescriptor(descriptor: Descriptor): Buffer {
  const parts = [sidOctets(descriptor.owner), sidOctets(descriptor.group), aclOctets(descriptor.sacl), aclOctets(descriptor.dacl)]
  const header = Buffer.alloc(headerSize)
  header[0] = 1
  // Every list of a directory is one that inheritance works on, a protected one included.
  const dacl = descriptor.dacl === null ? 0 : control.daclPresent | control.daclInherited
  const sacl = descriptor.sacl === null ? 0 : control.saclPresent | control.saclInherited
  header.writeUInt16LE(control.selfRelative | dacl | sacl | (descriptor.inheritance === 'blocked' ? control.daclProtected : 0), 2)
  let offset = headerSize
  parts.forEach((part, index) => {
    if (part.length > 0) header.writeUInt32LE(offset, 4 + 4 * index)
    offset += part.length
  })
  return Buffer.concat([header, ...parts])
}

/** Null where the octets are no descriptor, or hold entries of a kind that this server does not evaluate (conditional and callback ones). */
export function parseDescriptor(octets: Uint8Array): Descriptor | null {
  const bytes = Buffer.from(octets)
  if (bytes.length < headerSize || bytes[0] !== 1) return null
  const flags = bytes.readUInt16LE(2)
  const partAt = (index: number) => { const offset = bytes.readUInt32LE(4 + 4 * index); return offset === 0 ? null : bytes.subarray(offset) }
  const [ownerOctets, groupOctets] = [partAt(0), partAt(1)]
  const [owner, group] = [ownerOctets, groupOctets].map((part) => (part === null ? null : readSid(part)))
  const sacl = (flags & control.saclPresent) === 0 ? null : readAcl(partAt(2))
  const dacl = (flags & control.daclPresent) === 0 ? null : readAcl(partAt(3))
  const isNamed = (octetsOfSid: Buffer | null, sid: string | null | undefined) => octetsOfSid === null || typeof sid === 'string'
  if (!isNamed(ownerOctets, owner) || !isNamed(groupOctets, group) || sacl === 'damaged' || dacl === 'damaged') return null
  return { owner: owner ?? null, group: group ?? null, inheritance: (flags & control.daclProtected) === 0 ? 'open' : 'blocked', dacl, sacl }
}

/** AceType without and with object types (MS-DTYP 2.4.4.1). */
const plainTypes = { allow: 0, deny: 1, audit: 2 } as const
const objectTypes = { allow: 5, deny: 6, audit: 7 } as const
const kinds = ['allow', 'deny', 'audit'] as const

function sidOctets(sid: string | null): Buffer {
  const octets = sid === null ? Buffer.alloc(0) : sidToOctets(sid)
  if (octets === null) throw new Error(`${sid ?? ''} is no SID`)
  return octets
}

function aclOctets(aces: readonly Ace[] | null): Buffer {
  if (aces === null) return Buffer.alloc(0)
  const body = aces.map(aceOctets)
  const header = Buffer.alloc(8)
  // ACL_REVISION_DS: object entries are in it.
  header[0] = 4
  header.writeUInt16LE(8 + body.reduce((sum, one) => sum + one.length, 0), 2)
  header.writeUInt16LE(body.length, 4)
  return Buffer.concat([header, ...body])
}

function aceOctets(ace: Ace): Buffer {
  const guids = [ace.objectType, ace.inheritedType].map((guid) => (guid === null ? null : guidToOctets(guid)))
  const present = guids.filter((guid) => guid !== null)
  const objectFlags = Buffer.alloc(present.length === 0 ? 0 : 4)
  if (present.length > 0) objectFlags.writeUInt32LE((guids[0] === null ? 0 : 1) | (guids[1] === null ? 0 : 2))
  const header = Buffer.alloc(8)
  const body = Buffer.concat([objectFlags, ...present, sidOctets(ace.sid)])
  header[0] = (present.length === 0 ? plainTypes : objectTypes)[ace.kind]
  header[1] = ace.flags
  header.writeUInt16LE(8 + body.length, 2)
  header.writeUInt32LE(ace.mask >>> 0, 4)
  return Buffer.concat([header, body])
}

/** Null where the octets are no SID. */
function readSid(octets: Buffer): string | null {
  const sid = octets.subarray(0, 8 + 4 * (octets[1] ?? 0))
  return isSid(sid) ? sidFromOctets(sid) : null
}

function readAcl(octets: Buffer | null): readonly Ace[] | null | 'damaged' {
  if (octets === null) return null
  if (octets.length < 8) return 'damaged'
  const aces: Ace[] = []
  let offset = 8
  for (let left = octets.readUInt16LE(4); left > 0; left--) {
    const size = offset + 8 <= octets.length ? octets.readUInt16LE(offset + 2) : 0
    const ace = size < 16 || offset + size > octets.length ? null : readAce(octets.subarray(offset, offset + size))
    if (ace === null) return 'damaged'
    aces.push(ace)
    offset += size
  }
  return aces
}

function readAce(octets: Buffer): Ace | null {
  const type = octets[0] ?? 0
  const isObject = type >= 5
  const kind = kinds[isObject ? type - 5 : type]
  if (kind === undefined) return null
  const flags = isObject ? octets.readUInt32LE(8) : 0
  const [hasType, hasInheritedType] = [(flags & 1) !== 0, (flags & 2) !== 0]
  const guidAt = (offset: number) => guidFromOctets(octets.subarray(offset, offset + 16))
  const types = isObject ? 12 : 8
  const sidAt = types + (hasType ? 16 : 0) + (hasInheritedType ? 16 : 0)
  const sid = sidAt >= octets.length ? null : readSid(octets.subarray(sidAt))
  if (sid === null) return null
  return {
    kind, flags: octets[1] ?? 0, mask: octets.readUInt32LE(4),
    objectType: hasType ? guidAt(types) : null, inheritedType: hasInheritedType ? guidAt(types + (hasType ? 16 : 0)) : null, sid,
  }
}
