import { aceFlags, aceTypes } from './accessEntry.ts'
import type { AccessEntry } from './accessEntry.ts'
import type { ObjectGuid, Sid } from './ids.ts'

/** Bits of an access mask on objects of Active Directory (MS-ADTS 5.1.3.2). */
export const directoryRight = {
  createChild: 0x1, deleteChild: 0x2, listContents: 0x4, validatedWrite: 0x8, readProperty: 0x10, writeProperty: 0x20, deleteTree: 0x40, listObject: 0x80, controlAccess: 0x100,
  delete: 0x1_0000, readControl: 0x2_0000, writeDacl: 0x4_0000, writeOwner: 0x8_0000,
} as const

/** schemaIDGUID of the class user (MS-ADSC). */
export const userClass = 'bf967aba-0de6-11d0-a285-00aa003049e2' as ObjectGuid
/** Control access rights by their rightsGuid (MS-ADTS 5.1.3.2.1). */
export const extendedRights = {
  resetPassword: '00299570-246d-11d0-a768-00aa006e0529' as ObjectGuid,
  reanimateTombstones: '45ec5156-db7e-47bb-b53f-dbeb2d03c40f' as ObjectGuid,
  replicatingChanges: '1131f6aa-9c07-11d1-f79f-00c04fc2dcd2' as ObjectGuid,
} as const

/** Owner and DACL of an object. `entries` null: there is no DACL, and everybody may do everything (MS-DTYP 2.4.6). */
export type ObjectSecurity = { readonly owner: Sid | null; readonly entries: readonly AccessEntry[] | null }

/**
 * `mask`: all of these bits. `objectTypes`: GUIDs of which an entry may name any: a property and its set, a class, an extended
 * right. Entries without a type cover all of them.
 */
export type AskedRight = { readonly mask: number; readonly objectTypes: readonly ObjectGuid[] }

/** Whether somebody with these SIDs holds the right on the object that carries the descriptor. */
export function holdsRight({ owner, entries }: ObjectSecurity, sids: ReadonlySet<string>, asked: AskedRight): boolean {
  // MS-DTYP 2.5.3.2: the owner may read the descriptor and change the list, whatever the list says.
  const owned = owner !== null && sids.has(owner) ? directoryRight.readControl | directoryRight.writeDacl : 0
  if (entries === null) return true
  return decide(entries.filter(({ flags }) => (flags & aceFlags.inheritOnly) === 0), sids, { ...asked, mask: asked.mask & ~owned })
}

/**
 * Whether they will hold it on objects of a class directly below: only what is inherited counts. What the class's default
 * descriptor gives, or what its maker has as owner, is left out: accounts that others made have neither.
 */
export function holdsRightOnChildren({ entries }: ObjectSecurity, sids: ReadonlySet<string>, asked: AskedRight, childClass: ObjectGuid): boolean {
  if (entries === null) return false
  const inherited = entries.filter(({ flags, inheritedObjectType }) => (flags & aceFlags.containerInherit) !== 0 && (inheritedObjectType === null || inheritedObjectType === childClass))
  return decide(inherited, sids, asked)
}

/** The list is read from its beginning, and the first entry that speaks of a bit decides about it (MS-DTYP 2.5.3.2, MS-ADTS 5.1.3.3). */
function decide(entries: readonly AccessEntry[], sids: ReadonlySet<string>, { mask, objectTypes }: AskedRight): boolean {
  let missing = mask
  for (const entry of entries) {
    if (missing === 0) return true
    if (entry.sid === null || entry.mask === null || !sids.has(entry.sid)) continue
    if (entry.objectType !== null && !objectTypes.includes(entry.objectType)) continue
    const bits = mapGeneric(entry.mask) & missing
    if (isDeny(entry) && bits !== 0) return false
    if (isAllow(entry)) missing &= ~bits
  }
  return missing === 0
}

/** MS-ADTS 5.1.3.2: what the generic bits stand for on objects of a directory. */
function mapGeneric(mask: number): number {
  const all = (mask & 0x1000_0000) === 0 ? 0 : 0xf_01ff
  const execute = (mask & 0x2000_0000) === 0 ? 0 : 0x2_0004
  const write = (mask & 0x4000_0000) === 0 ? 0 : 0x2_0028
  const read = (mask & 0x8000_0000) === 0 ? 0 : 0x2_0094
  return mask | all | execute | write | read
}

function isAllow({ type }: AccessEntry): boolean {
  return type === aceTypes.allow || type === aceTypes.allowObject
}

function isDeny({ type }: AccessEntry): boolean {
  return type === aceTypes.deny || type === aceTypes.denyObject
}
