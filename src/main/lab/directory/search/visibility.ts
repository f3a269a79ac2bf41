import type { Entry } from '../entries/entry.ts'
import { isDeleted, textOf } from '../entries/entry.ts'

/** Recycled objects are what is left when a deleted one has had its time (MS-ADTS 3.1.1.1.5.3); only LDAP_SERVER_SHOW_RECYCLED_OID shows them too. */
export type DeletedObjects = 'hidden' | 'restorable' | 'all'

export function isShown(entry: Entry, deletedObjects: DeletedObjects): boolean {
  return !isDeleted(entry) || deletedObjects === 'all' || (deletedObjects === 'restorable' && textOf(entry, 'isRecycled') !== 'TRUE')
}
