import type { Invitation } from '../../../../shared/domain/invitation.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import { fail, type Result } from '../../../../shared/domain/result.ts'
import type { Invited } from '../../invitationPort.ts'
import { createGraphClient } from '../graphClient.ts'
import type { TokenSource } from '../tokenSource.ts'
import { trustAuthorities } from '../trustAuthorities.ts'
import { systemWaiting, type Waiting } from '../waiting.ts'
import { bodyOf, readInvited } from './invitationMessage.ts'
import { clarifyResetProblem } from './invitationProblems.ts'

/** What the token of the person has to carry (https://learn.microsoft.com/entra/external-id/reset-redemption-status). */
export const resetPermission = 'User.ReadWrite.All'

type ResetPlace = { readonly graphUrl: string; readonly caPem: string | null }

/**
 * The guest redeems anew, with the address of `invitation`; id and userPrincipalName stay. `tokens` are those of a person with a
 * role, not of the application. Sent once: where no answer came, the problem says so (`isOutcomeUnknown`).
 */
export async function resetRedemption({ graphUrl, caPem }: ResetPlace, tokens: TokenSource, id: string, invitation: Invitation, signal: AbortSignal, waiting: Waiting = systemWaiting): Promise<Result<Invited, Problem>> {
  const trust = trustAuthorities(caPem)
  if (!trust.ok) return trust
  const client = createGraphClient(graphUrl, tokens, waiting)
  const answer = await client.postJson(`${graphUrl}/v1.0/invitations`, { ...bodyOf(invitation), resetRedemption: true, invitedUser: { id } }, 'never', signal)
  return answer.ok ? readInvited(answer.value) : fail(clarifyResetProblem(answer.problem))
}
