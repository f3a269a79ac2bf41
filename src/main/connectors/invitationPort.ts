import type { Invitation, KnownGuest } from '../../shared/domain/invitation.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import type { Result } from '../../shared/domain/result.ts'

/** What Graph answered to an invitation (201). */
export type Invited = { readonly id: string; readonly redeemUrl: string | null; readonly status: string }

/**
 * Looks guests up and writes to the tenant. An invitation is never sent twice by itself: where no answer came the problem
 * says so (`isOutcomeUnknown`), and whoever asked looks the address up.
 */
export interface EntraInviter {
  /** Users who have the address as mail, other mail or proxy address; deleted ones are not found. Key: the address as asked. */
  findByAddress(addresses: readonly string[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, Result<readonly KnownGuest[], Problem>>, Problem>>
  /** Null: Graph does not show the user (yet). */
  read(id: string, signal: AbortSignal): Promise<Result<KnownGuest | null, Problem>>
  invite(invitation: Invitation, signal: AbortSignal): Promise<Result<Invited, Problem>>
  /** At most twenty; those that were throttled go out again, the others have one answer. A problem: nothing is known about any. */
  inviteSeveral(invitations: readonly Invitation[], signal: AbortSignal): Promise<Result<readonly Result<Invited, Problem>[], Problem>>
  setEnabled(id: string, enabled: 'enabled' | 'blocked', signal: AbortSignal): Promise<Result<null, Problem>>
  close(): Promise<void>
}

/** The request may have been carried out although no answer came. */
export function isOutcomeUnknown(problem: Problem): boolean {
  return problem.kind === 'unreachable' || problem.kind === 'timedOut' || problem.kind === 'malformedAnswer' || problem.kind === 'cancelled' || problem.kind === 'serverBusy'
}
