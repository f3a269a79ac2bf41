import type { Attributes } from './attributes.ts'
import type { Dn } from './ids.ts'

export type ConnectorName = 'entra' | 'ad'

/** An object as its system has it. `anchor` never changes: Graph id or objectGUID, lower case. */
export type ConnectorObject = {
  readonly connector: ConnectorName
  readonly anchor: string
  /** `user` of either connector today. */
  readonly objectType: string
  /** Null for `entra`. */
  readonly dn: Dn | null
  readonly attributes: Attributes
}

/** A name that is in use anywhere in the domain, by a user, group or computer (sync-semantics 18). */
export type DomainName = { readonly accountName: string; readonly dn: string; readonly anchor: string }
