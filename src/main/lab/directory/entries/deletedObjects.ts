import type { Directory } from '../directory.ts'
import { domainHead } from '../directory.ts'
import type { Entry } from './entry.ts'
import { contextHeadOf } from './resolve.ts'

/** CN=Deleted Objects of the entry's naming context; the domain's where a context has none. */
export function deletedObjectsOf(directory: Directory, entry: Entry): Entry | undefined {
  const rdn = { attribute: 'CN', value: 'Deleted Objects' }
  return directory.store.childNamed(contextHeadOf(directory, entry).id, rdn) ?? directory.store.childNamed(domainHead(directory).id, rdn)
}
