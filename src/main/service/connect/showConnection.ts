import type { ConnectShown } from '../../../shared/api/connectCalls.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import { checkKeychain, findSecret } from '../../workspace/keychain.ts'
import { knownSecrets } from '../../workspace/knownSecrets.ts'
import { readServiceCredential } from '../../workspace/serviceCredentials.ts'
import { readAuthority } from '../connections.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'
import type { ConnectSecret } from './connectMemory.ts'
import type { ConnectSession } from './connectSession.ts'
import { findExpiringSecrets } from './expiringSecrets.ts'

export async function showConnection(session: ConnectSession): Promise<Result<ConnectShown, Problem>> {
  const { open } = session
  const keychain = await checkKeychain()
  if (open === null) return succeed({ workspace: null, entra: null, directory: null, secrets: [], keychain, expiring: [] })
  const { folder, configuration } = open
  const { name, purpose, entra, activeDirectory, lifecycle } = configuration
  const entraCa = await readAuthority(folder, entra.caFile)
  if (!entraCa.ok) return entraCa
  const directoryCa = await readAuthority(folder, activeDirectory.caFile)
  if (!directoryCa.ok) return directoryCa
  const { cloud, graphUrl = null, signInUrl = null, tenantId, clientId, credential } = entra
  const { servers, security, account, guestOu } = activeDirectory
  const { leavers } = lifecycle
  return succeed({
    workspace: { folder, name, purpose },
    entra: { cloud, graphUrl, signInUrl, caPem: entraCa.value, tenantId, clientId, credential: credential.kind },
    directory: { servers: [...servers], security, caPem: directoryCa.value, account, guestOu, disabledOu: leavers.action === 'disableAndMove' ? leavers.ou : null },
    secrets: [await describeSource(session, open, 'entra'), await describeSource(session, open, 'directory')],
    keychain,
    expiring: await findExpiringSecrets({ folder, configuration, environment: session.environment, now: session.now() }),
  })
}

async function describeSource({ memory, environment }: ConnectSession, { configuration }: WorkspaceSession, name: ConnectSecret): Promise<ConnectShown['secrets'][number]> {
  const { variable } = knownSecrets[name]
  if (memory.isOfSession(environment, configuration.id, name)) return { name, source: 'session' }
  if ((environment[variable] ?? '') !== '' || (await readServiceCredential(environment, name)) !== null) return { name, source: 'environment' }
  const kept = await findSecret(configuration.id, name)
  return { name, source: kept.ok && kept.value !== null ? 'keychain' : 'missing' }
}
