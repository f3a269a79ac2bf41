export const guestStates = ['hasAccount', 'willGetAccount', 'willChange', 'outOfScope', 'blocked', 'pendingInvitation', 'conflict', 'problem', 'notSynchronized'] as const
export type GuestState = (typeof guestStates)[number]

/** A guest of the last import with what the last synchronisation decided. */
export type GuestRow = {
  /** Entra id. */
  readonly id: string
  readonly state: GuestState
  /** The sentence behind the state. */
  readonly why: string
  readonly displayName: string | null
  readonly company: string | null
  readonly userPrincipalName: string | null
  readonly mail: string | null
  /** DN of the account that the guest has. */
  readonly account: string | null
}
