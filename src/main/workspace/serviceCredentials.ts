import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { knownSecrets, type SecretName } from './knownSecrets.ts'
import type { Environment } from './secrets.ts'

/** Name of a credential of a systemd unit: `guestbridge-entra`. */
export function serviceCredentialName(name: SecretName): string {
  return `guestbridge-${name}`
}

/**
 * What a systemd unit was handed by LoadCredentialEncrypted= (systemd.exec(5), "Credentials"): decrypted for this process
 * only, in memory. So a server without a Secret Service needs no secret in clear. Null: no unit, or it has no such credential.
 */
export async function readServiceCredential(environment: Environment, name: SecretName): Promise<string | null> {
  const folder = environment['CREDENTIALS_DIRECTORY'] ?? ''
  if (folder === '') return null
  try {
    const text = await readFile(join(folder, serviceCredentialName(name)), 'utf8')
    return text.replace(/\r?\n$/, '')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new Error(`The credential ${serviceCredentialName(name)} (for ${knownSecrets[name].variable}) cannot be read`, { cause: error })
  }
}
