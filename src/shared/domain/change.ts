import type { Value } from './attributes.ts'
import type { Dn, ObjectGuid } from './ids.ts'
import type { LeaverReason } from './lifecycle.ts'

export const changeKinds = ['delete', 'disable', 'rename', 'move', 'adopt', 'update', 'enable', 'restore', 'create'] as const
/** In the order of review: what harms most comes first. */
export type ChangeKind = (typeof changeKinds)[number]

/** Where a value to be written comes from, as the screens say it: "from uid by Left(id, 20)". */
export type Provenance = {
  readonly rule: string
  /** Attribute or expression of the outbound flow. */
  readonly source: string
  /** The connector that contributed the metaverse value; null for constants, generated and computed values. */
  readonly connector: 'entra' | 'ad' | null
}

export type AttributeChange = {
  readonly name: string
  readonly before: readonly Value[]
  readonly after: readonly Value[]
  readonly from: Provenance
  /** The value is made at the moment of the write and exists nowhere else; `after` is empty. */
  readonly isGenerated?: true
}

/** Why the change is planned. Screens turn it into a sentence (`describeReason`). */
export type Reason =
  | { readonly kind: 'guestWithoutAccount' }
  | { readonly kind: 'accountAdopted'; readonly criterion: string; readonly value: string; readonly groups: readonly string[] }
  | { readonly kind: 'attributesDiffer'; readonly attributes: readonly string[] }
  | { readonly kind: 'nameDiffers'; readonly rule: string }
  /** Disable, or disable and move, as the lifecycle wants it. */
  | { readonly kind: 'guestLeft'; readonly why: LeaverReason }
  /** Deletion after the grace that followed our disable. */
  | { readonly kind: 'graceIsOver'; readonly disabledAt: string; readonly days: number }
  /** Enable (and move back) what run `disabledBy` had disabled. */
  | { readonly kind: 'guestReturned'; readonly disabledBy: number }
  /** The same guest, whose account was deleted: restored with its SID (sync-semantics 17). */
  | { readonly kind: 'accountRestored'; readonly comesBack: readonly string[]; readonly lost: readonly string[] }
  | { readonly kind: 'undone'; readonly run: number; readonly of: ChangeKind }

/** Who the change is about, for lists and for people who do not read DNs. */
export type Subject = {
  readonly displayName: string | null
  readonly company: string | null
  readonly userPrincipalName: string | null
  readonly mail: string | null
  /** Entra id of the guest; null for an account without guest. */
  readonly entraId: string | null
}

/**
 * What must still be true when the change is written (invariant 3): the values, as imported, of every attribute that the
 * decision read or that the change writes. userAccountControl is compared under `mask` only.
 */
export type Precondition = {
  readonly values: Readonly<Record<string, readonly Value[]>>
  readonly userAccountControl: { readonly mask: number; readonly value: number } | null
}

/** What the undo plan would do with this change, or why nothing can be done. */
export type UndoNote =
  | { readonly kind: 'disablesAccount' }
  | { readonly kind: 'restoresAccount' }
  | { readonly kind: 'writesFormerValues' }
  | { readonly kind: 'movesBack' }
  | { readonly kind: 'enablesAccount' }
  | { readonly kind: 'impossible'; readonly why: string }

type ChangeOfPerson = {
  readonly metaverseId: string
  readonly subject: Subject
  readonly reason: Reason
  /** Name of the outbound rule that asked for it. */
  readonly rule: string
  /** Sorted by name. */
  readonly attributes: readonly AttributeChange[]
  readonly undo: UndoNote
}

export type CreateChange = ChangeOfPerson & { readonly kind: 'create'; readonly anchor: null; readonly dn: Dn; readonly notChecked?: readonly UncheckedName[] }

/** What could not be asked before the account is made; missing: everything was (sync-semantics 18). */
export type UncheckedName = { readonly what: 'userPrincipalNameInForest'; readonly why: string }

export type ExistingChange = ChangeOfPerson & {
  readonly kind: 'adopt' | 'update' | 'rename' | 'move' | 'enable' | 'disable' | 'delete' | 'restore'
  readonly anchor: ObjectGuid
  readonly dn: Dn
  /** For rename, move and restore, and for a disable or enable that moves too. */
  readonly newDn: Dn | null
  readonly precondition: Precondition
}

export type Change = CreateChange | ExistingChange
