import type { Rdn } from '../names/dnOfLab.ts'

/** The distinguished name tag of MS-ADTS: one number for an entry's whole life, in every DN-valued attribute too, so that a rename touches nothing else. */
export type EntryId = number

/** Text in its string form, octets, or a reference to another entry, as the attribute's syntax says. */
export type StoredValue = string | Uint8Array | EntryId

export type Attributes = ReadonlyMap<string, readonly StoredValue[]>

export type LinkChange = { readonly usn: number; readonly status: 'present' | 'removed' }

/**
 * What replication knows of an entry (MS-ADTS 3.1.1.1.9, replPropertyMetaData): for each attribute that was ever written, cleared ones included, the USN of
 * its last write; the same for each value of a link that may have several (MS-DRSR 5.16). Attributes by their names in lower case.
 */
export type History = {
  readonly attributes: ReadonlyMap<string, number>
  readonly links: ReadonlyMap<string, ReadonlyMap<EntryId, LinkChange>>
}

/** Never changed in place. Attribute names are keys in lower case. */
export type Entry = {
  readonly id: EntryId
  /** Null for the head of the domain, below which every other naming context lies. */
  readonly parentId: EntryId | null
  readonly rdn: Rdn
  readonly attributes: Attributes
  /** Kept by the store with every replicated write. */
  readonly history: History
}

export function valuesOf(entry: Entry, name: string): readonly StoredValue[] {
  return entry.attributes.get(name.toLowerCase()) ?? []
}

export function textsOf(entry: Entry, name: string): readonly string[] {
  return valuesOf(entry, name).filter((value) => typeof value === 'string')
}

export function textOf(entry: Entry, name: string): string | null {
  return textsOf(entry, name)[0] ?? null
}

export function integerOf(entry: Entry, name: string): number | null {
  const text = textOf(entry, name)
  return text === null ? null : Number(text)
}

export function octetsOf(entry: Entry, name: string): Uint8Array | null {
  const value = valuesOf(entry, name)[0]
  return value instanceof Uint8Array ? value : null
}

export function referencesOf(entry: Entry, name: string): readonly EntryId[] {
  return valuesOf(entry, name).filter((value) => typeof value === 'number')
}

export function isOfClass(entry: Entry, name: string): boolean {
  return textsOf(entry, 'objectClass').includes(name)
}

/** The most specific structural class, in the schema's spelling. */
export function classOf(entry: Entry): string {
  return textsOf(entry, 'objectClass').at(-1) ?? 'top'
}

export function isDeleted(entry: Entry): boolean {
  return textOf(entry, 'isDeleted') === 'TRUE'
}

/** IT_NC_HEAD (MS-ADTS 2.2.11): the root of a naming context. */
export function isContextHead(entry: Entry): boolean {
  return ((integerOf(entry, 'instanceType') ?? 0) & 1) !== 0
}

export function withAttributes(entry: Entry, changes: Readonly<Record<string, readonly StoredValue[]>>): Entry {
  const attributes = new Map(entry.attributes)
  for (const [name, values] of Object.entries(changes)) {
    if (values.length === 0) attributes.delete(name.toLowerCase())
    else attributes.set(name.toLowerCase(), values)
  }
  return { ...entry, attributes }
}
