import type { Value } from '../../shared/domain/attributes.ts'
import type { Change } from '../../shared/domain/change.ts'
import type { ConnectorName, ConnectorObject, DomainName } from '../../shared/domain/connectorObject.ts'
import type { DisconnectorReason, SkipReason } from '../../shared/domain/decision.ts'
import type { Dn } from '../../shared/domain/ids.ts'
import type { AbsenceAnswer, Hold, JoinDecision, OwnDisable } from '../../shared/domain/lifecycle.ts'
import type { Link, MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { KeptVersion } from '../../shared/domain/objectHistory.ts'
import type { ObjectProblem, Problem } from '../../shared/domain/problem.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { CounterName, Counters, Run, RunStatus, StepKind } from '../../shared/domain/run.ts'
import type { DelegationJournalReader, DelegationJournalWriter } from './delegationJournal.ts'

/**
 * What the workspace remembers. Asynchronous and in batches, so that another implementation could stand behind a socket.
 * Reading works at any time; everything under "writing" needs the writer (`openStoreWriter`, under `acquireWriter`), of
 * which there is one at a time. Connector space and metaverse rows are versioned by run: a read may name a run and sees what was then.
 * A method rejects only for a bug or a damaged file (`StoreError` with a `Problem`), never for data.
 */
export interface StoreReader extends DelegationJournalReader {
  runs(limit: number, before?: number): Promise<readonly Run[]>
  run(id: number): Promise<Run | null>
  /** Another number after another connection has committed: what was read before may be old. Says nothing about this connection's own writes. */
  version(): Promise<number>
  /** The last run of that step that went to its end (succeeded or completedWithErrors). */
  lastCompleted(step: StepKind, connector: ConnectorName | null): Promise<Run | null>
  runProblems(run: number, limit: number): Promise<readonly ObjectProblem[]>

  connectorRow(connector: ConnectorName, anchor: string): Promise<ConnectorRow | null>
  connectorRows(connector: ConnectorName, anchors: readonly string[]): Promise<readonly ConnectorRow[]>
  /** In order of anchor, starting behind `after`. */
  connectorBatch(connector: ConnectorName, after: string | null, limit: number): Promise<readonly ConnectorRow[]>
  countConnectorObjects(connector: ConnectorName): Promise<number>
  /** How many of them have a metaverse object. */
  countLinked(connector: ConnectorName): Promise<number>
  /** The row as it stood when that run had ended; null where there was none then, or its version is no longer kept. */
  connectorRowAsOf(connector: ConnectorName, anchor: string, run: number): Promise<ConnectorRow | null>
  /**
   * Links whose object an import no longer found, in order of anchor: "deleted since the last synchronisation". A link
   * stays until a synchronisation takes it off the metaverse object, so nothing is forgotten if none follows the import.
   */
  danglingLinks(connector: ConnectorName): Promise<readonly DanglingLink[]>
  /** Rows whose current attribute has the value, case ignored. For look-ups of single objects (a scan is acceptable). */
  findConnectorRows(connector: ConnectorName, attribute: string, value: string): Promise<readonly ConnectorRow[]>

  metaverseObject(id: string): Promise<MetaverseObject | null>
  metaverseObjects(ids: readonly string[]): Promise<readonly MetaverseObject[]>
  /** In order of id, starting behind `after`. */
  metaverseBatch(after: string | null, limit: number): Promise<readonly MetaverseObject[]>
  /** The object as it stood when that run had ended; null as for `connectorRowAsOf`. */
  metaverseObjectAsOf(id: string, run: number): Promise<MetaverseObject | null>
  /**
   * Metaverse ids by value of one of the indexed attributes (`StoreOptions.metaverseIndex`), case ignored: for joins.
   * Key of the answer: the value in lower case; values that nobody has are missing.
   */
  findMetaverse(attribute: string, values: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>
  countMetaverse(): Promise<number>

  /** Accounts of the domain by sAMAccountName, case ignored; key: lower case. */
  findNames(accountNames: readonly string[]): Promise<ReadonlyMap<string, DomainName>>
  /** DNs of the managed OUs that are in use, case ignored (compared by `dnKey`); key as asked. */
  findByDn(dnKeys: readonly string[]): Promise<ReadonlyMap<string, ConnectorRow>>

  /** Pending exports of the last synchronisation, sorted by kind (order of `changeKinds`), then metaverse id. */
  pendingBatch(after: PendingKey | null, limit: number): Promise<readonly PendingExport[]>
  pendingExport(metaverseId: string): Promise<PendingExport | null>
  /** As `pendingBatch`, without the changes themselves: 100,000 of them are read in the time that parsing a tenth would take. */
  pendingHashBatch(after: PendingKey | null, limit: number): Promise<readonly PendingHash[]>
  skips(kinds: readonly SkipReason['kind'][], limit: number): Promise<readonly StoredSkip[]>
  skip(metaverseId: string): Promise<StoredSkip | null>
  countSkips(): Promise<Readonly<Record<string, number>>>

  /** Journal entries that were begun and not finished, oldest first. */
  openJournalEntries(): Promise<readonly JournalEntry[]>
  journalOfRun(run: number): Promise<readonly JournalEntry[]>
  /** Objects written in exports and not yet shown by an import: never added again (sync-semantics 16). */
  awaitingConfirmation(): Promise<readonly AwaitingConfirmation[]>
  /** Changes whose last write (`isLast`) ended well since the instant (ISO 8601): for the thresholds of 24 hours. */
  changesWrittenSince(instant: string): Promise<readonly Change[]>
  /** Hashes of the plan's changes whose last write ended well: an export that is run again skips them. */
  changesWrittenByPlan(planHash: string): Promise<ReadonlySet<string>>
  watermark(name: string): Promise<string | null>

  // What changed, for delta synchronisations.
  /** Anchors of rows that came, changed or went since the end of that run, in order of anchor behind `after`. */
  changedSince(connector: ConnectorName, run: number, after: string | null, limit: number): Promise<readonly string[]>
  /** Rows without metaverse object, in order of anchor behind `after` (indexed: few in a healthy directory). */
  unlinkedBatch(connector: ConnectorName, after: string | null, limit: number): Promise<readonly ConnectorRow[]>
  /** Rows by values of userPrincipalName, case ignored, indexed; key: lower case. */
  findByUserPrincipalName(connector: ConnectorName, names: readonly string[]): Promise<ReadonlyMap<string, ConnectorRow>>

  /** Guests in order of anchor behind `after`, each with all that its state follows from. */
  guestBatch(after: string | null, limit: number): Promise<readonly GuestRecord[]>
  /** How many guests there are of each combination. */
  countGuestStates(): Promise<readonly GuestStateCount[]>

  // Lifecycle, holds, decisions (sync-semantics 6 to 8, 12, 15).
  absences(ids: readonly string[]): Promise<ReadonlyMap<string, AbsenceAnswer>>
  /** Persons with an account whose guest is not in the connector space: their ids in Entra, for the absence step. */
  missingGuests(after: string | null, limit: number): Promise<readonly { readonly metaverseId: string; readonly entraId: string }[]>
  ownDisables(metaverseIds: readonly string[]): Promise<ReadonlyMap<string, OwnDisable>>
  /** Whose deletion falls due until that instant: a delta synchronisation touches them too. */
  dueDisables(instant: string): Promise<readonly OwnDisable[]>
  holds(): Promise<readonly Hold[]>
  joinDecisions(): Promise<readonly JoinDecision[]>
  /** Anchors of accounts that were linked to these persons and that an import found deleted, latest first. */
  deletedLinks(metaverseIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>
  /** What the last write of each account set, attribute by attribute, where a later import found the former value again. */
  undoneByOthers(metaverseIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>

  // Evidence and search.
  /** All versions that are kept, oldest first; empty where there are none. */
  versionsOfPerson(id: string): Promise<readonly KeptVersion[]>
  versionsOfConnectorObject(connector: ConnectorName, anchor: string): Promise<readonly KeptVersion[]>
  /** Objects behind a counter of a run, as they were then. */
  objectsOfRun(run: number, counter: CounterName | null, after: string | null, limit: number): Promise<readonly RunObject[]>
  searchMetaverse(query: MetaverseQuery, after: string | null, limit: number): Promise<readonly MetaverseObject[]>
  /** The pending exports and skips as that synchronisation made them, while they are kept; null where they are not. */
  planOfRun(run: number): Promise<{ readonly header: string; readonly exports: AsyncIterable<PendingExport> } | null>
  /** A consistent copy in one file, made while others read and write. The file must not exist yet. */
  backup(toFile: string): Promise<Result<null, Problem>>
  /** What a check of the whole file finds wrong; empty when it is sound. Takes about a second per gigabyte. */
  integrity(): Promise<readonly string[]>
  close(): Promise<void>
}

export interface StoreWriter extends StoreReader, DelegationJournalWriter {
  /** Runs left in status `running` by a process that died become `interrupted`, their staging is dropped. */
  recover(now: string): Promise<readonly Run[]>
  beginRun(run: NewRun): Promise<number>
  endRun(run: number, end: RunEnd): Promise<void>
  addProblems(run: number, problems: readonly ObjectProblem[]): Promise<void>

  /** One transaction a page. */
  stagePage(run: number, objects: readonly ConnectorObject[]): Promise<void>
  stageNames(run: number, names: readonly DomainName[]): Promise<void>
  /** Keeps the current rows of these objects although they were not staged: they came but could not be understood. */
  stageUnreadable(run: number, connector: ConnectorName, anchors: readonly string[]): Promise<void>
  stagedCount(run: number, connector: ConnectorName): Promise<number>
  /** One transaction without awaits: staged objects become current, absent ones deleted, watermarks stored, staging dropped. */
  applyFullImport(run: number, connector: ConnectorName, watermarks: Readonly<Record<string, string>>): Promise<Counters>
  dropStaging(run: number): Promise<void>
  /** Stores objects re-read by a confirming import; links those that carry `link`. One transaction. */
  confirmImport(run: number, confirmations: readonly Confirmation[], absent?: readonly ConfirmedAbsence[]): Promise<void>

  /**
   * One transaction: metaverse versions, links, disconnector reasons. Unchanged objects are not written again. A link
   * that an object (or a deleted object) no longer has is taken off the connector space too.
   */
  writeMetaverse(run: number, batch: MetaverseBatch): Promise<void>
  /** One transaction: all pending exports and skips of the former synchronisation are replaced. Call `begin`, then `add` in batches, then `commit`. */
  beginPending(run: number): Promise<void>
  addPending(run: number, exports: readonly PendingExport[], skips: readonly StoredSkip[]): Promise<void>
  /** Takes back the exports that `addPending` brought for these persons in this run, before `commitPending`. */
  withdrawPending(run: number, metaverseIds: readonly string[]): Promise<void>
  /** The watermark `planHeaderWatermark`, set before and of this run, is kept as the header of `planOfRun(run)`. */
  commitPending(run: number): Promise<void>
  removePending(metaverseIds: readonly string[]): Promise<void>

  /** synchronous=FULL: returns when the entry is on the disk. */
  journalBefore(entry: NewJournalEntry): Promise<number>
  journalAfter(id: number, outcome: JournalOutcome): Promise<void>
  setWatermark(name: string, value: string): Promise<void>

  stageDelta(run: number, connector: ConnectorName, changes: readonly DeltaStage[]): Promise<void>
  /** One transaction, as applyFullImport: later words about an object win over earlier ones. */
  applyDeltaImport(run: number, connector: ConnectorName, watermarks: Readonly<Record<string, string>>): Promise<Counters>
  storeAbsences(run: number, answers: ReadonlyMap<string, AbsenceAnswer>): Promise<void>
  /** Keeps the pending exports of everybody else: only those of the touched persons are replaced at `commitPending`. */
  beginPendingFor(run: number, metaverseIds: readonly string[]): Promise<void>
  putOwnDisable(disable: OwnDisable): Promise<void>
  removeOwnDisables(metaverseIds: readonly string[]): Promise<void>
  putHold(hold: Hold): Promise<void>
  releaseHolds(metaverseIds: readonly string[]): Promise<void>
  putJoinDecision(decision: JoinDecision): Promise<void>
  removeJoinDecision(anchor: string): Promise<void>
  /** Which objects stand behind a counter of this run. */
  addRunObjects(run: number, objects: readonly RunObject[]): Promise<void>
  /** Drops runs, evidence and versions that no kept run needs; what waits for approval or confirmation stays (sync-semantics 24). */
  expire(before: string): Promise<{ readonly runs: number; readonly versions: number }>
  /** Removes one person everywhere but in the audit chain; answers how many rows went. */
  purgePerson(metaverseId: string): Promise<number>
}

/** The watermark that holds the plan's header as text; its `runs.synchronization` says whose it is. */
export const planHeaderWatermark = 'plan.header'

export type StoreOptions = { readonly metaverseIndex: readonly string[] }

export type ConnectorRow = {
  readonly object: ConnectorObject
  readonly metaverseId: string | null
  /** Why there is no metaverse object; null where there is one or no synchronisation has seen the object yet. */
  readonly disconnector: DisconnectorReason | null
  /** Run of the import that brought this version. */
  readonly importedBy: number
}

/** `account`: DN of the account of the guest's person. */
export type GuestRecord = { readonly row: ConnectorRow; readonly account: string | null; readonly pending: Pick<Change, 'kind' | 'reason'> | null; readonly skip: SkipReason | null }
export type GuestStateCount = {
  readonly disconnector: DisconnectorReason['kind'] | null
  readonly pending: 'create' | 'other' | null
  readonly skip: SkipReason['kind'] | null
  readonly hasAccount: boolean
  readonly guests: number
}

export type RunObject = { readonly counter: CounterName; readonly connector: ConnectorName | 'metaverse'; readonly id: string }

/** All clauses must hold; `text` is full text over all values (from three characters on by trigram, else by prefix). */
export type MetaverseQuery = {
  readonly clauses: readonly { readonly attribute: string; readonly operator: 'equals' | 'startsWith' | 'contains' | 'isPresent' | 'isMissing'; readonly value: string | null }[]
  readonly text: string | null
}

/** As a connector's DeltaChange. */
export type DeltaStage =
  | { readonly kind: 'changed'; readonly anchor: string; readonly dn: Dn | null; readonly attributes: Readonly<Record<string, readonly Value[]>> }
  | { readonly kind: 'replaced'; readonly object: ConnectorObject }
  | { readonly kind: 'removed'; readonly anchor: string; readonly why: string }

export type DanglingLink = { readonly anchor: string; readonly metaverseId: string }

export type MetaverseBatch = {
  readonly upserts: readonly MetaverseObject[]
  readonly deletes: readonly string[]
  /** The connector space side of links: set together with `MetaverseObject.links`, which must say the same. */
  readonly links: readonly { readonly metaverseId: string; readonly link: Link }[]
  readonly disconnectors: readonly { readonly connector: ConnectorName; readonly anchor: string; readonly reason: DisconnectorReason }[]
}

export type PendingKey = { readonly kind: Change['kind']; readonly metaverseId: string }
/** `run`: the synchronisation that planned it in this form first; planned again unchanged, it stays what it was. */
export type PendingExport = { readonly run: number; readonly change: Change; readonly hash: string }
export type PendingHash = PendingKey & { readonly hash: string }
export type StoredSkip = { readonly metaverseId: string; readonly reason: SkipReason }

export type NewRun = { readonly profile: string; readonly step: StepKind; readonly connector: ConnectorName | null; readonly startedAt: string }
export type RunEnd = { readonly status: RunStatus; readonly endedAt: string; readonly counters: Counters; readonly problem: Problem | null }

/** Each write is an entry of its own: an account is made by several. `detail` says what is written, without secrets. */
export type JournalAction = 'add' | 'setPassword' | 'enable' | 'modify' | 'move' | 'setUserAccountControl' | 'delete' | 'restore'
export type NewJournalEntry = {
  readonly run: number
  readonly planHash: string
  readonly changeHash: string
  readonly change: Change
  readonly action: JournalAction
  /** The last write of its change: when it is done, the change is. */
  readonly isLast: boolean
  readonly dn: string
  readonly anchor: string | null
  readonly at: string
}
export type JournalOutcome =
  | { readonly kind: 'done'; readonly at: string; readonly anchor: string | null }
  | { readonly kind: 'refused'; readonly at: string; readonly problem: Problem }
  /** Found by looking at the directory after a crash. */
  | { readonly kind: 'foundDone' | 'foundNotDone'; readonly at: string; readonly anchor: string | null }
export type JournalEntry = NewJournalEntry & { readonly id: number; readonly outcome: JournalOutcome | null }

export type AwaitingConfirmation = { readonly run: number; readonly metaverseId: string; readonly anchor: string | null; readonly dn: string }
/** A deletion that a look at the directory has shown. */
export type ConfirmedAbsence = { readonly connector: ConnectorName; readonly anchor: string }
export type Confirmation = { readonly object: ConnectorObject; readonly link: { readonly metaverseId: string; readonly link: Link } | null }
