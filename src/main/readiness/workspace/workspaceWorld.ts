import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { StoreReader } from '../../store/store.ts'
import type { SecretName } from '../../workspace/knownSecrets.ts'

export type WorkspaceWorld = {
  readonly folder: string
  readonly store: StoreReader
  /** Milliseconds since 1970. */
  readonly now: number
  /** What the connections need, by where it is kept; never the secret itself. Empty in a lab. */
  readonly secrets: readonly { readonly name: SecretName; readonly keptIn: 'environment' | 'keychain' | null }[]
  readonly keychain: Result<null, Problem>
  /** When certificate or client secret of the application ends, ISO 8601; null where nobody knows, and in the lab. */
  readonly credentialEnd: Result<{ readonly what: 'certificate' | 'secret'; readonly subject: string; readonly validTo: string } | null, Problem>
  /** Why the folder cannot be a workspace. */
  readonly network: Problem | null
}
