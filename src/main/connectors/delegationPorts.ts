import type { DomainFacts, PrincipalFacts, Reading, SpnOwner } from '../../shared/domain/delegation.ts'
import type { DelegationAttribute } from '../../shared/domain/delegationPlan.ts'
import type { Dn, ObjectGuid, Sid } from '../../shared/domain/ids.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { Result } from '../../shared/domain/result.ts'

/** What identifies an account to a person or to Entra. */
export type PrincipalQuery =
  | { readonly by: 'anchor'; readonly anchor: ObjectGuid }
  | { readonly by: 'dn'; readonly dn: Dn }
  | { readonly by: 'accountName'; readonly accountName: string }
  | { readonly by: 'dnsHostName'; readonly dnsHostName: string }
  | { readonly by: 'userPrincipalName'; readonly userPrincipalName: string }
  | { readonly by: 'sid'; readonly sid: Sid }

/** Reads what delegation depends on in one domain, and the forest where its global catalog answers. Writes nothing. */
export interface DelegationReader {
  /** All parts but `role`, and what of `controllers` needs no directory (ports); a part that cannot be read says why. */
  readDomain(signal: AbortSignal): Promise<Result<Omit<DomainFacts, 'role' | 'kerberosServers' | 'controllers'> & { readonly controllers: readonly { readonly host: string; readonly skew: Reading<number> }[] }, Problem>>
  findPrincipals(query: PrincipalQuery, signal: AbortSignal): Promise<Result<readonly PrincipalFacts[], Problem>>
  /** Owners in the whole forest (global catalog; without one only where the forest is this domain, else not read): explicit, and by the HOST alias of sPNMappings. Key: SPN as asked. */
  findOwners(spns: readonly string[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, Reading<readonly SpnOwner[]>>, Problem>>
  /** Names of SIDs; null: nobody has it. Well-known SIDs are named without asking. */
  nameSids(sids: readonly Sid[], signal: AbortSignal): Promise<Result<ReadonlyMap<Sid, Reading<{ readonly name: string; readonly sid: Sid } | null>>, Problem>>
  close(): Promise<void>
}

/** Writes to one controller. Each write fails as `valueAbsent` or `valueAlreadyPresent` where somebody changed the value in between. */
export interface DelegationWriter {
  identify(signal: AbortSignal): Promise<Result<{ readonly controller: string; readonly domainSid: Sid; readonly boundAs: string }, Problem>>
  /** Where the object is and what it has now, on this controller; descriptors as base64; null: no such object. */
  readValues(anchor: ObjectGuid, attribute: DelegationAttribute, signal: AbortSignal): Promise<Result<{ readonly dn: Dn; readonly values: readonly string[] } | null, Problem>>
  writeValues(anchor: ObjectGuid, attribute: DelegationAttribute, before: readonly string[], after: readonly string[], signal: AbortSignal): Promise<Result<null, Problem>>
  close(): Promise<void>
}
