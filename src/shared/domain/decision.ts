import type { Value } from './attributes.ts'
import type { Change } from './change.ts'
import type { ConnectorName } from './connectorObject.ts'
import type { Dn } from './ids.ts'
import type { MetaverseAttribute } from './metaverse.ts'
import type { ObjectProblem } from './problem.ts'

/** One condition of a scope filter, with what it was asked about. */
export type ClauseResult = {
  readonly attribute: string
  readonly operator: string
  readonly value: string | null
  readonly actual: readonly Value[]
  readonly holds: boolean
}

/** The filter is a list of groups joined by OR; in a group all clauses must hold. No group: everything is in scope. */
export type ScopeResult = { readonly isInScope: boolean; readonly groups: readonly (readonly ClauseResult[])[] }

/** Why an object of a connector space has no metaverse object. */
export type DisconnectorReason =
  | { readonly kind: 'outOfScope'; readonly scope: ScopeResult }
  | { readonly kind: 'masteredInActiveDirectory' }
  | { readonly kind: 'provisionedByCloudSync' }
  | { readonly kind: 'noMatch' }
  /** `candidates`: metaverse ids where several persons match; anchors where several objects match one person. */
  | { readonly kind: 'ambiguous'; readonly criterion: string; readonly value: string; readonly candidates: readonly string[] }
  /** Same UPN, other Entra id: sync-semantics 12. */
  | { readonly kind: 'needsDecision'; readonly markedFor: string; readonly candidate: string }
  | { readonly kind: 'notJoinedByRules' }
  /** A person said so (`JoinDecision`). */
  | { readonly kind: 'leftAlone'; readonly by: string; readonly note: string }

/** One join criterion that was tried. */
export type JoinAttempt = {
  readonly criterion: string
  readonly value: string | null
  /** Metaverse ids (of an account) or anchors (of a person) that matched. */
  readonly candidates: readonly string[]
  readonly outcome: 'joined' | 'noMatch' | 'noValue' | 'ambiguous' | 'alreadyLinked' | 'needsDecision'
}

/** Why a person in the metaverse gets no change although one could be expected. */
export type SkipReason =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'outOfScope'; readonly rule: string; readonly scope: ScopeResult }
  | { readonly kind: 'leaver'; readonly why: 'guestMissing' | 'guestOutOfScope'; readonly account: Dn }
  /** In scope, without account, and no rule in scope creates one. */
  | { readonly kind: 'notCreatedByRules'; readonly rule: string }
  | { readonly kind: 'blockedInEntra' }
  | { readonly kind: 'onHold'; readonly cause: 'excluded' | 'undone'; readonly note: string; readonly by: string; readonly since: string }
  /** The guest became a member: reported only (sync-semantics 6). */
  | { readonly kind: 'becameMember'; readonly account: Dn }
  | { readonly kind: 'absenceUnclear'; readonly why: string; readonly account: Dn }
  /** The lifecycle leaves leavers alone, or has done with this one what it does; `deleteDue` says what is still to come. */
  | { readonly kind: 'leaverDone'; readonly account: Dn; readonly disabledAt: string | null; readonly deleteDue: string | null }
  /** Disabled by somebody else: it stays so and is reported (sync-semantics 8). */
  | { readonly kind: 'disabledByOthers'; readonly account: Dn }
  /** After a reset redemption with a changed mail: perhaps another person (sync-semantics 12). */
  | { readonly kind: 'identityChanged'; readonly account: Dn; readonly was: string; readonly is: string }
  /** The engine of somebody else undoes what we write (sync-semantics 19). */
  | { readonly kind: 'secondEngine'; readonly dn: Dn; readonly attributes: readonly string[] }
  | { readonly kind: 'invitationPending' }
  | { readonly kind: 'directoryImportIncomplete' }
  | { readonly kind: 'awaitingConfirmation'; readonly run: number }
  | { readonly kind: 'accountOfAnotherEngine'; readonly mark: string; readonly dn: Dn }
  /** Protected or privileged in the directory; `mark` says by which attribute. */
  | { readonly kind: 'privilegedAccount'; readonly mark: string; readonly dn: Dn }
  | { readonly kind: 'outsideManagedOus'; readonly dn: Dn }
  | { readonly kind: 'joinNeedsDecision'; readonly dn: Dn }
  | { readonly kind: 'problem'; readonly problem: ObjectProblem }

export type OutboundDecision =
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'skip'; readonly metaverseId: string; readonly reason: SkipReason }

/** One name that was considered for a new account, in the order of trying. */
export type NameAttempt = { readonly attribute: string; readonly name: string; readonly takenBy: string | null }

export type FlowTrace = {
  readonly rule: string
  readonly target: string
  readonly source: string
  /** Null: nothing to contribute. */
  readonly result: readonly Value[] | null
  readonly outcome: 'applied' | 'unchanged' | 'initialOnly' | 'null' | 'lost' | 'notInScope' | 'failed'
  readonly inputs: Readonly<Record<string, readonly Value[]>>
}

/** The story of one object (`explain`, Preview): steps in the order in which they were decided. */
export type ExplanationStep =
  | { readonly kind: 'found'; readonly connector: ConnectorName; readonly anchor: string; readonly name: string }
  | { readonly kind: 'notFound'; readonly connector: ConnectorName; readonly searched: string }
  | { readonly kind: 'scope'; readonly rule: string; readonly scope: ScopeResult }
  | { readonly kind: 'join'; readonly rule: string; readonly connector: ConnectorName; readonly attempts: readonly JoinAttempt[]; readonly result: 'joined' | 'projected' | 'none' }
  | { readonly kind: 'disconnector'; readonly connector: ConnectorName; readonly reason: DisconnectorReason }
  | { readonly kind: 'inbound'; readonly connector: ConnectorName; readonly flows: readonly FlowTrace[] }
  | { readonly kind: 'metaverse'; readonly id: string; readonly attributes: Readonly<Record<string, MetaverseAttribute>> }
  | { readonly kind: 'provisioning'; readonly rule: string; readonly scope: ScopeResult; readonly result: 'accountExists' | 'accountWanted' | 'notWanted' }
  | { readonly kind: 'names'; readonly attempts: readonly NameAttempt[] }
  | { readonly kind: 'outbound'; readonly flows: readonly FlowTrace[] }
  | { readonly kind: 'decision'; readonly decision: OutboundDecision }

export type StepState = 'done' | 'stopped' | 'failed'
export type Explanation = { readonly subject: string; readonly steps: readonly (ExplanationStep & { readonly state: StepState })[] }
