import type { Directory } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import { integerOf, isDeleted, isOfClass, textsOf } from '../entries/entry.ts'
import { isAtOrBelow, resolveName } from '../entries/resolve.ts'
import { isRefusal } from '../refusal.ts'
import { allowedAttributesOf, childClassesOf } from '../schema/classRules.ts'
import type { AttributeDefinition, ClassDefinition } from '../schema/schema.ts'
import { isBackLink, isConstructed } from '../schema/schema.ts'
import type { Actor } from './actor.ts'

/** Deleted objects show themselves to administrators only (MS-ADTS 3.1.1.4.1.3, and the default descriptor of CN=Deleted Objects). */
export function mayRead(_directory: Directory, actor: Actor, entry: Entry): boolean {
  return isAdministrator(actor) || (actor.kind === 'account' && !isDeleted(entry))
}

/** DS-Replication-Get-Changes on the head of a naming context. */
export function mayReplicate(_directory: Directory, actor: Actor, _head: Entry): boolean {
  return isAdministrator(actor)
}

/** Passwords are write-only; confidential attributes (fCONFIDENTIAL, 0x80) need more than the right to read. */
export function mayReadAttribute(actor: Actor, attribute: AttributeDefinition): boolean {
  if (writeOnly.has(attribute.name)) return false
  return ((attribute.searchFlags ?? 0) & 0x80) === 0 || isAdministrator(actor)
}

export function mayWriteAttribute(directory: Directory, actor: Actor, entry: Entry, attribute: AttributeDefinition): boolean {
  if (attribute.systemOnly === true && actor.kind !== 'system') return false
  return mayWrite(directory, actor, entry)
}

/** Write Property of all attributes, Reset Password included. */
export function mayWrite(directory: Directory, actor: Actor, entry: Entry): boolean {
  return isAdministrator(actor) || (isManagedUser(entry) && isInDelegatedUnit(directory, actor, entry))
}

export function mayCreateChild(directory: Directory, actor: Actor, parent: Entry, className: string): boolean {
  return isAdministrator(actor) || (className === 'user' && isInDelegatedUnit(directory, actor, parent))
}

export function mayDelete(directory: Directory, actor: Actor, entry: Entry): boolean {
  return mayWrite(directory, actor, entry)
}

/** SeEnableDelegationPrivilege, a user right of the domain controllers. */
export function mayEnableDelegation(actor: Actor): boolean {
  return isAdministrator(actor) || (actor.kind === 'account' && actor.rights.kind === 'delegated' && actor.rights.mayEnableDelegation)
}

export function isAdministrator(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'account' && actor.rights.kind === 'administrator')
}

/** allowedAttributesEffective (MS-ADTS 3.1.1.4.5.5). */
export function writableAttributes(directory: Directory, actor: Actor, entry: Entry): readonly AttributeDefinition[] {
  const own = allowedAttributesOf(textsOf(entry, 'objectClass')).filter((attribute) => !isConstructed(attribute) && !isBackLink(attribute))
  return own.filter((attribute) => mayWriteAttribute(directory, actor, entry, attribute))
}

/** allowedChildClassesEffective (MS-ADTS 3.1.1.4.5.4). */
export function creatableClasses(directory: Directory, actor: Actor, entry: Entry): readonly ClassDefinition[] {
  const possible = childClassesOf(textsOf(entry, 'objectClass')).filter((definition) => definition.systemOnly !== true)
  return possible.filter((definition) => mayCreateChild(directory, actor, entry, definition.name))
}

/** sDRightsEffective (MS-ADTS 3.1.1.4.5.7): owner and group 3, DACL 4, SACL 8. */
export function descriptorRights(actor: Actor): number {
  return isAdministrator(actor) ? 15 : 0
}

const writeOnly: ReadonlySet<string> = new Set(['unicodePwd', 'dBCSPwd', 'userPassword', 'supplementalCredentials', 'ntPwdHistory', 'lmPwdHistory', 'nTSecurityDescriptor'])

/**
 * The delegation is for class user, which computers and managed service accounts inherit from without being meant. Protected accounts
 * (adminCount 1) take the descriptor of AdminSDHolder, which inherits nothing from their OU (MS-ADTS 3.1.1.6.1).
 */
function isManagedUser(entry: Entry): boolean {
  return isOfClass(entry, 'user') && !isOfClass(entry, 'computer') && integerOf(entry, 'adminCount') !== 1
}

function isInDelegatedUnit(directory: Directory, actor: Actor, entry: Entry): boolean {
  if (actor.kind !== 'account' || actor.rights.kind !== 'delegated') return false
  return actor.rights.organizationalUnits.some((name) => {
    const unit = resolveName(directory, name)
    return !isRefusal(unit) && isAtOrBelow(directory, entry, unit)
  })
}
