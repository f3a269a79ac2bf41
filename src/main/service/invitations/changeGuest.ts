import type { CallOptions, Input, Outputs } from '../../../shared/api/contract.ts'
import type { KnownGuest } from '../../../shared/domain/invitation.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { EntraInviter } from '../../connectors/invitationPort.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'

/** Blocks or unblocks sign-in to the tenant; the account in Active Directory follows with the next plan. */
export async function setGuestEnabled(session: WorkspaceSession, { id, enabled, note }: Input<'invitations.setEnabled'>, options: CallOptions): Promise<Result<Outputs['invitations.setEnabled'], Problem>> {
  const inviter = await session.openInviter()
  if (!inviter.ok) return inviter
  const guest = await findGuest(inviter.value, id, options.signal)
  if (!guest.ok) return guest
  return session.asWriter(enabled === 'blocked' ? 'blocking of a guest' : 'unblocking of a guest', { signal: options.signal, report: options.onProgress }, async () => {
    await session.audit(enabled === 'blocked' ? 'guestBlocked' : 'guestUnblocked', null, { id, note })
    const done = await inviter.value.setEnabled(id, enabled, options.signal)
    if (!done.ok) return done
    const after = await inviter.value.read(id, options.signal)
    return after.ok ? succeed({ guest: after.value }) : after
  })
}

/** Members of the tenant are none of our business, whatever id somebody gives. */
export async function findGuest(inviter: EntraInviter, id: string, signal: AbortSignal): Promise<Result<KnownGuest, Problem>> {
  const found = await inviter.read(id, signal)
  if (!found.ok) return found
  if (found.value === null) return fail({ kind: 'notFoundInWorkspace', message: `The tenant has no user ${id}.`, remedy: 'Give the Entra id as "guestbridge guests" shows it.' })
  if (found.value.userType === 'Guest') return succeed(found.value)
  return fail({ kind: 'notPermitted', message: `${found.value.userPrincipalName} is a member of the tenant, not a guest, and was left as it is.`, remedy: 'Members are changed in Entra.' })
}
