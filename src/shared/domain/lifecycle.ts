import type { Dn } from './ids.ts'

/** What a single look-up of a guest who is missing from the import has shown (sync-semantics 7). Absence alone is no proof. */
export type AbsenceAnswer =
  | { readonly kind: 'present'; readonly userType: string | null; readonly accountEnabled: boolean | null; readonly isInGroup: boolean | null }
  | { readonly kind: 'softDeleted'; readonly deletedAt: string | null }
  | { readonly kind: 'gone' }
  /** No clear answer: the account is left alone and reported. */
  | { readonly kind: 'unclear'; readonly why: string }

/** `blocked` is read positively; the others need a proved absence, `outOfScope` a positive reading of the guest. */
export type LeaverReason = 'blocked' | 'softDeleted' | 'hardDeleted' | 'outOfGroup' | 'outOfScope'

/** A disable that Guestbridge made, from journal and store: only such a one is reversed on return (sync-semantics 8). */
export type OwnDisable = {
  readonly metaverseId: string
  readonly anchor: string
  readonly run: number
  /** ISO 8601 in UTC. */
  readonly disabledAt: string
  readonly reason: LeaverReason
  /** Where the account was before it was moved to the OU of leavers; null where it was not moved. */
  readonly movedFrom: Dn | null
  /** ISO 8601 in UTC: when a deletion falls due; null where the lifecycle never deletes. */
  readonly deleteDue: string | null
}

/** An object that nobody writes until a person releases it (sync-semantics 15). */
export type Hold = {
  readonly metaverseId: string
  readonly cause: 'excluded' | 'undone'
  readonly note: string
  readonly by: string
  /** ISO 8601 in UTC. */
  readonly since: string
}

/** What a person decided about an account (MIM's Joiner); kept over full synchronisations. */
export type JoinDecision = {
  readonly anchor: string
  readonly decision:
    | { readonly kind: 'join'; readonly metaverseId: string }
    /** Never joined again to this person. */
    | { readonly kind: 'disconnect'; readonly metaverseId: string }
    | { readonly kind: 'leaveAlone' }
  readonly note: string
  readonly by: string
  readonly at: string
}

/** What a deleted account is, and whether it can come back with everything (Recycle Bin) or in parts. */
export type DeletedAccount = {
  readonly anchor: string
  readonly lastKnownParent: Dn | null
  readonly accountName: string | null
  readonly isRecycled: boolean
}
