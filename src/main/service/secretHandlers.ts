import type { Input } from '../../shared/api/contract.ts'
import type { SecretOutputs, SecretShown } from '../../shared/api/secretCalls.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import { checkKeychain, findSecret, keepSecret, removeSecret } from '../workspace/keychain.ts'
import { knownSecrets, secretNames, type SecretName } from '../workspace/knownSecrets.ts'
import { readServiceCredential } from '../workspace/serviceCredentials.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

/** Which secrets are there and where from; what they are is asked of nobody. */
export async function listSecretsOf(session: WorkspaceSession): Promise<Result<SecretOutputs['secrets.list'], Problem>> {
  const keychain = await checkKeychain()
  const secrets: SecretShown[] = []
  for (const name of secretNames) secrets.push({ name, ...knownSecrets[name], source: await sourceOf(session, name) })
  return succeed({ secrets, keychain })
}

export async function setSecretOf({ configuration, audit }: WorkspaceSession, { name, secret }: Input<'secrets.set'>): Promise<Result<SecretOutputs['secrets.set'], Problem>> {
  const kept = await keepSecret(configuration.id, name, secret)
  if (!kept.ok) return kept
  await audit('secretKept', null, { name })
  return succeed({ name })
}

export async function removeSecretOf({ configuration, audit }: WorkspaceSession, { name }: Input<'secrets.remove'>): Promise<Result<SecretOutputs['secrets.remove'], Problem>> {
  const removed = await removeSecret(configuration.id, name)
  if (!removed.ok) return removed
  if (removed.value) await audit('secretRemoved', null, { name })
  return succeed({ name, wasKept: removed.value })
}

/** In the order in which they are looked for: whoever sets one in the keychain has to know what wins over it. */
async function sourceOf({ connectMemory, environment, configuration }: WorkspaceSession, name: SecretName): Promise<SecretShown['source']> {
  if ((name === 'entra' || name === 'directory') && connectMemory.isOfSession(environment, configuration.id, name)) return 'session'
  if ((environment[knownSecrets[name].variable] ?? '') !== '' || (await readServiceCredential(environment, name)) !== null) return 'environment'
  const found = await findSecret(configuration.id, name)
  if (!found.ok) return 'notRead'
  return found.value === null ? 'missing' : 'keychain'
}
