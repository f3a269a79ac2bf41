import { setTimeout as sleep } from 'node:timers/promises'
import type { CallOptions, Input, Outputs } from '../../../shared/api/contract.ts'
import type { KnownGuest } from '../../../shared/domain/invitation.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { startRuns } from '../runHandlers.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'

/** Milliseconds between two looks: a new guest is there in seconds as a rule, in minutes at the worst. */
const waits = [0, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000, 30_000, 30_000]

/** Until the tenant shows the guest, then until an import does: Graph's list of changes lags behind. */
export async function awaitGuest(session: WorkspaceSession, { id }: Input<'invitations.await'>, options: CallOptions): Promise<Result<Outputs['invitations.await'], Problem>> {
  const guest = await waitUntilShown(session, id, options.signal)
  if (!guest.ok) return guest
  for (const wait of waits) {
    const isWaiting = await pause(wait, options.signal)
    if (!isWaiting) return fail(cancelled())
    const ran = await startRuns(session, { profile: 'delta cycle', acceptSmallerSource: null }, options)
    if (!ran.ok) return ran
    const stopped = ran.value.runs.find(({ status }) => status === 'failed' || status === 'stopped')
    if (stopped?.problem !== undefined && stopped.problem !== null) return fail(stopped.problem)
    if ((await session.reader.connectorRows('entra', [id])).length > 0) return succeed({ guest: guest.value, isImported: true })
  }
  return succeed({ guest: guest.value, isImported: false })
}

async function waitUntilShown(session: WorkspaceSession, id: string, signal: AbortSignal): Promise<Result<KnownGuest, Problem>> {
  const inviter = await session.openInviter()
  if (!inviter.ok) return inviter
  for (const wait of waits) {
    if (!(await pause(wait, signal))) return fail(cancelled())
    const read = await inviter.value.read(id, signal)
    if (!read.ok) return read
    if (read.value !== null) return succeed(read.value)
  }
  return fail({ kind: 'objectNotFound', message: `The tenant does not show the guest ${id}, two minutes after the invitation.`, remedy: 'Look in Entra. When the guest is there, the next cycle brings him; nothing has to be invited again.' })
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal })
    return true
  } catch {
    // The only way for a timer to fail is its signal.
    return false
  }
}

function cancelled(): Problem {
  return { kind: 'cancelled', message: 'Nobody waits for the guest any more.', remedy: 'The invitation stays. The next cycle brings the guest.' }
}
