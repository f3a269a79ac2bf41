import { findAttribute, isForwardLink } from '../schema/schema.ts'
import type { AttributeDefinition } from '../schema/schema.ts'
import type { Attributes, EntryId, History, LinkChange, StoredValue } from './entry.ts'

export const noHistory: History = { attributes: new Map(), links: new Map() }

/** The history after a write that made `after` of `before`. `also`: what the write touched besides the stored values, as a password or a parent. */
export function recordChanges(history: History, before: Attributes, after: Attributes, usn: number, also: readonly string[]): History {
  const changed = changedNames(before, after)
  const replicated = [...changed, ...also].filter((name) => isReplicated(findAttribute(name)))
  const links = new Map(history.links)
  for (const name of replicated) {
    const definition = findAttribute(name)
    if (definition === undefined || !hasValueHistory(definition)) continue
    links.set(name, recordLinks(links.get(name) ?? new Map(), before.get(name) ?? [], after.get(name) ?? [], usn))
  }
  return { attributes: new Map([...history.attributes, ...replicated.map((name) => [name, usn] as const)]), links }
}

/** A single-valued link has the history of its attribute only. */
export function hasValueHistory(attribute: AttributeDefinition): boolean {
  return isForwardLink(attribute) && attribute.single !== true
}

/** Attributes whose values differ, in lower case; a change of case alone is one. */
function changedNames(before: Attributes, after: Attributes): readonly string[] {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].filter((name) => !isSameList(before.get(name) ?? [], after.get(name) ?? []))
}

/** FLAG_ATTR_NOT_REPLICATED (MS-ADTS 2.2.10) is each controller's own. */
function isReplicated(attribute: AttributeDefinition | undefined): boolean {
  return attribute !== undefined && ((attribute.systemFlags ?? 0) & 1) === 0
}

function recordLinks(known: ReadonlyMap<EntryId, LinkChange>, before: readonly StoredValue[], after: readonly StoredValue[], usn: number): ReadonlyMap<EntryId, LinkChange> {
  const [had, has] = [new Set(before), new Set(after)]
  const added = after.filter((id) => typeof id === 'number').filter((id) => !had.has(id))
  const removed = before.filter((id) => typeof id === 'number').filter((id) => !has.has(id))
  const present = added.map((id) => [id, { usn, status: 'present' }] as const)
  return new Map<EntryId, LinkChange>([...known, ...present, ...removed.map((id) => [id, { usn, status: 'removed' }] as const)])
}

function isSameList(left: readonly StoredValue[], right: readonly StoredValue[]): boolean {
  return left === right || (left.length === right.length && left.every((value, index) => isSameValue(value, right[index])))
}

function isSameValue(left: StoredValue, right: StoredValue | undefined): boolean {
  return left === right || (left instanceof Uint8Array && right instanceof Uint8Array && Buffer.compare(left, right) === 0)
}
