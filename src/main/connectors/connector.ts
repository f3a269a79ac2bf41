import type { Schema, Value } from '../../shared/domain/attributes.ts'
import type { ConnectorName, ConnectorObject, DomainName } from '../../shared/domain/connectorObject.ts'
import type { Dn, ObjectGuid, Sid } from '../../shared/domain/ids.ts'
import type { ObjectProblem, Problem } from '../../shared/domain/problem.ts'
import type { Result } from '../../shared/domain/result.ts'

/** Reads one system. Every call may be cancelled at any time and then answers with a problem of kind `cancelled`. */
export interface SourceReader<Identity> {
  readonly connector: ConnectorName
  /** Signs in and says what is at the other end, so that a plan can be bound to it. */
  identify(signal: AbortSignal): Promise<Result<Identity, Problem>>
  /**
   * Everything in scope, page by page; the next page is fetched while the consumer stores the last one.
   * The last page carries `isLast`; a stream that ends without it was cut off and must not be applied.
   */
  importAll(request: ImportRequest): AsyncIterable<Result<ImportPage, Problem>>
  close(): Promise<void>
}

export type ImportRequest = {
  /** What the rules need besides the attributes that are always read (sync-semantics 4). */
  readonly attributes: readonly string[]
  readonly signal: AbortSignal
}

export type ImportPage = {
  readonly objects: readonly ConnectorObject[]
  /** Objects that came but could not be understood; they count as read, so that nobody takes them for gone. */
  readonly problems: readonly ObjectProblem[]
  /** How many are expected in all, where the source says so. */
  readonly total: number | null
  readonly isLast: boolean
}

export type TenantIdentity = { readonly tenant: string; readonly graphUrl: string }
export type EntraReader = SourceReader<TenantIdentity>

export type DomainIdentity = {
  readonly domainSid: Sid
  readonly domainDn: Dn
  /** dnsHostName of the controller that answers. */
  readonly controller: string
  readonly boundAs: string
}

export interface DirectoryReader extends SourceReader<DomainIdentity> {
  /** Single- or multi-valued, syntax and length of the named attributes; unknown names are missing from the answer. */
  readSchema(attributes: readonly string[], signal: AbortSignal): Promise<Result<Schema, Problem>>
  /** Every sAMAccountName of the domain: users, groups and computers (sync-semantics 18). */
  importNames(signal: AbortSignal): AsyncIterable<Result<{ readonly names: readonly DomainName[]; readonly isLast: boolean }, Problem>>
  /** One object by objectGUID or DN, wherever it is in the domain now; null where there is none. */
  readObject(target: ObjectGuid | Dn, attributes: readonly string[], signal: AbortSignal): Promise<Result<ConnectorObject | null, Problem>>
  /** Objects of the domain (or of the OUs) that hold one of the values, for live checks before a write. */
  findByValue(attribute: string, value: string, signal: AbortSignal): Promise<Result<readonly ConnectorObject[], Problem>>
  /** Whether the bound account may create users in the OU (allowedChildClassesEffective); null: the OU does not exist. */
  mayCreateUsersIn(ou: Dn, signal: AbortSignal): Promise<Result<boolean | null, Problem>>
}

/** Writes to one controller only, the one that `identify` named (sync-semantics 16). */
export interface DirectoryWriter {
  identify(signal: AbortSignal): Promise<Result<DomainIdentity, Problem>>
  /**
   * Makes a user that is disabled (userAccountControl 514) and has no password yet: the first step of the portable order.
   * `objectClass` is added; `attributes` never hold unicodePwd or userAccountControl.
   */
  addDisabledUser(dn: Dn, attributes: Readonly<Record<string, readonly Value[]>>, signal: AbortSignal): Promise<Result<ObjectGuid, Problem>>
  /** Resets unicodePwd to a strong random password that is generated here and kept nowhere. */
  setRandomPassword(anchor: ObjectGuid, signal: AbortSignal): Promise<Result<null, Problem>>
  /**
   * Writes exactly these differences. A single-valued attribute goes as delete-old plus add-new, so that the server refuses
   * what changed in between (`valueAbsent`, `valueAlreadyPresent`); replace only where a server refuses that form.
   */
  modify(anchor: ObjectGuid, changes: readonly ValueChange[], signal: AbortSignal): Promise<Result<null, Problem>>
  /** Sets and clears single bits, given the value just read; refused as `valueAbsent` where it changed in between. */
  setUserAccountControl(anchor: ObjectGuid, before: number, after: number, signal: AbortSignal): Promise<Result<null, Problem>>
  /** Rename and move in one operation. */
  moveTo(anchor: ObjectGuid, newDn: Dn, signal: AbortSignal): Promise<Result<null, Problem>>
  delete(anchor: ObjectGuid, signal: AbortSignal): Promise<Result<null, Problem>>
  close(): Promise<void>
}

export type ValueChange = { readonly name: string; readonly before: readonly Value[]; readonly after: readonly Value[] }
