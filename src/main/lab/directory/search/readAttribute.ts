import type { Actor } from '../access/actor.ts'
import { mayReadAttribute } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import type { Entry, StoredValue } from '../entries/entry.ts'
import { isDeleted, valuesOf } from '../entries/entry.ts'
import { dnOf } from '../entries/resolve.ts'
import type { AttributeDefinition } from '../schema/schema.ts'
import { forwardLinkOf, isBackLink, isConstructed, isForwardLink } from '../schema/schema.ts'
import { matchKey } from '../schema/syntax.ts'
import { constructValues } from './constructed.ts'

/** The attribute's values as this account sees them, wherever they come from: stored, a back link, computed. */
export function readAttribute(directory: Directory, actor: Actor, entry: Entry, attribute: AttributeDefinition): readonly StoredValue[] {
  if (!mayReadAttribute(actor, attribute)) return []
  if (attribute.name === 'distinguishedName') return [entry.id]
  if (isConstructed(attribute)) return constructValues(directory, actor, entry, attribute)
  if (isBackLink(attribute)) return backLinksOf(directory, entry, attribute)
  return isForwardLink(attribute) ? activeLinksOf(directory, entry, attribute) : valuesOf(entry, attribute.name)
}

/** Octets as they go over the wire. */
export function encodeValue(directory: Directory, value: StoredValue): Buffer {
  if (typeof value === 'number') return Buffer.from(dnOf(directory, directory.store.get(value)))
  return Buffer.from(value)
}

/** With the Recycle Bin links from and to deleted entries are kept, but not shown (MS-ADTS 3.1.1.1.6, deactivated links). */
function activeLinksOf(directory: Directory, entry: Entry, attribute: AttributeDefinition): readonly StoredValue[] {
  if (isDeleted(entry)) return []
  return valuesOf(entry, attribute.name).filter((value) => typeof value !== 'number' || !isDeleted(directory.store.get(value)))
}

/** memberOf and its like: whatever refers to the entry by the forward link (MS-ADTS 3.1.1.1.6). */
function backLinksOf(directory: Directory, entry: Entry, attribute: AttributeDefinition): readonly StoredValue[] {
  if (isDeleted(entry)) return []
  const forward = forwardLinkOf(attribute)
  const sources = forward === undefined ? null : directory.store.findByKey(forward.name, matchKey(forward, entry.id))
  return (sources ?? []).filter((id) => !isDeleted(directory.store.get(id)))
}
