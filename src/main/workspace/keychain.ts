import { AsyncEntry } from '@napi-rs/keyring'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { knownSecrets, type SecretName } from './knownSecrets.ts'
import type { Environment } from './secrets.ts'
import { readServiceCredential } from './serviceCredentials.ts'

/**
 * The keychain of the user who runs Guestbridge: Credential Manager, Keychain, or the Secret Service. One for all hosts,
 * so that what the window keeps a schedule can read (architecture, invariant 9). Secrets are kept per workspace.
 */
export async function keepSecret(workspace: string, name: SecretName, secret: string): Promise<Result<null, Problem>> {
  return attempt(async () => {
    await entryOf(workspace, name).setPassword(secret)
    return null
  })
}

/** Null where there is none. */
export async function findSecret(workspace: string, name: SecretName): Promise<Result<string | null, Problem>> {
  return attempt(() => entryOf(workspace, name).getPassword())
}

export async function removeSecret(workspace: string, name: SecretName): Promise<Result<boolean, Problem>> {
  return attempt(() => entryOf(workspace, name).deleteCredential())
}

/** Null: secrets can be kept. Otherwise why not. Nothing is written. */
export async function checkKeychain(): Promise<Problem | null> {
  const asked = await attempt(() => new AsyncEntry('Guestbridge', 'is there a keychain', { linux: { store: 'secret-service' } }).getPassword())
  return asked.ok ? null : asked.problem
}

/**
 * The environment with what it lacks of these secrets: from the credentials that systemd hands to a service, then from the
 * keychain. A variable that is set wins. Where there is neither, what is missing is named when it is needed.
 */
export async function fillFromKeychain(environment: Environment, workspace: string, names: readonly SecretName[]): Promise<Environment> {
  const filled: Record<string, string | undefined> = { ...environment }
  for (const name of names) {
    const { variable } = knownSecrets[name]
    if ((filled[variable] ?? '') !== '') continue
    const handed = await readServiceCredential(environment, name)
    const kept = handed === null ? await findSecret(workspace, name) : succeed(handed)
    if (kept.ok && kept.value !== null) filled[variable] = kept.value
  }
  return filled
}

function entryOf(workspace: string, name: SecretName): AsyncEntry {
  // Without the pin the library falls back to the kernel's keyring, which forgets everything at the next start of the machine.
  return new AsyncEntry('Guestbridge', `${workspace}/${name}`, { linux: { store: 'secret-service' } })
}

async function attempt<Value>(ask: () => Promise<Value>): Promise<Result<Value, Problem>> {
  try {
    return succeed(await ask())
  } catch (error) {
    return fail({
      kind: 'keychainUnavailable',
      message: `The keychain of this user cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
      remedy: `Unlock it, or on Linux start a Secret Service (gnome-keyring, KWallet). Without one, set ${knownSecrets.entra.variable} and ${knownSecrets.directory.variable} for this program only.`,
    })
  }
}
