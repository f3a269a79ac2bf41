import type { GuestFacts } from '../../../shared/domain/delegation.ts'

/** Whether Entra lets the guest sign in at all: an invitation that waits, or a block, is a decision and no fault of the directory. */
export function isAdmitted(guest: GuestFacts): boolean {
  return guest.isEnabled !== false && !isPending(guest)
}

export function isPending(guest: GuestFacts): boolean {
  return guest.externalUserState?.toLowerCase() === 'pendingacceptance'
}
