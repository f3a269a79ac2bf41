import type { Entry } from '../../entries/entry.ts'
import { classOf, octetsOf } from '../../entries/entry.ts'
import { sidFromOctets } from '../../names/octets.ts'
import { knownClass } from '../../schema/schema.ts'
import type { Ace } from './descriptor.ts'
import { aceFlag, mapGeneric, right } from './descriptor.ts'
import type { WholeDescriptor } from './descriptorOf.ts'
import { classGuid } from './descriptorOf.ts'

/** `objectTypes`: GUIDs of which an entry may name any: a property and its set, a class, an extended right. Entries without a type cover all of them. */
export type WantedRight = { readonly mask: number; readonly objectTypes: readonly string[] }

const self = 'S-1-5-10'

/**
 * The list is read from its beginning; the first entry that speaks of a right decides (MS-ADTS 5.1.3.3). `sids` are those of the account that asks; the owner
 * may always read the descriptor and change the list.
 */
export function isGranted(descriptor: WholeDescriptor, entry: Entry, sids: ReadonlySet<string>, wanted: WantedRight): boolean {
  const owned = sids.has(descriptor.owner) ? right.readControl | right.writeDacl : 0
  const [sid, type] = [octetsOf(entry, 'objectSid'), classGuid(knownClass(classOf(entry)))]
  const isSelf = sid !== null && sids.has(sidFromOctets(sid))
  let missing = wanted.mask & ~owned
  for (const ace of descriptor.dacl) {
    if (missing === 0) return true
    const isOfAccount = sids.has(ace.sid) || (isSelf && ace.sid === self)
    if (!isOfAccount || !isInEffect(ace, type) || !covers(ace, wanted)) continue
    const mask = mapGeneric(ace.mask) & missing
    if (ace.kind === 'deny' && mask !== 0) return false
    if (ace.kind === 'allow') missing &= ~mask
  }
  return missing === 0
}

function isInEffect(ace: Ace, type: string): boolean {
  return (ace.flags & aceFlag.inheritOnly) === 0 && (ace.inheritedType === null || ace.inheritedType === type)
}

function covers(ace: Ace, wanted: WantedRight): boolean {
  return ace.objectType === null || wanted.objectTypes.includes(ace.objectType)
}
