import type { Dn } from '../../../shared/domain/ids.ts'

/** How to reach a domain, as whom, and what of it is managed. Holds the password: never logged, never stored. */
export type DirectoryConnection = {
  /** Tried in order. `host` is what the certificate must name: a DNS name or an IP address. */
  readonly servers: readonly DirectoryServer[]
  /** `startTls` begins on the plain port and encrypts before anything is said. */
  readonly security: 'ldaps' | 'startTls'
  /** Authorities that vouch for the servers, PEM; null: those that Node brings along and those of the system. */
  readonly caPem: string | null
  /** userPrincipalName, DOMAIN\name or DN. */
  readonly account: string
  readonly password: string
  /** Imported with everything below them. One OU may lie in another. */
  readonly managedOus: readonly Dn[]
  /** Attributes to be read besides those of `alwaysReadAttributes`. */
  readonly alwaysRead?: readonly string[]
  /** Objects in one page of an answer; Active Directory gives 1,000 at most (MaxPageSize). Default 500. */
  readonly pageSize?: number
  readonly timeouts?: Timeouts
  /** How many connections a writer keeps to its one controller. Default 4. */
  readonly writeConnections?: number
  /** Tried in order, with the same security: by TLS on 3269, by StartTLS on 3268. Undefined: found by DNS. Without one nothing is known of the rest of the forest. */
  readonly globalCatalogs?: readonly DirectoryServer[]
}

export type DirectoryServer = { readonly host: string; readonly port: number }

/** Milliseconds: for connecting and securing one server; for one operation. */
export type Timeouts = { readonly connect: number; readonly operation: number }

export const defaultTimeouts: Timeouts = { connect: 10_000, operation: 60_000 }
export const defaultPageSize = 500
export const defaultWriteConnections = 4

/**
 * Read whatever the rules select: what decides about an account, and the marks of other engines (sync-semantics 4).
 * A directory whose schema lacks one of them is asked for the rest.
 */
export const alwaysReadAttributes = [
  'objectGUID', 'objectSid', 'objectClass', 'distinguishedName', 'cn', 'sAMAccountName', 'userPrincipalName', 'userAccountControl', 'adminDescription',
  'memberOf', 'msDS-ExternalDirectoryObjectId', 'msDS-ObjectSoa', 'isCriticalSystemObject', 'adminCount', 'whenCreated',
] as const
