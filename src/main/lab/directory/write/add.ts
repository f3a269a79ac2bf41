import type { Actor } from '../access/actor.ts'
import { unknownPassword } from '../access/password.ts'
import { mayCreateChild } from '../access/rights.ts'
import { nowAsFileTime } from '../clock.ts'
import type { Directory } from '../directory.ts'
import type { Entry, StoredValue } from '../entries/entry.ts'
import { textsOf } from '../entries/entry.ts'
import { noHistory } from '../entries/history.ts'
import { abstractClass, addSystemOnly, classRequired, constructed, illegalSuperior, insufficientRights, nameExists, rdnMismatch, unknownAttribute } from '../errors.ts'
import type { Rdn } from '../names/dnOfLab.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal } from '../refusal.ts'
import type { ClassRules } from '../schema/classRules.ts'
import { isStructural, rulesOf } from '../schema/classRules.ts'
import { collationKey } from '../schema/collation.ts'
import type { AttributeDefinition } from '../schema/schema.ts'
import { findAttribute, findClass, isConstructed } from '../schema/schema.ts'
import { setsSmartCard } from './accountRules.ts'
import { checkEntry } from './checkEntry.ts'
import { completeEntry } from './defaults.ts'
import { isPasswordInput, readFirstPassword } from './newPassword.ts'
import { findPlace } from './place.ts'
import type { AddRequest, AttributeInput, WriteOptions } from './request.ts'
import { settlePasswordTime } from './settle.ts'
import { readInput } from './values.ts'
import { settleDescriptor } from './writeDescriptor.ts'

/** MS-ADTS 3.1.1.5.2. The entry is in the file when this returns. */
export function addEntry(directory: Directory, actor: Actor, request: AddRequest, options: WriteOptions): Entry | Refusal {
  const place = findPlace(directory, actor, request.dn)
  if (isRefusal(place)) return place
  const rules = readClass(request.attributes)
  if (isRefusal(rules)) return rules
  const refusal = checkPlace(directory, actor, place.parent, place.rdn, rules)
  if (refusal !== null) return refusal
  const given = readGiven(directory, actor, request.attributes, rules, place.rdn)
  if (isRefusal(given)) return given
  const rdn = { attribute: rules.naming.toUpperCase(), value: place.rdn.value }
  const bare: Entry = { id: directory.store.takeEntryId(), parentId: place.parent.id, rdn, attributes: given, history: noHistory }
  return finishEntry(directory, actor, completeEntry(directory, bare, rules.definition.name), request.attributes, options)
}

function finishEntry(directory: Directory, actor: Actor, entry: Entry, inputs: readonly AttributeInput[], options: WriteOptions): Entry | Refusal {
  const password = readFirstPassword(directory, entry, inputs, options)
  if (isRefusal(password)) return password
  const described = settleDescriptor(directory, actor, entry)
  if (isRefusal(described)) return described
  const settled = settlePasswordTime(null, described, password === null ? 'kept' : 'new', nowAsFileTime())
  if (isRefusal(settled)) return settled
  const refusal = checkEntry(directory, actor, null, settled, password !== null)
  if (refusal !== null) return refusal
  const secret = setsSmartCard(null, settled) ? unknownPassword() : password
  directory.store.commit({ entries: [settled], secrets: new Map(secret === null ? [] : [[settled.id, secret]]) })
  return directory.store.get(settled.id)
}

/** The most specific structural class; its ancestors may be given or left out. */
function readClass(inputs: readonly AttributeInput[]): ClassRules | Refusal {
  const names = inputs.filter((input) => input.name.toLowerCase() === 'objectclass').flatMap((input) => input.values.map((value) => Buffer.from(value).toString('utf8')))
  if (names.length === 0) return classRequired()
  const definitions = names.map(findClass)
  if (!definitions.every((definition) => definition !== undefined)) return unknownAttribute()
  const structural = definitions.filter(isStructural).map((definition) => rulesOf(definition.name))
  return structural.toSorted((left, right) => right.chain.length - left.chain.length)[0] ?? abstractClass()
}

function checkPlace(directory: Directory, actor: Actor, parent: Entry, rdn: Rdn, rules: ClassRules): Refusal | null {
  const { definition } = rules
  if (!mayCreateChild(directory, actor, parent, definition.name)) return insufficientRights()
  if (definition.systemOnly === true && actor.kind !== 'system') return addSystemOnly()
  if (findAttribute(rdn.attribute)?.name !== rules.naming) return rdnMismatch()
  const isAllowed = textsOf(parent, 'objectClass').some((name) => rules.superiors.has(name))
  if (!isAllowed && actor.kind !== 'system') return illegalSuperior()
  return directory.store.childNamed(parent.id, rdn) === undefined ? null : nameExists()
}

function readGiven(directory: Directory, actor: Actor, inputs: readonly AttributeInput[], rules: ClassRules, rdn: Rdn): ReadonlyMap<string, readonly StoredValue[]> | Refusal {
  const given = new Map<string, readonly StoredValue[]>()
  for (const input of inputs.filter((one) => !isPasswordInput(one))) {
    const read = readInput(directory, input)
    if (isRefusal(read)) return read
    const refusal = checkGiven(actor, read.attribute)
    if (refusal !== null) return refusal
    if (read.attribute.name === rules.naming && !read.values.every((value) => collationKey(String(value)) === collationKey(rdn.value))) return rdnMismatch()
    if (read.values.length > 0) given.set(read.attribute.name.toLowerCase(), read.values)
  }
  return given.set('objectclass', rules.chain).set('name', [rdn.value]).set(rules.naming, [rdn.value])
}

function checkGiven(actor: Actor, attribute: AttributeDefinition): Refusal | null {
  if (isConstructed(attribute)) return constructed(attribute)
  const isServerMade = attribute.systemOnly === true && !['instanceType', 'objectClass'].includes(attribute.name)
  return isServerMade && actor.kind !== 'system' ? addSystemOnly() : null
}
