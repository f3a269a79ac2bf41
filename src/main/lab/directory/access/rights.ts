import type { Directory } from '../directory.ts'
import { deletedObjectsOf } from '../entries/deletedObjects.ts'
import type { Entry } from '../entries/entry.ts'
import { classOf, isDeleted, textsOf } from '../entries/entry.ts'
import { guidFromOctets } from '../names/octets.ts'
import { allowedAttributesOf, childClassesOf } from '../schema/classRules.ts'
import type { AttributeDefinition, ClassDefinition } from '../schema/schema.ts'
import { isBackLink, isConstructed, knownAttribute, knownClass } from '../schema/schema.ts'
import type { Actor } from './actor.ts'
import { isGranted } from './descriptor/accessCheck.ts'
import { descriptorPart, right } from './descriptor/descriptor.ts'
import { classGuid, descriptorOf } from './descriptor/descriptorOf.ts'

/** Control access rights by their rightsGuid (MS-ADTS 5.1.3.2.1). */
export const extendedRight = {
  resetPassword: '00299570-246d-11d0-a768-00aa006e0529', reanimateTombstones: '45ec5156-db7e-47bb-b53f-dbeb2d03c40f',
  replicatingChanges: '1131f6aa-9c07-11d1-f79f-00c04fc2dcd2',
} as const

/**
 * Living objects are readable for all who have signed in: Authenticated Users are in Pre-Windows 2000 Compatible Access, as in a new domain. Deleted ones are for
 * those who may list and read CN=Deleted Objects (MS-ADTS 3.1.1.4.1.3), by default administrators.
 */
export function mayRead(directory: Directory, actor: Actor, entry: Entry): boolean {
  if (actor.kind !== 'account') return actor.kind === 'system'
  if (!isDeleted(entry)) return true
  const container = deletedObjectsOf(directory, entry)
  return container !== undefined && holdsRight(directory, actor, container, right.listContents | right.readProperty)
}

/**
 * Passwords are write-only; confidential attributes (fCONFIDENTIAL, 0x80) need more than the right to read; descriptors are read part by part; the global
 * catalog has the partial attribute set only.
 */
export function mayReadAttribute(actor: Actor, attribute: AttributeDefinition): boolean {
  if (writeOnly.has(attribute.name)) return false
  if (actor.kind === 'account' && actor.view === 'forest' && attribute.gc !== true && !isConstructed(attribute)) return false
  return ((attribute.searchFlags ?? 0) & 0x80) === 0 || isAdministrator(actor)
}

export function mayWriteAttribute(directory: Directory, actor: Actor, entry: Entry, attribute: AttributeDefinition): boolean {
  if (attribute.systemOnly === true && actor.kind !== 'system') return false
  return holdsRight(directory, actor, entry, right.writeProperty, typesOf(attribute))
}

/** A rename writes the naming attribute and `name` (MS-ADTS 3.1.1.5.4.1.1). */
export function mayRename(directory: Directory, actor: Actor, entry: Entry): boolean {
  return [entry.rdn.attribute, 'name'].every((name) => holdsRight(directory, actor, entry, right.writeProperty, typesOf(knownAttribute(name))))
}

export function mayResetPassword(directory: Directory, actor: Actor, entry: Entry): boolean {
  return holdsRight(directory, actor, entry, right.controlAccess, [extendedRight.resetPassword])
}

export function mayCreateChild(directory: Directory, actor: Actor, parent: Entry, className: string): boolean {
  return holdsRight(directory, actor, parent, right.createChild, [classGuid(knownClass(className))])
}

/** By the entry's own list, or its parent's (MS-ADTS 3.1.1.5.5.3). */
export function mayDelete(directory: Directory, actor: Actor, entry: Entry): boolean {
  if (holdsRight(directory, actor, entry, right.delete)) return true
  const parent = entry.parentId === null ? undefined : directory.store.find(entry.parentId)
  return parent !== undefined && holdsRight(directory, actor, parent, right.deleteChild, [classGuid(knownClass(classOf(entry)))])
}

/** DS-Replication-Get-Changes on the head of a naming context. */
export function mayReplicate(directory: Directory, actor: Actor, head: Entry): boolean {
  return holdsRight(directory, actor, head, right.controlAccess, [extendedRight.replicatingChanges])
}

/** Reanimate-Tombstones on the head of a naming context (MS-ADTS 3.1.1.5.3.7.1). */
export function mayReanimate(directory: Directory, actor: Actor, head: Entry): boolean {
  return holdsRight(directory, actor, head, right.controlAccess, [extendedRight.reanimateTombstones])
}

/** SeEnableDelegationPrivilege, a user right of the domain controllers, not of any object. */
export function mayEnableDelegation(actor: Actor): boolean {
  return isAdministrator(actor) || (actor.kind === 'account' && actor.privileges.has('enableDelegation'))
}

export function isAdministrator(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'account' && actor.sids.has('S-1-5-32-544'))
}

/** allowedAttributesEffective (MS-ADTS 3.1.1.4.5.5). */
export function writableAttributes(directory: Directory, actor: Actor, entry: Entry): readonly AttributeDefinition[] {
  const own = allowedAttributesOf(textsOf(entry, 'objectClass')).filter((attribute) => !isConstructed(attribute) && !isBackLink(attribute))
  const grants = rightsOf(directory, actor, entry)
  return own.filter((attribute) => attribute.systemOnly !== true && grants(right.writeProperty, typesOf(attribute)))
}

/** allowedChildClassesEffective (MS-ADTS 3.1.1.4.5.4). */
export function creatableClasses(directory: Directory, actor: Actor, entry: Entry): readonly ClassDefinition[] {
  const possible = childClassesOf(textsOf(entry, 'objectClass')).filter((definition) => definition.systemOnly !== true)
  const grants = rightsOf(directory, actor, entry)
  return possible.filter((definition) => grants(right.createChild, [classGuid(definition)]))
}

/** sDRightsEffective (MS-ADTS 3.1.1.4.5.7): the parts of the descriptor that the account may write. Administrators have the privileges for owner and audit list. */
export function writableDescriptorParts(directory: Directory, actor: Actor, entry: Entry): number {
  const ownership = isAdministrator(actor) || holdsRight(directory, actor, entry, right.writeOwner) ? descriptorPart.owner | descriptorPart.group : 0
  const list = holdsRight(directory, actor, entry, right.writeDacl) ? descriptorPart.dacl : 0
  return ownership | list | (isAdministrator(actor) ? descriptorPart.sacl : 0)
}

export function holdsRight(directory: Directory, actor: Actor, entry: Entry, mask: number, objectTypes: readonly string[] = []): boolean {
  return rightsOf(directory, actor, entry)(mask, objectTypes)
}

/** For several questions about one entry. */
function rightsOf(directory: Directory, actor: Actor, entry: Entry): (mask: number, objectTypes: readonly string[]) => boolean {
  if (actor.kind !== 'account') return () => actor.kind === 'system'
  const descriptor = descriptorOf(directory, entry)
  return (mask, objectTypes) => isGranted(descriptor, entry, actor.sids, { mask, objectTypes })
}

/** An attribute's own GUID and that of its property set. */
function typesOf(attribute: AttributeDefinition): readonly string[] {
  return [attribute.guid, attribute.propertySet].filter((guid) => guid !== undefined).map((guid) => guidFromOctets(Buffer.from(guid, 'base64')))
}

const writeOnly: ReadonlySet<string> = new Set(['unicodePwd', 'dBCSPwd', 'userPassword', 'supplementalCredentials', 'ntPwdHistory', 'lmPwdHistory', 'nTSecurityDescriptor'])
