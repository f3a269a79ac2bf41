import type { Directory } from '../../directory.ts'
import type { Entry } from '../../entries/entry.ts'
import { withAttributes } from '../../entries/entry.ts'
import type { Ace, Descriptor } from './descriptor.ts'
import { aceFlag, descriptorPart } from './descriptor.ts'
import { descriptorOf, ownDescriptorOf } from './descriptorOf.ts'
import { formatDescriptor } from './descriptorOctets.ts'

/** The parts that were written replace those that were there; inherited entries belong to the parent and are not stored (MS-ADTS 6.1.3.2). */
export function replaceDescriptor(directory: Directory, entry: Entry, given: Descriptor, parts: number): Entry {
  const [own, whole] = [ownDescriptorOf(directory, entry), descriptorOf(directory, entry)]
  const writes = (part: number) => (parts & part) !== 0
  const isListWritten = writes(descriptorPart.dacl) && given.dacl !== null
  return withDescriptor(entry, {
    owner: (writes(descriptorPart.owner) ? given.owner : null) ?? whole.owner,
    group: (writes(descriptorPart.group) ? given.group : null) ?? whole.group,
    inheritance: isListWritten ? given.inheritance : whole.inheritance,
    dacl: isListWritten ? ownEntries(given.dacl ?? [], given.inheritance) : (own?.dacl ?? null),
    sacl: writes(descriptorPart.sacl) && given.sacl !== null ? ownEntries(given.sacl, given.inheritance) : (own?.sacl ?? null),
  })
}

/** Entries of a delegation, put before those that are there. */
export function grantTo(directory: Directory, entry: Entry, aces: readonly Ace[]): Entry {
  const [own, whole] = [ownDescriptorOf(directory, entry), descriptorOf(directory, entry)]
  const present = ownEntries(whole.dacl, whole.inheritance)
  return withDescriptor(entry, { owner: whole.owner, group: whole.group, inheritance: whole.inheritance, dacl: [...aces, ...present], sacl: own?.sacl ?? null })
}

/** Owner of a new entry, whose lists are its class's. */
export function ownedBy(entry: Entry, owner: string, group: string): Entry {
  return withDescriptor(entry, { owner, group, inheritance: 'open', dacl: null, sacl: null })
}

function withDescriptor(entry: Entry, descriptor: Descriptor): Entry {
  return withAttributes(entry, { nTSecurityDescriptor: [formatDescriptor(descriptor)] })
}

/** Where inheritance is blocked, what was inherited stays as the entry's own. */
function ownEntries(aces: readonly Ace[], inheritance: Descriptor['inheritance']): readonly Ace[] {
  if (inheritance === 'open') return aces.filter((ace) => (ace.flags & aceFlag.inherited) === 0)
  return aces.map((ace) => ({ ...ace, flags: ace.flags & ~aceFlag.inherited }))
}
