import { X509Certificate } from 'node:crypto'
import { succeed } from '../../../shared/domain/result.ts'
import type { WorkspaceWorld } from '../../readiness/workspace/workspaceWorld.ts'
import { refuseNetworkFolder } from '../../workspace/folders.ts'
import { fillFromKeychain, findSecret } from '../../workspace/keychain.ts'
import { knownSecrets, type SecretName } from '../../workspace/knownSecrets.ts'
import { readEntraCredential } from '../../workspace/secrets.ts'
import type { WorkspaceSession } from '../workspaceSession.ts'

export async function readWorkspaceWorld(session: WorkspaceSession): Promise<WorkspaceWorld> {
  const { folder, reader, configuration } = session
  const kept = await findSecret(configuration.id, 'entra')
  return {
    folder, store: reader, now: Date.parse(session.now()), secrets: await findSecrets(session),
    keychain: kept.ok ? succeed(null) : kept, credentialEnd: await readCredentialEnd(session), network: await refuseNetworkFolder(folder),
  }
}

/** Which secrets the connections of this workspace need, and where they would take them from. */
async function findSecrets({ configuration, environment }: WorkspaceSession): Promise<WorkspaceWorld['secrets']> {
  if (configuration.purpose === 'lab') return []
  const needed: readonly SecretName[] = ['entra', 'directory', ...(configuration.resourceDirectory === undefined ? [] : ['resource' as const])]
  const places: WorkspaceWorld['secrets'][number][] = []
  for (const name of needed) {
    const isSet = (environment[knownSecrets[name].variable] ?? '') !== ''
    const found = isSet ? null : await findSecret(configuration.id, name)
    places.push({ name, keptIn: isSet ? 'environment' : found?.ok === true && found.value !== null ? 'keychain' : null })
  }
  return places
}

async function readCredentialEnd({ configuration, environment, folder }: WorkspaceSession): Promise<WorkspaceWorld['credentialEnd']> {
  const { credential } = configuration.entra
  if (configuration.purpose === 'lab') return succeed(null)
  if (credential.kind === 'secret' && credential.expires !== undefined) return succeed({ what: 'secret', subject: 'entra.credential.expires', validTo: `${credential.expires}T00:00:00.000Z` })
  if (credential.kind !== 'certificate') return succeed(null)
  const read = await readEntraCredential(await fillFromKeychain(environment, configuration.id, ['entra']), credential, folder)
  if (!read.ok) return read
  if (read.value.kind !== 'certificate') return succeed(null)
  const { subject, validTo } = new X509Certificate(read.value.certificatePem)
  return succeed({ what: 'certificate', subject, validTo: new Date(validTo).toISOString() })
}
