import type { Configuration } from '@azure/msal-node'
import type { Problem } from '../../../shared/domain/problem.ts'
import { malformedAnswer } from './malformedAnswer.ts'
import { isRecord, parseJson } from './parseJson.ts'
import { sendOnce, sendWithRetries } from './sendRequest.ts'
import type { Waiting } from './waiting.ts'

type NetworkModule = NonNullable<NonNullable<Configuration['system']>['networkClient']>
type Options = Parameters<NetworkModule['sendPostRequestAsync']>[1]

type NetworkAnswer<Body> = { headers: Record<string, string>; body: Body; status: number }

export type TokenNetwork = {
  /** Thrown into MSAL where there is no usable answer; MSAL's own error for it says nothing, `failure` does. */
  readonly client: NetworkModule
  failure(): Problem | null
}

/** MSAL's requests by the same way as Graph's: retried, cancelled by the signal, with the authorities that we trust. */
export function createTokenNetwork(waiting: Waiting, signal: AbortSignal): TokenNetwork {
  let failure: Problem | null = null

  async function send(method: 'GET' | 'POST', url: string, options: Options): Promise<NetworkAnswer<unknown>> {
    const request = { method, url, headers: options?.headers ?? {}, body: options?.body ?? null }
    const answer = await sendWithRetries(url, () => sendOnce(request, signal), waiting, signal)
    if (!answer.ok) throw remember(answer.problem)
    const { status, headers, text } = answer.value
    const body = parseJson(text)
    if (!body.ok) throw remember(malformedAnswer(url, status, headers, body.problem))
    if (!isTokenAnswer(body.value)) throw remember(malformedAnswer(url, status, headers, 'it holds neither a token nor an error'))
    return { status, headers: Object.fromEntries(headers), body: body.value }
  }

  function remember(problem: Problem): Error {
    failure = problem
    return new Error(problem.message)
  }

  return {
    client: {
      // MSAL names the type of what it reads; that it is a token or an error was seen in `send`.
      sendGetRequestAsync: async <Body>(url: string, options: Options) => await send('GET', url, options) as NetworkAnswer<Body>,
      sendPostRequestAsync: async <Body>(url: string, options: Options) => await send('POST', url, options) as NetworkAnswer<Body>,
    },
    failure: () => failure,
  }
}

/** RFC 6749 5.1 and 5.2; a device code (RFC 8628 3.2) comes before its token. */
function isTokenAnswer(body: unknown): boolean {
  if (!isRecord(body)) return false
  if (typeof body['device_code'] === 'string' && typeof body['user_code'] === 'string' && typeof body['verification_uri'] === 'string') return true
  return typeof body['error'] === 'string' || (typeof body['access_token'] === 'string' && Number(body['expires_in']) > 0)
}
