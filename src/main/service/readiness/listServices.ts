import type { Reading, SpnOwner } from '../../../shared/domain/delegation.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import { createDelegationReader } from '../../connectors/ad/delegation/delegationReader.ts'
import type { DirectoryConnection } from '../../connectors/ad/directoryConnection.ts'
import { serviceAccounts } from '../../kcd/rules/spnOwners.ts'
import type { ApplicationService } from '../../readiness/domain/serviceRights.ts'
import { readKeptProxy } from '../keptProxy.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'

/** The applications of workspace.json, and those that were read from Entra, with the accounts of this domain that have their SPN. */
export async function listServices(session: WorkspaceSession, connection: DirectoryConnection, signal: AbortSignal): Promise<readonly ApplicationService[]> {
  const applications = await listApplications(session)
  const reader = createDelegationReader(connection)
  try {
    const owners = await reader.findOwners(applications.map(({ spn }) => spn), signal)
    return applications.map(({ name, spn }) => ({ application: name, spn, accounts: owners.ok ? accountsOf(owners.value.get(spn)) : { kind: 'notRead', why: owners.problem.message } }))
  } finally {
    await reader.close()
  }
}

/** Those that only the global catalog knows are of another domain, where another account would write. */
function accountsOf(owners: Reading<readonly SpnOwner[]> | undefined): Reading<readonly Dn[]> {
  if (owners === undefined) return { kind: 'notRead', why: 'the directory did not answer it' }
  if (owners.kind === 'notRead') return owners
  return { kind: 'read', value: serviceAccounts(owners.value).filter(({ readFrom }) => readFrom !== 'globalCatalog').map(({ dn }) => dn) }
}

async function listApplications({ folder, configuration }: WorkspaceSession): Promise<readonly { readonly name: string; readonly spn: string }[]> {
  const kept = configuration.delegation?.fromEntra === true ? await readKeptProxy(folder) : null
  // What cannot be used is the matter of the check of delegation; the applications of workspace.json are known without it.
  const ofEntra = kept?.ok === true && kept.value !== null ? kept.value.proxy.applications.flatMap(({ name, spn }) => (spn === null || spn === '' ? [] : [{ name, spn }])) : []
  return [...(configuration.delegation?.applications ?? []).map(({ name, spn }) => ({ name, spn })), ...ofEntra]
}
