import type { Reading } from '../../shared/domain/delegation.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import type { ApplicationProxy } from '../connectors/applicationProxy.ts'
import { readProofs } from '../kcd/proof/keptProofs.ts'
import type { DelegationSources } from '../kcd/reading/delegationSources.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** What a reading of delegation asks in this workspace: for checks and for plans alike. */
export async function openDelegationSources(session: WorkspaceSession): Promise<Result<DelegationSources, Problem>> {
  const connections = await session.openDelegation()
  if (!connections.ok) return connections
  const { accounts, resources, probes, servers } = connections.value
  const delegation = session.configuration.delegation ?? null
  return succeed({
    accounts: accounts.reader, resources: resources?.reader ?? null, probes, servers, store: session.reader, now: session.now,
    configuration: delegation, proxy: delegation?.fromEntra === true ? proxyNotRead : null, proofs: await readProofs(session.folder),
  })
}

/** Graph gives application proxy to signed-in administrators only. */
const proxyNotRead: Reading<ApplicationProxy> = { kind: 'notRead', why: 'Nobody has signed in to read application proxy from Entra. Name connectors and applications in workspace.json.' }
