import type { Reading } from '../../shared/domain/delegation.ts'
import type { ObjectSecurity } from '../../shared/domain/directoryRights.ts'
import type { Grant } from '../../shared/domain/grant.ts'
import type { Dn, ObjectGuid, Sid } from '../../shared/domain/ids.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { Result } from '../../shared/domain/result.ts'

/** Looks at a domain for the checks of readiness. Writes nothing. */
export interface DirectoryInspector {
  /** Each configured server by itself, without signing in: what stands between us and an answer. */
  inspectServers(signal: AbortSignal): Promise<readonly ServerInspection[]>
  signIn(signal: AbortSignal): Promise<Result<SignInFacts, Problem>>
  /** As the server names its maker (RFC 3045); null where it does not, as Windows. */
  readVendor(signal: AbortSignal): Promise<Result<string | null, Problem>>
  /** The account that is signed in, with every SID of its token. */
  readOwnAccount(signal: AbortSignal): Promise<Result<OwnAccount, Problem>>
  /** Null: there is no such object, or we may not see it. `hidden`: it is there, and its descriptor may not be read. */
  readSecurity(dn: Dn, signal: AbortSignal): Promise<Result<ObjectSecurity | 'hidden' | null, Problem>>
  /** By lower-case name; names that the schema does not know are missing. */
  readAttributeTypes(names: readonly string[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, AttributeType>, Problem>>
  /** Objects below the OU, the OU itself and further OUs and containers left out. */
  listObjects(ou: Dn, signal: AbortSignal): Promise<Result<readonly ObjectInOu[], Problem>>
  readPasswordPolicy(signal: AbortSignal): Promise<Result<PasswordPolicy, Problem>>
  /** Password settings objects that hold for accounts which are made in the OU, or are there. */
  readFinerPolicies(ou: Dn, signal: AbortSignal): Promise<Result<readonly FinerPolicy[], Problem>>
  /** What a userPrincipalName may end with in this forest, and what its trusts are. */
  readForestNames(signal: AbortSignal): Promise<Result<ForestNames, Problem>>
  /** Groups of the domain by SID, where they can be found. */
  findGroups(sids: readonly Sid[], signal: AbortSignal): Promise<Result<readonly { readonly dn: Dn; readonly sid: Sid }[], Problem>>
  /** Whether DirSync answers, and whether for everything or for what the account may see. */
  readChangeTracking(signal: AbortSignal): Promise<Result<'everything' | 'whatIsVisible' | null, Problem>>
  close(): Promise<void>
}

export type ServerInspection = {
  /** `host:port` as configured. */
  readonly server: string
  readonly outcome:
    | { readonly kind: 'secured'; readonly certificate: CertificateFacts; readonly root: RootFacts }
    /** TCP connects and TLS does not: a domain controller without a certificate hangs up (Windows), or does not listen (Samba). */
    | { readonly kind: 'notEncrypted'; readonly problem: Problem }
    | { readonly kind: 'untrusted'; readonly problem: Problem }
    | { readonly kind: 'unreachable'; readonly problem: Problem }
}

/** What the server presented; names as `DNS:dc1.contoso.com, IP Address:10.0.0.1`. */
export type CertificateFacts = {
  readonly subject: string
  readonly issuer: string
  readonly names: string
  /** ISO 8601 in UTC. */
  readonly validTo: string
  readonly fingerprint: string
}

/** MS-ADTS 3.1.1.3.2; levels as numbers of MS-ADTS 6.1.4, null where the server does not say. */
export type RootFacts = {
  readonly controller: string
  readonly domainLevel: number | null
  readonly forestLevel: number | null
  readonly controllerLevel: number | null
  /** Milliseconds since 1970, by the server's clock; null where it does not say. */
  readonly time: number | null
  /** By our clock, half way between question and answer. */
  readonly readAt: number
}

export type SignInFacts = { readonly controller: string; readonly domainDn: Dn; readonly domainSid: Sid; readonly boundAs: string }

/** `passwordExpires`: ISO 8601; null where it never does, or nobody says when. */
export type OwnAccount = { readonly dn: Dn; readonly sid: Sid; readonly accountName: string; readonly passwordExpires: string | null; readonly tokenSids: ReadonlySet<string> }

/** `propertySet`: attributeSecurityGUID; an entry that names it covers the attribute too (MS-ADTS 3.1.1.2.3.3). */
export type AttributeType = { readonly name: string; readonly guid: ObjectGuid; readonly propertySet: ObjectGuid | null }

export type ObjectInOu = {
  readonly anchor: ObjectGuid
  readonly dn: Dn
  readonly objectClass: string
  readonly adminDescription: string | null
  readonly employeeType: string | null
  readonly userPrincipalName: string | null
  /** Marks that Entra Cloud Sync writes on what it owns. */
  readonly externalDirectoryObjectId: string | null
  readonly objectSoa: string | null
}

/** Length in characters. */
export type PasswordDemands = { readonly minimumLength: number; readonly isComplexityRequired: boolean }
export type PasswordPolicy = PasswordDemands & { readonly readFrom: Dn }

/** A password settings object (MS-ADTS 6.1.1.4.11.1). `precedence`: of several the lowest number wins; `notRead`: only administrators may read it by default. */
export type FinerPolicy = { readonly dn: Dn; readonly holder: PolicyHolder; readonly demands: Reading<PasswordDemands & { readonly precedence: number }> }

/** For whom it holds: every account when it is made, by a group that all are in; or the first that was found of those in the OU. */
export type PolicyHolder = { readonly kind: 'newAccounts'; readonly group: string } | { readonly kind: 'existingAccount'; readonly account: string }

export type ForestNames = {
  /** DNS names of the forest's domains and its additional suffixes, in lower case. */
  readonly suffixes: readonly string[]
  readonly trusts: readonly ForestTrust[]
}

export type ForestTrust = {
  readonly partner: string
  readonly direction: 'inbound' | 'outbound' | 'both' | 'disabled'
  readonly isForestTransitive: boolean
  /** Selective authentication: nobody of the other side authenticates where it was not granted. */
  readonly isSelective: boolean
  /** What it routes to the partner and what not; none where the trust is not one of the forests. */
  readonly names: Reading<readonly TrustedName[]>
}

/** A record of a forest trust (MS-ADTS 6.1.6.9.3.1), names in lower case: a suffix, an exception below one, a domain with its SIDs. */
export type TrustedName =
  | { readonly kind: 'suffix' | 'excluded'; readonly name: string; readonly state: RecordState }
  | { readonly kind: 'domain'; readonly name: string; readonly netBiosName: string; readonly sid: Sid | null; readonly state: RecordState }

/** `new`: added later and not enabled yet; `switchedOff`: by an administrator; `conflict`: another trust has it too. Only what is `on` is in force. */
export type RecordState = 'on' | 'new' | 'switchedOff' | 'conflict'

/** Carries out what an administrator approved; signed in as that administrator. */
export interface DirectoryAdministrator {
  identify(signal: AbortSignal): Promise<Result<SignInFacts, Problem>>
  addOrganizationalUnit(dn: Dn, signal: AbortSignal): Promise<Result<null, Problem>>
  /** Makes `owner` the owner; takes the privilege to do so, which administrators have (MS-ADTS 5.1.3.3.5). */
  takeOwnership(dn: Dn, owner: Sid, signal: AbortSignal): Promise<Result<null, Problem>>
  /** Adds these entries to the object's DACL; all others stay. Those that are there already are not written again. */
  addGrants(dn: Dn, trustee: Sid, grants: readonly Grant[], signal: AbortSignal): Promise<Result<null, Problem>>
  close(): Promise<void>
}

/** Looks at a tenant for the checks of readiness. Writes nothing. */
export interface TenantInspector {
  readToken(signal: AbortSignal): Promise<Result<TokenFacts, Problem>>
  /** Reads one object of a collection, to see whether a granted role does what it says. */
  probe(collection: 'users' | 'groups', signal: AbortSignal): Promise<Result<null, Problem>>
  /** `allowInvitesFrom` of /policies/authorizationPolicy. */
  readInvitationPolicy(signal: AbortSignal): Promise<Result<string, Problem>>
  /** skuPartNumber of what the tenant subscribes to, enabled ones only. */
  readLicences(signal: AbortSignal): Promise<Result<readonly string[], Problem>>
  /** Its clock minus ours in seconds, by the header Date (whole seconds, RFC 9110 6.6.1). */
  readClock(signal: AbortSignal): Promise<Result<number, Problem>>
  close(): Promise<void>
}

/** Null: the token cannot be read, which Entra reserves the right to. */
export type TokenFacts = { readonly tenant: string | null; readonly roles: readonly string[] }
