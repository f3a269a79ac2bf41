import type { Actor } from '../access/actor.ts'
import { unknownPassword } from '../access/password.ts'
import { mayWriteAttribute } from '../access/rights.ts'
import { nowAsFileTime } from '../clock.ts'
import type { Directory } from '../directory.ts'
import type { Entry, StoredValue } from '../entries/entry.ts'
import { integerOf, isDeleted, isOfClass, valuesOf, withAttributes } from '../entries/entry.ts'
import { isContainer } from '../entries/recycleBin.ts'
import { accessDenied, attributeExists, classChange, constructed, memberInGroup, memberNotInGroup, onRdn, systemOnly, unwilling, valueAbsent, valueExists } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal } from '../refusal.ts'
import type { AttributeDefinition } from '../schema/schema.ts'
import { isBackLink, isConstructed } from '../schema/schema.ts'
import { matchKey } from '../schema/syntax.ts'
import { settleAccountControl, setsSmartCard } from './accountRules.ts'
import { checkEntry, touchedNames } from './checkEntry.ts'
import { isPasswordInput, readPasswordChange } from './newPassword.ts'
import { findWritable } from './place.ts'
import type { Modification, ModifyRequest, WriteOptions } from './request.ts'
import { isRestore, restoreEntry } from './restore.ts'
import { settlePasswordTime } from './settle.ts'
import type { ReadInput } from './values.ts'
import { readInput } from './values.ts'
import { writeDescriptor } from './writeDescriptor.ts'

/** MS-ADTS 3.1.1.5.3: all modifications of a request, in their order, or none. */
export function modifyEntry(directory: Directory, actor: Actor, request: ModifyRequest, options: WriteOptions): Refusal | null {
  const found = findWritable(directory, actor, request.dn, options.deletedObjects)
  if (isRefusal(found)) return found
  const isBuried = isDeleted(found) && !isContainer(found)
  if (isBuried && !isRestore(request.modifications) && !request.modifications.every(isDescriptorInput)) return unwilling()
  if (!isBuried || !isRestore(request.modifications)) return modifyFound(directory, actor, found, found, request.modifications, options)
  const restored = restoreEntry(directory, actor, found, request.modifications)
  return isRefusal(restored) ? restored : modifyFound(directory, actor, null, restored.entry, restored.others, options)
}

/** `before` is null where the entry has just come back, so that everything about it is checked as of a new one. */
function modifyFound(directory: Directory, actor: Actor, before: Entry | null, entry: Entry, modifications: readonly Modification[], options: WriteOptions): Refusal | null {
  const changed = applyAll(directory, actor, entry, modifications.filter((one) => !isPasswordInput(one)), options)
  if (isRefusal(changed)) return changed
  const password = readPasswordChange(directory, actor, changed, modifications.filter(isPasswordInput), options)
  if (isRefusal(password)) return password
  const settled = settlePasswordTime(entry, settleChangedControl(entry, changed), password === null ? 'kept' : 'new', nowAsFileTime())
  if (isRefusal(settled)) return settled
  const hasPassword = password !== null || directory.store.secretOf(entry.id) !== undefined
  const refusal = checkEntry(directory, actor, before, settled, hasPassword)
  if (refusal !== null) return refusal
  const secret = setsSmartCard(before, settled) ? unknownPassword() : password
  if (secret === null && touchedNames(before, settled).length === 0) return null
  directory.store.commit({ entries: [settled], secrets: new Map(secret === null ? [] : [[settled.id, secret]]) })
  return null
}

/** Of what is deleted only the descriptor can be written. */
function isDescriptorInput(modification: Modification): boolean {
  return modification.name.toLowerCase() === 'ntsecuritydescriptor'
}

function applyAll(directory: Directory, actor: Actor, entry: Entry, modifications: readonly Modification[], options: WriteOptions): Entry | Refusal {
  let current = entry
  for (const modification of modifications) {
    const input = readInput(directory, modification)
    if (isRefusal(input)) return input
    const refusal = checkModifiable(directory, actor, entry, input.attribute)
    if (refusal !== null) return refusal
    if (input.attribute.name === 'nTSecurityDescriptor') {
      const described = writeDescriptor(directory, actor, current, { ...input, operation: modification.operation }, options.descriptorParts)
      if (isRefusal(described)) return described
      current = described
      continue
    }
    const values = applyOne(current, modification.operation, input, options)
    if (isRefusal(values)) return values
    current = withAttributes(current, { [input.attribute.name]: values })
  }
  return current
}

function checkModifiable(directory: Directory, actor: Actor, entry: Entry, attribute: AttributeDefinition): Refusal | null {
  if (attribute.name.toLowerCase() === entry.rdn.attribute.toLowerCase()) return onRdn()
  if (attribute.name === 'objectClass') return classChange()
  if (isConstructed(attribute)) return constructed(attribute)
  if (attribute.systemOnly === true || isBackLink(attribute)) return systemOnly(attribute)
  if (attribute.name === 'nTSecurityDescriptor') return null
  return mayWriteAttribute(directory, actor, entry, attribute) ? null : accessDenied()
}

function applyOne(entry: Entry, operation: Modification['operation'], input: ReadInput, options: WriteOptions): readonly StoredValue[] | Refusal {
  const present = valuesOf(entry, input.attribute.name)
  switch (operation) {
    case 'replace': return isSameList(input.attribute, present, input.values) ? present : input.values
    case 'add': return addValues(entry, present, input, options)
    case 'delete': return deleteValues(entry, present, input, options)
  }
}

function addValues(entry: Entry, present: readonly StoredValue[], { attribute, values }: ReadInput, options: WriteOptions): readonly StoredValue[] | Refusal {
  const keys = new Set(present.map((value) => matchKey(attribute, value)))
  const absent = values.filter((value) => !keys.has(matchKey(attribute, value)))
  if (absent.length < values.length && options.valueChecks === 'strict') return isMembership(entry, attribute) ? memberInGroup() : valueExists(attribute)
  const isTaken = attribute.single === true && present.length > 0 && absent.length > 0
  return isTaken ? attributeExists(attribute) : [...present, ...absent]
}

/** Without values the whole attribute goes. */
function deleteValues(entry: Entry, present: readonly StoredValue[], { attribute, values }: ReadInput, options: WriteOptions): readonly StoredValue[] | Refusal {
  const gone = new Set(values.map((value) => matchKey(attribute, value)))
  const kept = values.length === 0 ? [] : present.filter((value) => !gone.has(matchKey(attribute, value)))
  const isIncomplete = values.length === 0 ? present.length === 0 : present.length - kept.length < values.length
  if (!isIncomplete || options.valueChecks === 'permissive') return kept
  return isMembership(entry, attribute) && values.length > 0 ? memberNotInGroup() : valueAbsent(attribute)
}

/** The account database speaks for a group's members: ERROR_MEMBER_IN_ALIAS and its like instead of attribute errors. */
function isMembership(entry: Entry, attribute: AttributeDefinition): boolean {
  return attribute.name === 'member' && isOfClass(entry, 'group')
}

/** Exactly equal, so that a change of case alone is written. */
function isSameList(attribute: AttributeDefinition, left: readonly StoredValue[], right: readonly StoredValue[]): boolean {
  const text = (value: StoredValue) => (typeof value === 'string' ? value : matchKey(attribute, value))
  return left.length === right.length && left.every((value, index) => text(value) === text(right[index] ?? ''))
}

function settleChangedControl(before: Entry, after: Entry): Entry {
  return integerOf(before, 'userAccountControl') === integerOf(after, 'userAccountControl') ? after : settleAccountControl(after)
}
