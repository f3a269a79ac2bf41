/**
 * An entry that a new directory starts with. Values are text in the LDAP string form of their syntax (RFC 4517, MS-ADTS 3.1.1.2.2.2):
 * a DN for linked attributes, a decimal for integers, `TRUE`/`FALSE`, base64 for octet strings, generalised time for dates. Parents come before children, and
 * referenced objects before those that name them. What the server makes by itself is never given: objectGUID, objectSid, name,
 * uSNChanged, whenCreated, objectClass's ancestors, memberOf.
 */
export type SeedEntry = {
  readonly dn: string
  /** The most specific structural class, e.g. `user`, `organizationalUnit`, `group`, `computer`. */
  readonly objectClass: string
  readonly attributes: Readonly<Record<string, readonly string[]>>
}

/**
 * Values that an entry of a new directory gets instead of what it has, in the text form of `SeedEntry`, without any check: what real domains have from
 * earlier days (two accounts with one SPN, an old password) and settings of the entries that every domain begins with.
 */
export type SeedChange = { readonly dn: string; readonly attributes: Readonly<Record<string, readonly string[]>> }

/**
 * An account that can bind. The user is made in CN=Users of a new directory unless an entry of the seed has its `accountName` already (that
 * one then gets userPrincipalName and password). The password is stored hashed in the directory's file and is its own from then on:
 * later starts do not write it again.
 */
export type DirectoryAccount = {
  readonly accountName: string
  readonly userPrincipalName: string
  readonly password: string
  readonly rights: AccountRights
}

/** Replicating Directory Changes and Reanimate Tombstones on the head of the domain; list and read of CN=Deleted Objects. */
export type DomainRight = 'replicatingChanges' | 'reanimateTombstones' | 'readDeletedObjects'

export type AccountRights =
  /** A member of Domain Admins. `accountName` `Administrator` is the built-in account (RID 500). */
  | { readonly kind: 'administrator' }
  /**
   * Creates and deletes users, writes all their attributes and resets their passwords in these OUs and below: entries in the OUs' descriptors, written with a
   * new directory and the administrators' from then on, `domainRights` likewise. `mayEnableDelegation` stands for SeEnableDelegationPrivilege;
   * `delegationSettingsIn` are OUs in which it writes what Kerberos delegation depends on, of users and computers.
   */
  | { readonly kind: 'delegated'; readonly organizationalUnits: readonly string[]; readonly domainRights?: readonly DomainRight[]; readonly mayEnableDelegation: boolean; readonly delegationSettingsIn?: readonly string[] }
  /** Reads as every authenticated user does. */
  | { readonly kind: 'reader' }
