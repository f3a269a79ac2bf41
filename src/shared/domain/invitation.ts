/** What somebody is invited with. The tenant sends the message itself. */
export type Invitation = {
  readonly mail: string
  readonly displayName: string | null
  /** Where the guest is led after redeeming; https. */
  readonly redirectUrl: string
  /** Null: the tenant's usual text. */
  readonly message: string | null
  /** BCP 47, such as de-DE; null: the tenant's. */
  readonly language: string | null
  /** One further receiver of the message. */
  readonly cc: string | null
}

/** A user of the tenant who has an address already. */
export type KnownGuest = {
  readonly id: string
  readonly displayName: string | null
  readonly userPrincipalName: string
  readonly mail: string | null
  readonly userType: string | null
  readonly externalUserState: string | null
  readonly isEnabled: boolean | null
}

/** A line of a list of people to invite, and what would become of it. `line` counts from 1, the header included. */
export type InvitationRow = { readonly line: number; readonly invitation: Invitation; readonly fate: InvitationFate }
export type InvitationFate =
  | { readonly kind: 'new' }
  | { readonly kind: 'isGuest'; readonly guest: KnownGuest }
  /** The address belongs to a member: inviting it would be refused. */
  | { readonly kind: 'isMember'; readonly member: KnownGuest }
  | { readonly kind: 'ambiguous'; readonly users: readonly KnownGuest[] }
  | { readonly kind: 'invitedBefore'; readonly id: string }
  /** Sent without an answer, and the tenant does not show the guest: not sent again. */
  | { readonly kind: 'unknown'; readonly why: string }

/** What is wrong in a list; the whole list is refused. `column` is the header's name, or null for the line itself. */
export type ListMistake = { readonly line: number; readonly column: string | null; readonly value: string; readonly message: string }

export type InvitationResult = { readonly line: number; readonly mail: string; readonly result: 'invited' | 'wasGuest' | 'refused' | 'unknown' | 'notSent'; readonly id: string | null; readonly text: string }
