import { AuthError, PublicClientApplication, type AuthenticationResult } from '@azure/msal-node'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { AccessToken } from './accessToken.ts'
import type { EntraConnection } from './entraConnection.ts'
import { createTokenNetwork, type TokenNetwork } from './tokenNetwork.ts'
import { isRecord } from './parseJson.ts'
import { describeTokenServiceError, type TokenServiceError } from './tokenServiceProblems.ts'
import { trustAuthorities } from './trustAuthorities.ts'
import type { Waiting } from './waiting.ts'
import { systemWaiting } from './waiting.ts'

export type SigningIn = Pick<EntraConnection, 'graphUrl' | 'signInUrl' | 'tenantId' | 'clientId' | 'caPem'> & { /** Of Graph; missing: what connector groups take. */ readonly permission?: string }

/** What a person needs in order to sign in with any browser: the address to open, and the code to enter there. */
export type SignInPrompt = { readonly address: string; readonly code: string }

export type PersonToken = AccessToken & { /** userPrincipalName, where Entra told it. */ readonly account: string | null; /** Gives further tokens later, to whom it is kept for. */ readonly refreshToken: string | null }

/** What Graph asks of a person who reads connector groups (https://learn.microsoft.com/graph/api/connectorgroup-list). */
const permission = 'Directory.ReadWrite.All'

/**
 * One access token in the name of a person (device authorization grant, RFC 8628), for what Graph does not give an
 * application. `show` is called once, as soon as there is a code. The token is returned and kept nowhere; MSAL's
 * application, which also holds a refresh token, ends with the call.
 */
