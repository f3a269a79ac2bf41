import type { Input, Outputs } from '../../shared/api/contract.ts'
import { signOnOfGuest } from '../../shared/domain/guestSignOn.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import { readLastCheck } from './lastDelegationCheck.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** One guest's part of the last check, so that a window that shows one guest need not carry everybody. */
export async function showDelegationOfGuest({ folder }: WorkspaceSession, { guest }: Input<'delegation.guest'>): Promise<Result<Outputs['delegation.guest'], Problem>> {
  const check = await readLastCheck(folder)
  if (!check.ok) return check
  return succeed(check.value === null ? null : signOnOfGuest(check.value, guest))
}
