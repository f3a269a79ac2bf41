import type { Context, Middleware, MiddlewareOptions } from '@microsoft/microsoft-graph-client'
import { Client, ResponseType } from '@microsoft/microsoft-graph-client'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { describeGraphError } from './graphProblems.ts'
import { malformedAnswer } from './malformedAnswer.ts'
import { parseJson } from './parseJson.ts'
import type { Attempt, HttpAnswer, HttpRequest } from './sendRequest.ts'
import { sendOnce, sendWithoutRepeating, sendWithRetries } from './sendRequest.ts'
import type { TokenSource } from './tokenSource.ts'
import type { Waiting } from './waiting.ts'

/** JSON that Graph answered with, its shape still unknown; `answer` is for problems that name the request id. */
export type GraphAnswer = { readonly url: string; readonly body: unknown; readonly answer: HttpAnswer }

export type GraphClient = {
  /** `url` is absolute and on Graph's host, with everything encoded already. */
  getJson(url: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Result<GraphAnswer, Problem>>
  postJson(url: string, body: unknown, repeat: Repeat, signal: AbortSignal): Promise<Result<GraphAnswer, Problem>>
}

/** Whether a request may go out again while Graph is busy or the connection breaks; `never` for what has an effect. */
export type Repeat = 'whileUnavailable' | 'never'

type Sending = { readonly request: HttpRequest; readonly repeat: Repeat; readonly signal: AbortSignal }

/** What one call hands to our middleware, and what it hands back: the library has no way for either. */
class Exchange implements MiddlewareOptions {
  readonly sending: Sending
  result: Result<HttpAnswer, Problem> | null = null
  constructor(sending: Sending) {
    this.sending = sending
  }
}

/**
 * Microsoft's client with one middleware of our own in place of its chain, which fetches the token once before all retries,
 * sleeps on when cancelled, does not retry network failures, and reads a cut-off answer as an empty error.
 */
export function createGraphClient(graphUrl: string, tokens: TokenSource, waiting: Waiting): GraphClient {
  const client = Client.initWithMiddleware({ baseUrl: graphUrl, middleware: createTransport(graphUrl, tokens, waiting) })

  async function send(sending: Sending): Promise<Result<GraphAnswer, Problem>> {
    const exchange = new Exchange(sending)
    const { method, url, headers, body } = sending.request
    const request = client.api(url).headers(headers).middlewareOptions([exchange]).responseType(ResponseType.RAW)
    await (method === 'GET' ? request.get() : request.post(body))
    if (exchange.result === null) throw new Error('The Graph client did not run its middleware')
    return exchange.result.ok ? readJson(url, exchange.result.value) : exchange.result
  }

  return {
    getJson: (url, headers, signal) => send({ request: { method: 'GET', url, headers, body: null }, repeat: 'whileUnavailable', signal }),
    postJson: (url, body, repeat, signal) =>
      send({ request: { method: 'POST', url, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }, repeat, signal }),
  }
}

function createTransport(graphUrl: string, tokens: TokenSource, waiting: Waiting): Middleware {
  return {
    async execute(context) {
      const exchange = exchangeOf(context)
      const { sending } = exchange
      const headers = Object.fromEntries(new Headers(context.options?.headers))
      // A nextLink is opaque; the library takes URLs apart and joins them in another order, so the exact one travels beside.
      exchange.result = await sendAuthorized({ ...sending, request: { ...sending.request, headers } }, graphUrl, tokens, waiting)
      context.response = exchange.result.ok ? new Response(null, { status: 204 }) : Response.error()
    },
  }
}

function exchangeOf(context: Context): Exchange {
  const exchange = context.middlewareControl?.getMiddlewareOptions(Exchange)
  if (!(exchange instanceof Exchange)) throw new Error('A request to Graph came without its exchange')
  return exchange
}

async function sendAuthorized({ request, repeat, signal }: Sending, graphUrl: string, tokens: TokenSource, waiting: Waiting): Promise<Result<HttpAnswer, Problem>> {
  // The token must never leave for another host.
  if (new URL(request.url).origin !== new URL(graphUrl).origin) throw new Error(`Not a URL of ${graphUrl}`)
  let mayReplaceToken = true

  async function attemptOnce(): Promise<Attempt> {
    const attempt = await sendWith(await tokens.current(signal))
    if (!mayReplaceToken || attempt.kind !== 'answered' || attempt.answer.status !== 401) return attempt
    // Once only: a token revoked in between is replaced, an application that is refused stays refused.
    mayReplaceToken = false
    return sendWith(await tokens.replace(signal))
  }

  async function sendWith(token: Result<string, Problem>): Promise<Attempt> {
    if (!token.ok) return { kind: 'notSent', problem: token.problem }
    return sendOnce({ ...request, headers: { ...request.headers, accept: 'application/json', authorization: `Bearer ${token.value}` } }, signal)
  }

  return repeat === 'never' ? sendWithoutRepeating(request.url, attemptOnce, signal) : sendWithRetries(request.url, attemptOnce, waiting, signal)
}

function readJson(url: string, answer: HttpAnswer): Result<GraphAnswer, Problem> {
  if (answer.status >= 300 && answer.status < 400) return fail(malformedAnswer(url, answer.status, answer.headers, 'it is a redirect to somewhere else'))
  if (answer.status < 200 || answer.status > 299) return fail(describeGraphError(url, answer))
  const body = parseJson(answer.text)
  return body.ok ? succeed({ url, body: body.value, answer }) : fail(malformedAnswer(url, answer.status, answer.headers, body.problem))
}