export async function signInAsPerson(connection: SigningIn, show: (prompt: SignInPrompt) => void, signal: AbortSignal, waiting: Waiting = systemWaiting): Promise<Result<PersonToken, Problem>> {
  const trust = trustAuthorities(connection.caPem)
  if (!trust.ok) return trust
  const network = stopAtRefusals(createTokenNetwork(waiting, signal))
  const request: Parameters<PublicClientApplication['acquireTokenByDeviceCode']>[0] = {
    scopes: scopesOf(connection),
    deviceCodeCallback: ({ verificationUri, userCode }) => show({ address: verificationUri, code: userCode }),
  }
  // MSAL looks at this between two questions; the pause itself cannot be cut short from outside.
  const cancel = (): void => { request.cancel = true }
  signal.addEventListener('abort', cancel, { once: true })
  try {
    const application = personApplication(connection, network)
    const result = await Promise.race([application.acquireTokenByDeviceCode(request), untilAborted(signal)])
    return result === 'aborted' ? fail(signInCancelled) : personTokenOf(application, result, waiting)
  } catch (error) {
    return fail(signal.aborted ? signInCancelled : describePersonFailure(error, network))
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

/** What is asked of Graph in the name of the person. */
export function scopesOf({ graphUrl, permission: wanted = permission }: SigningIn): string[] {
  return [`${graphUrl}/${wanted}`]
}

export function personTokenOf(application: PublicClientApplication, result: AuthenticationResult | null, waiting: Waiting): Result<PersonToken, Problem> {
  if (result === null || result.accessToken === '') return fail(noToken)
  return succeed({ text: result.accessToken, expiresAt: result.expiresOn?.getTime() ?? waiting.now(), account: result.account?.username ?? null, refreshToken: readRefreshToken(application) })
}

export function personApplication({ clientId, tenantId, signInUrl }: SigningIn, network: Pick<TokenNetwork, 'client'>): PublicClientApplication {
  const authority = `${signInUrl}/${tenantId}`
  const authorityMetadata = JSON.stringify({
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`, token_endpoint: `${authority}/oauth2/v2.0/token`,
    issuer: `${authority}/v2.0`, jwks_uri: `${authority}/discovery/v2.0/keys`,
  })
  return new PublicClientApplication({
    auth: { clientId, authority, authorityMetadata, knownAuthorities: [new URL(signInUrl).host] },
    system: { networkClient: network.client, disableInternalRetries: true },
  })
}

/** MSAL tells nobody its refresh token but the cache (its own format: entries by key, each with `secret`). */
export function readRefreshToken(application: PublicClientApplication): string | null {
  const cache: unknown = JSON.parse(application.getTokenCache().serialize())
  const tokens = isRecord(cache) && isRecord(cache['RefreshToken']) ? Object.values(cache['RefreshToken']) : []
  const secrets = tokens.filter(isRecord).map(({ secret }) => secret)
  return secrets.find((secret) => typeof secret === 'string') ?? null
}

function untilAborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('aborted')
    else signal.addEventListener('abort', () => resolve('aborted'), { once: true })
  })
}

export type StoppingNetwork = TokenNetwork & { /** What Entra said, other than that nobody has decided yet. */ refusal(): TokenServiceError | null }

/** MSAL takes a refusal to give a code for a code, and shows it: what Entra says ends the sign-in here. */
export function stopAtRefusals(network: TokenNetwork): StoppingNetwork {
  let refusal: TokenServiceError | null = null
  const sendPostRequestAsync: TokenNetwork['client']['sendPostRequestAsync'] = async <Body>(...request: Parameters<TokenNetwork['client']['sendPostRequestAsync']>) => {
    const answer = await network.client.sendPostRequestAsync<Body>(...request)
    refusal = readRefusal(answer.status, answer.body)
    if (refusal !== null) throw new Error(refusal.error)
    return answer
  }
  return { ...network, client: { ...network.client, sendPostRequestAsync }, refusal: () => refusal }
}

/** Null: a code, a token, or the person has not decided yet (RFC 8628 3.5). */
function readRefusal(status: number, body: unknown): TokenServiceError | null {
  if (!isRecord(body) || typeof body['error'] !== 'string' || body['error'] === 'authorization_pending' || body['error'] === 'slow_down') return null
  const codes = body['error_codes']
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  return { error: body['error'], code: Array.isArray(codes) ? String(codes[0]) : 'unknown', description: text(body['error_description']), status, correlationId: text(body['correlation_id']) }
}

/** Errors of the grant itself (RFC 8628 3.5, and Entra's own names for them). */
const refusals: Readonly<Record<string, Problem>> = {
  authorization_declined: { kind: 'notPermitted', message: 'The sign-in was declined in the browser.', remedy: 'Sign in again, and accept.' },
  access_denied: { kind: 'notPermitted', message: 'The sign-in was declined in the browser.', remedy: 'Sign in again, and accept.' },
}

/** AADSTS7000218: Entra asks for a secret because the registration is no public client. */
const notPublic = '7000218'
/** MSAL counts the time of the code by itself. */
const codeExpired = 'device_code_expired'

export function describePersonFailure(error: unknown, network: StoppingNetwork): Problem {
  const [failure, refusal] = [network.failure(), network.refusal()]
  if (failure !== null) return failure
  if (refusal?.code === notPublic) {
    return { kind: 'credentialsRefused', message: 'The app registration does not let people sign in by a code.', remedy: 'Under App registrations, Authentication, set "Allow public client flows" to yes.' }
  }
  if (refusal?.error === 'expired_token') return nobodyCame
  if (refusal !== null) return refusals[refusal.error] ?? describeTokenServiceError(refusal)
  if (error instanceof AuthError && error.errorCode === codeExpired) return nobodyCame
  return { kind: 'credentialsRefused', message: 'The sign-in could not be prepared.', remedy: 'Check clientId and tenantId of `entra`.', detail: { description: error instanceof Error ? error.message : String(error) } }
}

const nobodyCame: Problem = { kind: 'timedOut', message: 'Nobody entered the code in time.', remedy: 'Start again and enter the new code.' }
export const signInCancelled: Problem = { kind: 'cancelled', message: 'The sign-in was cancelled.', remedy: 'Start it again.' }
const noToken: Problem = { kind: 'malformedAnswer', message: 'The token service answered without an access token.', remedy: 'Look whether a proxy or firewall answers in place of the service.' }
