import type { Descriptor } from './access/descriptor/descriptor.ts'
import type { Privilege } from './access/privilege.ts'
import type { DirectoryDomain } from './directoryDomain.ts'
import type { Entry, EntryId } from './entries/entry.ts'
import type { EntryStore } from './entries/entryStore.ts'
import type { Rdn } from './names/dnOfLab.ts'

/** What every operation works on. */
export type Directory = {
  readonly store: EntryStore
  readonly domain: DirectoryDomain
  /** Names of `DC=contoso,DC=lab`, first the entry's own. */
  readonly domainNames: readonly Rdn[]
  /** User rights by account; a domain keeps them in the controllers' policy, not in the directory. */
  readonly privileges: ReadonlyMap<EntryId, ReadonlySet<Privilege>>
  /** Default descriptors by class. */
  readonly classDescriptors: ReadonlyMap<string, Descriptor>
}

export function domainNamesOf(dnsName: string): readonly Rdn[] {
  return dnsName.split('.').map((label) => ({ attribute: 'DC', value: label }))
}

export function configurationNamesOf(directory: Directory): readonly Rdn[] {
  return [{ attribute: 'CN', value: 'Configuration' }, ...directory.domainNames]
}

export function schemaNamesOf(directory: Directory): readonly Rdn[] {
  return [{ attribute: 'CN', value: 'Schema' }, ...configurationNamesOf(directory)]
}

/** The head of the domain; it is there from the first start on. */
export function domainHead(directory: Directory): Entry {
  const [own] = directory.domainNames
  const head = own === undefined ? undefined : directory.store.childNamed(null, own)
  if (head === undefined) throw new Error(`The directory has no entry for ${directory.domain.dnsName}`)
  return head
}
