import type { Sid } from '../../shared/domain/ids.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { DelegationTarget } from '../kcd/planning/delegationExport.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** The controller that is written to for this domain: of the guests' accounts, or of connectors and applications. */
export async function openDelegationTarget(session: WorkspaceSession, domainSid: Sid, signal: AbortSignal): Promise<Result<DelegationTarget, Problem>> {
  const connections = await session.openDelegation()
  if (!connections.ok) return connections
  const { accounts, resources } = connections.value
  const reached: string[] = []
  let unreached: Problem | null = null
  for (const { writer } of resources === null ? [accounts] : [resources, accounts]) {
    const identity = await writer.identify(signal)
    if (identity.ok && identity.value.domainSid === domainSid) return succeed({ writer, ...identity.value })
    if (identity.ok) reached.push(identity.value.domainSid)
    else unreached ??= identity.problem
  }
  // The one that did not answer may be the one that is meant.
  if (unreached !== null) return fail(unreached)
  return fail({
    kind: 'planForeign', message: `Nothing was written: the plan is of the domain ${domainSid}, and this workspace reaches ${reached.join(' and ')}.`,
    remedy: 'Name a domain controller of it in workspace.json (activeDirectory or resourceDirectory), or plan anew.', detail: { domainSid },
  })
}
