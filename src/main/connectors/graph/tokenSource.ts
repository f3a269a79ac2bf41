import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { succeed } from '../../../shared/domain/result.ts'
import type { AccessToken } from './accessToken.ts'
import { requestAccessToken } from './accessToken.ts'
import type { EntraConnection } from './entraConnection.ts'
import { refreshPersonToken } from './personSignIn.ts'
import type { Waiting } from './waiting.ts'

export type TokenSource = {
  /** A token that is good for some minutes. */
  current(signal: AbortSignal): Promise<Result<string, Problem>>
  /** Another one, after Graph refused this one. */
  replace(signal: AbortSignal): Promise<Result<string, Problem>>
}

/** Entra's clock and ours may differ by minutes. */
const margin = 300_000

export function createTokenSource(connection: EntraConnection, waiting: Waiting): TokenSource {
  let kept: AccessToken | null = null

  async function replace(signal: AbortSignal): Promise<Result<string, Problem>> {
    const token = await requestToken(connection, waiting, signal)
    if (!token.ok) return token
    kept = token.value
    return succeed(token.value.text)
  }

  return {
    replace,
    current: async (signal) => (kept !== null && kept.expiresAt - waiting.now() > margin ? succeed(kept.text) : replace(signal)),
  }
}

async function requestToken(connection: EntraConnection, waiting: Waiting, signal: AbortSignal): Promise<Result<AccessToken, Problem>> {
  const { credential } = connection
  if (credential.kind !== 'person') return requestAccessToken({ ...connection, credential }, waiting, signal)
  const token = await refreshPersonToken(connection, credential.refreshToken(), waiting, signal)
  if (token.ok) await credential.keep(token.value.refreshToken)
  return token
}
