import type { Directory } from '../../directory.ts'
import { domainHead } from '../../directory.ts'
import type { Entry } from '../../entries/entry.ts'
import { classOf, integerOf, isContextHead, octetsOf } from '../../entries/entry.ts'
import { guidFromOctets } from '../../names/octets.ts'
import type { ClassDefinition } from '../../schema/schema.ts'
import { classDefinitions, knownClass } from '../../schema/schema.ts'
import type { Ace, Descriptor } from './descriptor.ts'
import { parseDescriptor } from './descriptorOctets.ts'
import { inheritAces, nameOwner } from './inheritance.ts'
import { parseSddl } from './sddl.ts'

/** A descriptor with both lists, what was inherited included. */
export type WholeDescriptor = Descriptor & { readonly owner: string; readonly group: string; readonly dacl: readonly Ace[]; readonly sacl: readonly Ace[] }

/**
 * An entry's descriptor in full: its own entries, or those of its class, and what its parents hand down (MS-ADTS 6.1.3). Only an entry's own part is stored, so a
 * change above is in effect at once, where Windows propagates it in the background. Protected accounts have AdminSDHolder's (MS-ADTS 3.1.1.6.1).
 */
export function descriptorOf(directory: Directory, entry: Entry): WholeDescriptor {
  const holder = integerOf(entry, 'adminCount') === 1 ? adminSdHolder(directory) : undefined
  if (holder !== undefined && holder.id !== entry.id) return descriptorOf(directory, holder)
  const own = ownDescriptorOf(directory, entry)
  const { domain } = directory
  const base = directory.classDescriptors.get(classOf(entry))
  const owner = own?.owner ?? base?.owner ?? `${domain.sid}-512`
  const named = nameOwner(own?.dacl ?? base?.dacl ?? [], owner)
  const above = entry.parentId === null || isContextHead(entry) || own?.inheritance === 'blocked' ? null : descriptorOf(directory, directory.store.get(entry.parentId))
  const inherited = (list: 'dacl' | 'sacl') => (above === null ? [] : inheritAces(above[list], classGuid(knownClass(classOf(entry))), owner))
  return {
    owner, group: own?.group ?? `${domain.sid}-513`, inheritance: own?.inheritance ?? 'open',
    dacl: [...named, ...inherited('dacl')], sacl: [...(own?.sacl ?? base?.sacl ?? []), ...inherited('sacl')],
  }
}

/** What is stored of it; null where the class's default stands. */
export function ownDescriptorOf(directory: Directory, entry: Entry): Descriptor | null {
  const octets = octetsOf(entry, 'nTSecurityDescriptor')
  const own = octets === null ? null : parseDescriptor(octets)
  if (octets !== null && own === null) throw new Error(`The descriptor of entry ${entry.id} in ${directory.domain.dnsName} is damaged`)
  return own
}

/** defaultSecurityDescriptor of every class, by its name. */
export function readClassDescriptors(domainSid: string): ReadonlyMap<string, Descriptor> {
  return new Map(classDefinitions.flatMap((definition) => (definition.descriptor === undefined ? [] : [[definition.name, parseSddl(definition.descriptor, domainSid)] as const])))
}

export function classGuid(definition: ClassDefinition): string {
  return guidFromOctets(Buffer.from(definition.guid, 'base64'))
}

function adminSdHolder(directory: Directory): Entry | undefined {
  const system = directory.store.childNamed(domainHead(directory).id, { attribute: 'CN', value: 'System' })
  return system === undefined ? undefined : directory.store.childNamed(system.id, { attribute: 'CN', value: 'AdminSDHolder' })
}
