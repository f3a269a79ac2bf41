import type { Actor } from '../access/actor.ts'
import { mayCreateChild, mayDelete, mayRename } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import { classOf, isContextHead, isDeleted, textOf, textsOf, withAttributes } from '../entries/entry.ts'
import { contextHeadOf, isAtOrBelow, resolveName } from '../entries/resolve.ts'
import { accessDenied, badName, cannotDelete, illegalModification, illegalSuperior, invalidParameter, nameExists, noParent, rdnMismatch } from '../errors.ts'
import type { Rdn } from '../names/dnOfLab.ts'
import { parseRdn } from '../names/dnOfLab.ts'
import type { Refusal } from '../refusal.ts'
import { firstRefusal, isRefusal } from '../refusal.ts'
import { resultCode } from '../refusal.ts'
import { rulesOf } from '../schema/classRules.ts'
import { findAttribute, knownAttribute } from '../schema/schema.ts'
import { findWritable } from './place.ts'
import type { RenameRequest } from './request.ts'
import { checkValues } from './values.ts'

/** MS-ADTS 3.1.1.5.4: objectGUID, objectSid and every reference to the entry stay what they are. */
export function renameEntry(directory: Directory, actor: Actor, request: RenameRequest): Refusal | null {
  const entry = findWritable(directory, actor, request.dn)
  if (isRefusal(entry)) return entry
  const rdn = parseRdn(request.newRdn)
  if (rdn === null) return badName(request.newRdn)
  const parent = findNewParent(directory, entry, request.newSuperior)
  if (isRefusal(parent)) return parent
  const refusal = firstRefusal(
    () => (request.oldName === 'kept' ? invalidParameter() : null),
    () => checkRights(directory, actor, entry, parent),
    () => checkMove(directory, entry, parent),
    () => checkName(directory, entry, parent, rdn),
  )
  if (refusal !== null) return refusal
  const renamed = { ...entry, parentId: parent.id, rdn: { attribute: entry.rdn.attribute, value: rdn.value } }
  directory.store.commit({ entries: [withAttributes(renamed, { name: [rdn.value], [entry.rdn.attribute]: [rdn.value] })] })
  return null
}

function findNewParent(directory: Directory, entry: Entry, name: string | null): Entry | Refusal {
  if (name === null) return entry.parentId === null ? illegalModification() : directory.store.get(entry.parentId)
  const parent = resolveName(directory, name)
  if (isRefusal(parent)) return parent.code === resultCode.noSuchObject ? noParent() : parent
  return isDeleted(parent) ? noParent() : parent
}

/** A move needs the right to delete here and to create there; a rename the right to write the name. */
function checkRights(directory: Directory, actor: Actor, entry: Entry, parent: Entry): Refusal | null {
  const isMove = parent.id !== entry.parentId
  const isAllowed = mayRename(directory, actor, entry) && (!isMove || (mayDelete(directory, actor, entry) && mayCreateChild(directory, actor, parent, classOf(entry))))
  return isAllowed ? null : accessDenied()
}

function checkMove(directory: Directory, entry: Entry, parent: Entry): Refusal | null {
  if (isContextHead(entry) || isAtOrBelow(directory, parent, entry)) return illegalModification()
  if (parent.id === entry.parentId) return null
  if (contextHeadOf(directory, parent).id !== contextHeadOf(directory, entry).id) return illegalModification()
  if (textOf(entry, 'isCriticalSystemObject') === 'TRUE') return cannotDelete()
  const superiors = rulesOf(classOf(entry)).superiors
  return textsOf(parent, 'objectClass').some((name) => superiors.has(name)) ? null : illegalSuperior()
}

function checkName(directory: Directory, entry: Entry, parent: Entry, rdn: Rdn): Refusal | null {
  const naming = knownAttribute(rulesOf(classOf(entry)).naming)
  if (findAttribute(rdn.attribute)?.name !== naming.name) return rdnMismatch()
  const refusal = checkValues(entry, naming, [rdn.value])
  if (refusal !== null) return refusal
  const sibling = directory.store.childNamed(parent.id, rdn)
  return sibling === undefined || sibling.id === entry.id ? null : nameExists()
}
