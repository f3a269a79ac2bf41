import type { Schema } from '../../shared/domain/attributes.ts'
import type { ExistingChange } from '../../shared/domain/change.ts'
import type { ConnectorObject, DomainName } from '../../shared/domain/connectorObject.ts'
import type { DisconnectorReason, ExplanationStep, FlowTrace, JoinAttempt, NameAttempt, OutboundDecision, ScopeResult, SkipReason } from '../../shared/domain/decision.ts'
import type { Dn } from '../../shared/domain/ids.ts'
import type { AbsenceAnswer, DeletedAccount, Hold, JoinDecision, OwnDisable } from '../../shared/domain/lifecycle.ts'
import type { Link, MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { ObjectProblem } from '../../shared/domain/problem.ts'
import type { CompiledRuleSet } from '../rules/compiled.ts'

/**
 * The engine is a set of pure functions over batches: a run gathers what they may ask for, they decide, the run stores.
 * One synchronisation goes through them in this order (sync-semantics 13):
 *
 *   1. `projectBatch`   objects of connectors whose rules project (entra): join or project, or a disconnector and why
 *   2. `joinAccounts`   unlinked objects of the other connectors (ad), criterion by criterion over all of them
 *   3. `flowInbound`    the attributes of a metaverse object from all its connectors, with precedence and lineage
 *   4. `decideOutbound` what a person's account should look like; creates still without final names
 *   5. `planNames`      names of all creates together, against pending and existing ones
 *
 * `explain` calls the same functions for one object and keeps their traces.
 */

export type EngineSettings = {
  readonly rules: CompiledRuleSet
  /** Parameters of expressions (`%GuestOu%`), keys in lower case. */
  readonly parameters: Readonly<Record<string, string>>
  /** Accounts outside of these are never written. */
  readonly managedOus: readonly Dn[]
  /** Whether guests with a pending invitation get an account. */
  readonly createForPendingInvitations: boolean
  /** ISO 8601 in UTC. */
  readonly now: string
  readonly seed: string
  /** Schema of the directory: lengths, single- and multi-valued. Keys in lower case. */
  readonly directorySchema: Schema
  readonly leavers: LeaverSettings
  readonly isRecycleBinOn: boolean
}

export type LeaverSettings =
  | { readonly action: 'leave' }
  | { readonly action: 'disable'; readonly deleteAfterDays: number | null }
  | { readonly action: 'disableAndMove'; readonly ou: Dn; readonly deleteAfterDays: number | null }

// 1 ───────────────────────────────────────────────────────────────────────────────────────────────
export type ProjectInput = {
  readonly objects: readonly ConnectorObject[]
  /** Existing links by anchor. */
  readonly linkedTo: ReadonlyMap<string, string>
  /** Metaverse ids by `joinKey(metaverseAttribute, value)`, gathered with `projectionLookups`. */
  readonly candidates: ReadonlyMap<string, readonly string[]>
  /** Metaverse ids that have an object of this connector already; missing: those of `linkedTo`. */
  readonly linkedIds?: ReadonlySet<string>
}
export type ProjectDecision = {
  readonly anchor: string
  readonly scope: ScopeResult
  readonly attempts: readonly JoinAttempt[]
  readonly outcome:
    | { readonly kind: 'alreadyLinked'; readonly metaverseId: string }
    | { readonly kind: 'joined'; readonly metaverseId: string; readonly link: Link }
    | { readonly kind: 'projected'; readonly metaverseId: string; readonly objectType: string; readonly link: Link }
    /** `unlinkedFrom`: it was linked before and left the scope. */
    | { readonly kind: 'disconnector'; readonly reason: DisconnectorReason; readonly unlinkedFrom: string | null }
}
/** A join look-up that a batch needs. */
export type Lookup = { readonly metaverseAttribute: string; readonly value: string }

// 2 ───────────────────────────────────────────────────────────────────────────────────────────────
/**
 * What joining needs of an unlinked account; `values` holds the connector attributes of the criteria, and adminDescription
 * and cn in any case, which say whose account it claims to be.
 */
export type JoinSubject = { readonly anchor: string; readonly dn: Dn | null; readonly values: Readonly<Record<string, string>> }
export type JoinAccountsInput = {
  readonly subjects: readonly JoinSubject[]
  readonly candidates: ReadonlyMap<string, readonly string[]>
  /** Metaverse ids that have an account already. */
  readonly hasAccount: ReadonlySet<string>
  /** By anchor: what a person decided comes before every criterion. */
  readonly decisions: ReadonlyMap<string, JoinDecision>
  /** Persons of those decisions that exist in the metaverse; missing: all of them do. */
  readonly knownPersons?: ReadonlySet<string>
}
export type JoinAccountsResult = {
  readonly joins: readonly { readonly anchor: string; readonly metaverseId: string; readonly link: Link; readonly attempts: readonly JoinAttempt[] }[]
  readonly disconnectors: readonly { readonly anchor: string; readonly reason: DisconnectorReason; readonly attempts: readonly JoinAttempt[] }[]
  /** Persons for whom a decision is needed before they may get an account: metaverse id → account. */
  readonly undecided: ReadonlyMap<string, { readonly anchor: string; readonly dn: Dn | null }>
}

// 3 ───────────────────────────────────────────────────────────────────────────────────────────────
export type InboundInput = {
  readonly id: string
  readonly objectType: string
  readonly links: readonly Link[]
  /** The linked objects that exist, in any order. */
  readonly connectors: readonly ConnectorObject[]
}
export type InboundResult = {
  readonly object: MetaverseObject
  readonly traces: readonly FlowTrace[]
  readonly problems: readonly ObjectProblem[]
  /** Attributes that have no value because a flow failed: for `OutboundInput`. */
  readonly failedAttributes: readonly string[]
}

// 4 ───────────────────────────────────────────────────────────────────────────────────────────────
export type OutboundInput = {
  readonly person: MetaverseObject
  /** The person's guest in Entra, null for a leaver. */
  readonly guest: ConnectorObject | null
  readonly account: ConnectorObject | null
  /** Adopted now or before, and never written yet: the link is a join and our mark is missing. */
  readonly hasCompleteDirectoryImport: boolean
  readonly awaitingConfirmation: { readonly run: number } | null
  readonly undecidedAccount: Dn | null
  readonly hold: Hold | null
  /** What is known about a guest who is missing from the import; null where nobody asked. */
  readonly absence: AbsenceAnswer | null
  readonly ownDisable: OwnDisable | null
  /** The account that was linked to this person and is deleted; null where there is none to restore. */
  readonly deletedAccount: DeletedAccount | null
  /** What we wrote last and a later import found changed back (sync-semantics 19); empty where nothing was. */
  readonly undoneByOthers: readonly string[]
  /** From `InboundResult`. What is not known is not cleared in the directory. */
  readonly failedAttributes?: readonly string[]
  /** `deletedAccount` as the last import brought it: without Recycle Bin its groups are lost, and the plan names them. */
  readonly formerAccount?: ConnectorObject | null
  /** What a person decided about the account, by its anchor: a join to this person settles a changed identity. */
  readonly joinDecision?: JoinDecision | null
}
/** The part of `OutboundInput` that the lifecycle, holds and decisions of people ask for. */
export type LifecycleInput = Pick<OutboundInput, 'hold' | 'absence' | 'ownDisable' | 'deletedAccount' | 'undoneByOthers' | 'formerAccount' | 'joinDecision'>
export type OutboundResult = {
  readonly decision: OutboundDecision | { readonly kind: 'create'; readonly request: CreateRequest }
  readonly scope: readonly { readonly rule: string; readonly scope: ScopeResult }[]
  readonly traces: readonly FlowTrace[]
}
/** A create whose names are still wishes. `change.attributes` has the wished sAMAccountName and `change.dn` the wished DN. */
export type CreateRequest = { readonly metaverseId: string; readonly change: Extract<OutboundDecision, { kind: 'change' }>['change'] & { readonly kind: 'create' } }

/** All of a create that names are given by: what a run keeps of each until every person has been decided about. */
export type NameWish = { readonly metaverseId: string; readonly dn: Dn; readonly accountName: string; readonly userPrincipalName: string }

// 5 ───────────────────────────────────────────────────────────────────────────────────────────────
export type NamesInput = {
  /** Changes of existing accounts that give them another name or place (`claimsNames`); they are served before creates. */
  readonly changes?: readonly ExistingChange[]
  /** Every create of the synchronisation. The order does not matter: they are served in order of metaverse id. */
  readonly requests: readonly CreateRequest[]
  /** What the domain has of the names in `lookedUpAccountNames`; keys in lower case. */
  readonly takenAccountNames: ReadonlyMap<string, DomainName>
  /**
   * Every account name that was asked about, in lower case: only these are known to be free where they are not taken.
   * `nameLookups` at first, then what `planNames` answers as `needs`, until it answers decisions.
   */
  readonly lookedUpAccountNames: ReadonlySet<string>
  /** By `dnKey`: who has that DN. */
  readonly takenDns: ReadonlyMap<string, string>
  /** userPrincipalName (lower case) → DN of who has it in the imported OUs, or in the forest where a global catalog said so. */
  readonly takenUserPrincipalNames: ReadonlyMap<string, string>
}
export type NamesResult = {
  readonly decisions: readonly OutboundDecision[]
  readonly attempts: ReadonlyMap<string, readonly NameAttempt[]>
}

/** As `NamesInput`, for creates of which nothing but the wishes is at hand. */
export type WishesInput = Omit<NamesInput, 'requests'> & { readonly wishes: readonly NameWish[] }
/** `given`: the account name that the new account gets; DN and userPrincipalName are those of the wish. */
export type NameOutcome = { readonly kind: 'given'; readonly accountName: string } | { readonly kind: 'refused'; readonly reason: SkipReason }
export type WishesResult = {
  /** About `changes`. */
  readonly decisions: readonly OutboundDecision[]
  /** By metaverse id, in order of it. */
  readonly outcomes: ReadonlyMap<string, NameOutcome>
}

/** Account names that must be looked up in the domain before names can be given. */
export type NamesNeeded = { readonly needs: readonly string[] }

// explain ─────────────────────────────────────────────────────────────────────────────────────────
/** All that the steps of one object may ask for. Both objects null: nothing was found. */
export type GatheredPerson = {
  /** What a person typed: an id, a name, an address. */
  readonly subject: string
  readonly guest: ConnectorObject | null
  readonly account: ConnectorObject | null
  /** The person as stored, null where no synchronisation has made one yet. Its links decide what is linked already. */
  readonly person: MetaverseObject | null
  /** For `projectionLookups` of the guest and `accountLookups` of the account. */
  readonly candidates: ReadonlyMap<string, readonly string[]>
  readonly hasAccount: ReadonlySet<string>
  /** Other unlinked accounts that match the same persons: they make a join ambiguous. */
  readonly otherAccounts?: readonly JoinSubject[]
  readonly hasCompleteDirectoryImport: boolean
  readonly awaitingConfirmation: { readonly run: number } | null
  readonly undecidedAccount: Dn | null
  /** What the lifecycle asks for; missing: nobody left, nothing is held. */
  readonly lifecycle?: LifecycleInput
  /** By anchor of the accounts. */
  readonly decisions?: ReadonlyMap<string, JoinDecision>
  /** `takenAccountNames` holds every account name of the domain and the plan. */
  readonly names: Omit<NamesInput, 'requests'>
}

export type Explained = { readonly steps: readonly ExplanationStep[] }
export type { SkipReason }
