import { aceFlags, aceTypes, decodeAccessEntry } from './accessEntry.ts'
import type { AccessEntry } from './accessEntry.ts'
import { directoryRight } from './directoryRights.ts'
import { guidToBytes, sidToBytes } from './ids.ts'
import type { ObjectGuid, Sid } from './ids.ts'
import { descriptorControl } from './securityDescriptor.ts'
import type { SecurityDescriptor } from './securityDescriptor.ts'

/** A right that is delegated: who gets it is said when it is written. */
export type Grant = {
  /** Bits of `directoryRight`. */
  readonly mask: number
  /** Property, class or extended right; null: all of them. */
  readonly objectType: ObjectGuid | null
  /** `object`: on the object that carries the entry; `subtree`: there and below; `descendants`: below, on objects of this class only. */
  readonly on: { readonly kind: 'object' } | { readonly kind: 'subtree' } | { readonly kind: 'descendants'; readonly ofClass: ObjectGuid }
}

/** As SDDL writes it (MS-DTYP 2.5.1.1): `(OA;CIIO;WP;<property>;<class>;S-1-5-21-…)`. */
export function describeInSddl(grant: Grant, sid: Sid): string {
  const inherited = grant.on.kind === 'descendants' ? grant.on.ofClass : ''
  const isPlain = grant.objectType === null && inherited === ''
  return `(${isPlain ? 'A' : 'OA'};${sddlFlags[grant.on.kind]};${rightsInSddl(grant.mask)};${grant.objectType ?? ''};${inherited};${sid})`
}

/** ACCESS_ALLOWED_ACE or ACCESS_ALLOWED_OBJECT_ACE (MS-DTYP 2.4.4.2, 2.4.4.3). */
export function toAccessEntry(grant: Grant, sid: Sid): AccessEntry {
  const inherited = grant.on.kind === 'descendants' ? grant.on.ofClass : null
  const isPlain = grant.objectType === null && inherited === null
  const types = [grant.objectType, inherited].flatMap((guid) => (guid === null ? [] : [...guidToBytes(guid)]))
  const presence = (grant.objectType === null ? 0 : 1) | (inherited === null ? 0 : 2)
  const body = [...littleEndian(grant.mask), ...(isPlain ? [] : [...littleEndian(presence), ...types]), ...sidToBytes(sid)]
  const length = 4 + body.length
  const octets = Uint8Array.from([isPlain ? aceTypes.allow : aceTypes.allowObject, entryFlags[grant.on.kind], length & 0xff, length >> 8, ...body])
  const entry = decodeAccessEntry(octets)
  if (!entry.ok) throw new Error(`An entry of our own cannot be read: ${entry.problem}`)
  return entry.value
}

/**
 * The descriptor with more entries, everything else as it was. They stand in the canonical place: behind the entries that deny
 * and before those that are inherited (MS-DTYP 2.4.5, "canonical form").
 */
export function withEntries(descriptor: SecurityDescriptor, added: readonly AccessEntry[]): SecurityDescriptor {
  const access = descriptor.access ?? { revision: 4, entries: [], rest: new Uint8Array(), reserved: [0, 0] as const }
  const isBefore = ({ type, flags }: AccessEntry) => (flags & aceFlags.inherited) === 0 && (type === aceTypes.deny || type === aceTypes.denyObject)
  const denials = access.entries.findIndex((entry) => !isBefore(entry))
  const at = denials === -1 ? access.entries.length : denials
  const entries = [...access.entries.slice(0, at), ...added, ...access.entries.slice(at)]
  // MS-DTYP 2.4.5: a list with object entries has the revision 4.
  return { ...descriptor, control: descriptor.control | descriptorControl.accessPresent, access: { ...access, revision: 4, entries } }
}

const sddlFlags: Readonly<Record<Grant['on']['kind'], string>> = { object: '', subtree: 'CI', descendants: 'CIIO' }
const entryFlags: Readonly<Record<Grant['on']['kind'], number>> = { object: 0, subtree: aceFlags.containerInherit, descendants: aceFlags.containerInherit | aceFlags.inheritOnly }

const sddlRights: readonly (readonly [number, string])[] = [
  [directoryRight.createChild, 'CC'], [directoryRight.deleteChild, 'DC'], [directoryRight.listContents, 'LC'], [directoryRight.validatedWrite, 'SW'],
  [directoryRight.readProperty, 'RP'], [directoryRight.writeProperty, 'WP'], [directoryRight.deleteTree, 'DT'], [directoryRight.listObject, 'LO'],
  [directoryRight.controlAccess, 'CR'], [directoryRight.delete, 'SD'], [directoryRight.readControl, 'RC'], [directoryRight.writeDacl, 'WD'], [directoryRight.writeOwner, 'WO'],
]

function rightsInSddl(mask: number): string {
  return sddlRights.filter(([bit]) => (mask & bit) !== 0).map(([, name]) => name).join('')
}

function littleEndian(value: number): readonly number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24]
}
