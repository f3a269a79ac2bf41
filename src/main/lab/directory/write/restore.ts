import { accountBit } from '../access/accountControl.ts'
import type { Actor } from '../access/actor.ts'
import { mayCreateChild, mayReanimate, mayRename } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import type { Entry } from '../entries/entry.ts'
import { classOf, integerOf, isContextHead, isOfClass, textOf, textsOf, withAttributes } from '../entries/entry.ts'
import { isRecycleBinOn } from '../entries/recycleBin.ts'
import { contextHeadOf } from '../entries/resolve.ts'
import { accessDenied, illegalModification, illegalSuperior, insufficientRights, nameExists, noParent, rdnMismatch, unwilling } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import { firstRefusal, isRefusal, resultCode } from '../refusal.ts'
import { rulesOf } from '../schema/classRules.ts'
import { findAttribute } from '../schema/schema.ts'
import { completeEntry } from './defaults.ts'
import { findPlace } from './place.ts'
import type { Modification } from './request.ts'

/** An entry that comes back, and what else the same request changes. */
export type Restored = { readonly entry: Entry; readonly others: readonly Modification[] }

/** Delete isDeleted and replace distinguishedName, in one request (MS-ADTS 3.1.1.5.3.7). */
export function isRestore(modifications: readonly Modification[]): boolean {
  return markOf(modifications) !== undefined && newNameOf(modifications) !== undefined
}

/**
 * A deleted entry at its new place: the same objectGUID and objectSid. With the Recycle Bin it has all it had and its links again; without, an account comes back
 * disabled, without password and with what a tombstone keeps (MS-ADTS 3.1.1.5.3.7.3). What is recycled cannot come back.
 */
export function restoreEntry(directory: Directory, actor: Actor, tombstone: Entry, modifications: readonly Modification[]): Restored | Refusal {
  const [mark, name] = [markOf(modifications), newNameOf(modifications)]
  const text = name?.values.length === 1 ? Buffer.from(name.values[0] ?? []).toString('utf8') : null
  if (text === null || textOf(tombstone, 'isRecycled') === 'TRUE') return unwilling()
  if (!mayReanimate(directory, actor, contextHeadOf(directory, tombstone))) return accessDenied()
  const place = findPlace(directory, actor, text)
  if (isRefusal(place)) return place.code === resultCode.noSuchObject ? noParent() : place
  const refusal = checkPlace(directory, actor, tombstone, place)
  if (refusal !== null) return refusal
  const attribute = tombstone.rdn.attribute
  const moved: Entry = { ...tombstone, parentId: place.parent.id, rdn: { attribute, value: place.rdn.value } }
  // It writes the name, wherever the entry goes.
  if (!mayRename(directory, actor, moved)) return accessDenied()
  const named = withAttributes(moved, { isDeleted: [], lastKnownParent: [], 'msDS-LastKnownRDN': [], name: [place.rdn.value], [attribute]: [place.rdn.value] })
  return { entry: isRecycleBinOn(directory) ? named : refill(directory, named), others: modifications.filter((one) => one !== mark && one !== name) }
}

/** The place must be one where the account may create such an entry, in the naming context from which it was deleted. */
function checkPlace(directory: Directory, actor: Actor, tombstone: Entry, { parent, rdn }: Exclude<ReturnType<typeof findPlace>, Refusal>): Refusal | null {
  const rules = rulesOf(classOf(tombstone))
  return firstRefusal(
    () => (isContextHead(tombstone) || contextHeadOf(directory, parent).id !== contextHeadOf(directory, tombstone).id ? illegalModification() : null),
    () => (mayCreateChild(directory, actor, parent, classOf(tombstone)) ? null : insufficientRights()),
    () => (findAttribute(rdn.attribute)?.name === rules.naming ? null : rdnMismatch()),
    () => (textsOf(parent, 'objectClass').some((superior) => rules.superiors.has(superior)) ? null : illegalSuperior()),
    () => (directory.store.childNamed(parent.id, rdn) === undefined ? null : nameExists()),
  )
}

function refill(directory: Directory, entry: Entry): Entry {
  const complete = completeEntry(directory, entry, classOf(entry))
  if (!isOfClass(complete, 'user')) return complete
  const control = (integerOf(complete, 'userAccountControl') ?? accountBit.normalAccount) | accountBit.disabled
  return withAttributes(complete, { userAccountControl: [String(control)], pwdLastSet: ['0'] })
}

function markOf(modifications: readonly Modification[]): Modification | undefined {
  return modifications.find((one) => one.operation === 'delete' && one.name.toLowerCase() === 'isdeleted')
}

function newNameOf(modifications: readonly Modification[]): Modification | undefined {
  return modifications.find((one) => one.operation === 'replace' && one.name.toLowerCase() === 'distinguishedname')
}
