import type { Schema, Value } from '../../shared/domain/attributes.ts'
import type { ConnectorName, ConnectorObject, DomainName } from '../../shared/domain/connectorObject.ts'
import type { AbsenceAnswer, DeletedAccount } from '../../shared/domain/lifecycle.ts'
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
  /**
   * What changed since `watermark`. A problem of kind `deltaExpired` means that only a full import can help; nothing was
   * delivered then that must be kept. Objects may come several times and in any order; the last word about each counts.
   */
  importDelta(request: DeltaRequest): AsyncIterable<Result<DeltaPage, Problem>>
  close(): Promise<void>
}

export type DeltaRequest = ImportRequest & {
  /** As an import of this connector with the same attributes left it; opaque. */
  readonly watermark: string
  /** Which of these anchors the connector space has: strangers are read in full, removals of strangers do not matter. */
  readonly known: (anchors: readonly string[]) => Promise<ReadonlySet<string>>
}

export type DeltaPage = {
  readonly changes: readonly DeltaChange[]
  readonly problems: readonly ObjectProblem[]
  readonly isLast: boolean
  /** On the last page: where the next delta begins. Stored only together with the whole round. */
  readonly watermark: string | null
}

export type DeltaChange =
  /** Attributes that are named replace the stored ones (no value: cleared); the others stay. `dn` null: unchanged, or entra. */
  | { readonly kind: 'changed'; readonly anchor: string; readonly dn: Dn | null; readonly attributes: Readonly<Record<string, readonly Value[]>> }
  /** As in a full import: what it does not name is gone. */
  | { readonly kind: 'replaced'; readonly object: ConnectorObject }
  | { readonly kind: 'removed'; readonly anchor: string; readonly why: 'deleted' | 'softDeleted' | 'movedOut' | 'leftFilter' }

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
  /** On the last page: where a delta import may begin; null where the source offers none. */
  readonly watermark: string | null
}

export type TenantIdentity = { readonly tenant: string; readonly graphUrl: string }
export interface EntraReader extends SourceReader<TenantIdentity> {
  /** One look at each id: `/users/{id}`, then deletedItems, in batches (sync-semantics 7). Every id has an answer. */
  proveAbsence(ids: readonly string[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, AbsenceAnswer>, Problem>>
}

/** How certain the answer to a question about the forest is. */
export type ForestAnswer = { readonly kind: 'free' } | { readonly kind: 'taken'; readonly by: string } | { readonly kind: 'notChecked'; readonly why: string }

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
  /** Deleted accounts that had been ours: by objectGUID; missing where nothing is left of them or we may not see them. */
  findDeleted(anchors: readonly ObjectGuid[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, DeletedAccount>, Problem>>
  /** Whether the Recycle Bin feature is on: then attributes and links return with a restore (sync-semantics 17). */
  isRecycleBinOn(signal: AbortSignal): Promise<Result<boolean, Problem>>
  /** userPrincipalName in the forest by a global catalog (3269), or not checked (sync-semantics 18). */
  findInForest(attribute: 'userPrincipalName', values: readonly string[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, ForestAnswer>, Problem>>
  /** Whether deletions can be seen at all: DirSync is silent about them without a right on CN=Deleted Objects. */
  seesDeletions(signal: AbortSignal): Promise<Result<boolean, Problem>>
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
  /** Brings a deleted account back under `newDn`, disabled as it may come; objectGUID and SID stay. */
  restore(anchor: ObjectGuid, newDn: Dn, signal: AbortSignal): Promise<Result<null, Problem>>
  close(): Promise<void>
}

export type ValueChange = { readonly name: string; readonly before: readonly Value[]; readonly after: readonly Value[] }
