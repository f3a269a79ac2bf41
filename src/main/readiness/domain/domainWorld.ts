import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { DirectoryReader } from '../../connectors/connector.ts'
import type { DirectoryInspector, SignInFacts } from '../../connectors/readinessPorts.ts'
import type { StoreReader } from '../../store/store.ts'
import { notChecked } from '../answers.ts'
import type { CheckAnswer } from '../readinessCheck.ts'
import type { TrialTarget } from './trialAccount.ts'

/** What of the workspace the checks of the domain need. */
export type DomainSettings = {
  /** As it signs in: userPrincipalName, `DOMAIN\name` or DN. */
  readonly account: string
  readonly guestOu: Dn
  /** The guest OU included; OUs within another one left out. */
  readonly managedOus: readonly Dn[]
  /** Where leavers' accounts go; null: they stay where they are. */
  readonly leaverOu: Dn | null
  readonly deletesLeavers: boolean
  /** Whether a rule renames accounts after they were made. */
  readonly renames: boolean
  /** Attributes of accounts that the rules write after the account was made. */
  readonly writtenAttributes: readonly string[]
  /** Attributes of accounts that the rules read or write. */
  readonly usedAttributes: readonly string[]
}

export type DomainWorld = {
  readonly settings: DomainSettings
  readonly inspector: DirectoryInspector
  readonly reader: () => Promise<Result<DirectoryReader, Problem>>
  readonly store: StoreReader
  /** Milliseconds since 1970. */
  readonly now: number
  /** Only where a person asked for what has to be written to be confirmed. */
  readonly probe: { readonly target: () => Promise<Result<TrialTarget, Problem>>; readonly name: string } | null
}

/**
 * Most checks are worth nothing before our account is signed in. They ask for the one remembered attempt: each attempt with a
 * wrong password brings the account nearer to its lock.
 */
export function afterSignIn(check: (world: DomainWorld, signedIn: SignInFacts, signal: AbortSignal) => Promise<CheckAnswer>) {
  return async (world: DomainWorld, signal: AbortSignal): Promise<CheckAnswer> => {
    const signedIn = await world.inspector.signIn(signal)
    return signedIn.ok ? check(world, signedIn.value, signal) : notChecked('Our account is not signed in, so this cannot be read.', 'Mend the sign-in first.')
  }
}
