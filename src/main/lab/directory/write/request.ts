import type { DeletedObjects } from '../search/visibility.ts'

/** A change as it came over the wire: names as the client spelled them, values as octets. */
export type AttributeInput = { readonly name: string; readonly values: readonly Uint8Array[] }
export type AddRequest = { readonly dn: string; readonly attributes: readonly AttributeInput[] }
export type Modification = AttributeInput & { readonly operation: 'add' | 'delete' | 'replace' }
export type ModifyRequest = { readonly dn: string; readonly modifications: readonly Modification[] }
export type RenameRequest = { readonly dn: string; readonly newRdn: string; readonly oldName: 'dropped' | 'kept'; readonly newSuperior: string | null }

/** What a write needs to know of the connection: whether passwords may pass, and which controls apply. */
export type WriteOptions = {
  readonly transport: 'encrypted' | 'plain'
  /** LDAP_SERVER_PERMISSIVE_MODIFY_OID: values that are there already, or gone already, are no error. */
  readonly valueChecks: 'strict' | 'permissive'
  /** LDAP_SERVER_SD_FLAGS_OID: the parts of a descriptor that the request speaks of. */
  readonly descriptorParts: number
  readonly deletedObjects: DeletedObjects
}
