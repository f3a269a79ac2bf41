import type { PublicClientApplication } from '@azure/msal-node'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { AccessToken } from './accessToken.ts'
import { describePersonFailure, personApplication, readRefreshToken, stopAtRefusals, type SigningIn } from './delegatedSignIn.ts'
import { createTokenNetwork } from './tokenNetwork.ts'
import { trustAuthorities } from './trustAuthorities.ts'
import type { Waiting } from './waiting.ts'

export type RefreshedToken = AccessToken & { /** The next one; Entra gives another each time. */ readonly refreshToken: string }

/**
 * An access token in the name of a person who signed in before, by the refresh token that was kept
 * (https://learn.microsoft.com/entra/identity-platform/refresh-tokens). Problem `credentialsRefused`: signing in again helps.
 */
export async function refreshPersonToken(connection: SigningIn, refreshToken: string, waiting: Waiting, signal: AbortSignal): Promise<Result<RefreshedToken, Problem>> {
  const trust = trustAuthorities(connection.caPem)
  if (!trust.ok) return trust
  const network = stopAtRefusals(createTokenNetwork(waiting, signal))
  const application: PublicClientApplication = personApplication(connection, network)
  try {
    const result = await application.acquireTokenByRefreshToken({ refreshToken, scopes: [`${connection.graphUrl}/${guestPermission}`] })
    if (result === null || result.accessToken === '') return fail(signInAgain)
    return succeed({ text: result.accessToken, expiresAt: result.expiresOn?.getTime() ?? waiting.now(), refreshToken: readRefreshToken(application) ?? refreshToken })
  } catch (error) {
    // RFC 6749 5.2: invalid_grant is a token that has expired or was revoked, whatever else Entra says about it.
    return fail(network.refusal()?.error === 'invalid_grant' ? signInAgain : describePersonFailure(error, network))
  }
}

/** What reading guests takes in the name of a person, who must be allowed to read users himself. */
export const guestPermission = 'User.Read.All'

const signInAgain: Problem = {
  kind: 'credentialsRefused', message: 'The person in whose name guests are read has to sign in again: the sign-in has ended or was revoked.',
  remedy: 'Sign in again: guestbridge connect entra. For runs that nobody watches use a certificate.',
}
