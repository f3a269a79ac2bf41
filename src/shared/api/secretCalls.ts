import { z } from 'zod'
import type { Problem } from '../domain/problem.ts'

/** Which secret, as people name it. */
const name = z.enum(['entra', 'directory', 'resource', 'proxy', 'webhook', 'mail'])
export type SecretName = z.output<typeof name>

/** Secrets of the workspace in the keychain of this user. They go in and never come back. */
export const secretInputs = {
  'secrets.list': z.strictObject({}),
  'secrets.set': z.strictObject({ name, secret: z.string().min(1).max(5000) }),
  'secrets.remove': z.strictObject({ name }),
} as const

export type SecretOutputs = {
  'secrets.list': SecretsShown
  'secrets.set': { readonly name: SecretName }
  'secrets.remove': { readonly name: SecretName; /** False: there was none. */ readonly wasKept: boolean }
}

/** `keychain`: why it cannot be used; null: it can. */
export type SecretsShown = { readonly secrets: readonly SecretShown[]; readonly keychain: Problem | null }

/**
 * Where a secret would come from now, never what it is. `environment`: a variable that is set, or what systemd hands over, wins over the
 * keychain. `notRead`: the keychain did not answer.
 */
export type SecretShown = { readonly name: SecretName; /** In words. */ readonly what: string; readonly variable: string; readonly source: 'environment' | 'session' | 'keychain' | 'missing' | 'notRead' }
