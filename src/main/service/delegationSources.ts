import type { Reading } from '../../shared/domain/delegation.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import type { ApplicationProxy } from '../connectors/applicationProxy.ts'
import { readProofs } from '../kcd/proof/keptProofs.ts'
import type { DelegationSources } from '../kcd/reading/delegationSources.ts'
import { readKeptProxy } from './keptProxy.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** What a reading of delegation asks in this workspace: for checks and for plans alike. */
export async function openDelegationSources(session: WorkspaceSession): Promise<Result<DelegationSources, Problem>> {
  const connections = await session.openDelegation()
  if (!connections.ok) return connections
  const { accounts, resources, probes, servers } = connections.value
  const delegation = session.configuration.delegation ?? null
  return succeed({
    accounts: accounts.reader, resources: resources?.reader ?? null, probes, servers, store: session.reader, now: session.now,
    configuration: delegation, proxy: delegation?.fromEntra === true ? await keptProxyOf(session.folder) : null, proofs: await readProofs(session.folder),
  })
}

/** As a signed-in administrator has read it: nobody is signed in while checks and plans are made. */
async function keptProxyOf(folder: string): Promise<Reading<ApplicationProxy>> {
  const kept = await readKeptProxy(folder)
  if (!kept.ok) return { kind: 'notRead', why: `${kept.problem.message} ${kept.problem.remedy}` }
  if (kept.value === null) return { kind: 'notRead', why: 'Nobody has signed in to read application proxy from Entra. Sign in (guestbridge kcd check --sign-in), or name connectors and applications in workspace.json.' }
  return { kind: 'read', value: kept.value.proxy }
}
