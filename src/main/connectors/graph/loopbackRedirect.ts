import { timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { isRecord } from './parseJson.ts'
import { redirectPages, writeRedirectPage, type RedirectPage } from './redirectPage.ts'

/** What the browser brought back: a code, or why there is none (RFC 6749 4.1.2 and 4.1.2.1). */
export type RedirectAnswer = { readonly kind: 'code'; readonly code: string } | { readonly kind: 'refused'; readonly error: string; readonly description: string }

export type LoopbackRedirect = {
  /** `http://localhost:<port>`: Entra lets the port vary where `http://localhost` is registered. */
  readonly redirectUri: string
  /** The one answer that has the right state. */
  readonly answer: Promise<RedirectAnswer>
  close(): Promise<void>
}

/**
 * Waits on this computer for the browser that comes back from the sign-in (RFC 8252 7.3), for one answer with `state` and for
 * nothing else. Both loopback addresses are taken, because Entra takes only the name `localhost` and a browser may look at
 * either: whoever held the other one would be handed the code (RFC 8252 8.3; without the verifier he could do nothing with it).
 */
export async function openLoopbackRedirect(state: string): Promise<Result<LoopbackRedirect, Problem>> {
  const answered = Promise.withResolvers<RedirectAnswer>()
  let status: 'waiting' | 'answered' = 'waiting'
  const listening = await listenOnLoopback((request, response) => {
    const asked = readRedirect(request, state)
    if (asked.kind === 'other' || status === 'answered') return sendPage(response, asked.kind === 'other' ? asked.status : 404, redirectPages.nothing)
    if (asked.kind === 'stranger') return sendPage(response, 400, redirectPages.stranger)
    status = 'answered'
    const { answer } = asked
    sendPage(response, 200, answer.kind === 'code' ? redirectPages.answered : redirectPages.refused)
    // The person sees the page before the server goes.
    response.once('close', () => answered.resolve(answer))
  })
  if (!listening.ok) return listening
  const { servers, port } = listening.value
  return succeed({
    redirectUri: `http://localhost:${port}`, answer: answered.promise,
    close: async () => { await Promise.all(servers.map(closeServer)) },
  })
}

type Asked = { readonly kind: 'answer'; readonly answer: RedirectAnswer } | { readonly kind: 'stranger' } | { readonly kind: 'other'; readonly status: 404 | 405 | 421 }

function readRedirect({ method, url = '', headers, socket }: IncomingMessage, state: string): Asked {
  // Another name for this computer is one that somebody else made up.
  if (headers.host !== `localhost:${socket.localPort ?? 0}`) return { kind: 'other', status: 421 }
  const [path, query = ''] = url.split('?', 2)
  if (path !== '/') return { kind: 'other', status: 404 }
  if (method !== 'GET') return { kind: 'other', status: 405 }
  const given = new URLSearchParams(query)
  if (!isSameText(given.get('state') ?? '', state)) return { kind: 'stranger' }
  const [code, error] = [given.get('code') ?? '', given.get('error') ?? '']
  if (code === '' && error === '') return { kind: 'stranger' }
  return { kind: 'answer', answer: error === '' ? { kind: 'code', code } : { kind: 'refused', error, description: given.get('error_description') ?? '' } }
}

function isSameText(left: string, right: string): boolean {
  const [leftOctets, rightOctets] = [Buffer.from(left), Buffer.from(right)]
  return leftOctets.length === rightOctets.length && timingSafeEqual(leftOctets, rightOctets)
}

function sendPage(response: ServerResponse, status: number, page: RedirectPage): void {
  const { headers, body } = writeRedirectPage(page)
  response.writeHead(status, { ...headers, Connection: 'close', ...(status === 405 ? { Allow: 'GET' } : {}) }).end(body)
}

/** A port that is free on one loopback address may be taken on the other. */
const attempts = 5

async function listenOnLoopback(listener: RequestListener): Promise<Result<{ readonly servers: readonly Server[]; readonly port: number }, Problem>> {
  let reason = ''
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const first = await listen(listener, '127.0.0.1', 0)
    if ('code' in first) return fail(cannotListen(first.code))
    const port = portOf(first.server)
    const second = await listen(listener, '::1', port)
    if ('server' in second) return succeed({ servers: [first.server, second.server], port })
    // A computer without IPv6 has one loopback address.
    if (second.code === 'EADDRNOTAVAIL' || second.code === 'EAFNOSUPPORT') return succeed({ servers: [first.server], port })
    await closeServer(first.server)
    reason = second.code
  }
  return fail(cannotListen(reason))
}

async function listen(listener: RequestListener, host: string, port: number): Promise<{ readonly server: Server } | { readonly code: string }> {
  const server = createServer(listener)
  server.listen(port, host)
  try {
    await once(server, 'listening')
    return { server }
  } catch (error) {
    return { code: isRecord(error) && typeof error['code'] === 'string' ? error['code'] : String(error) }
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A server that listens has no port')
  return address.port
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  // Browsers connect ahead of what they ask.
  server.closeAllConnections()
  await closed
}

function cannotListen(reason: string): Problem {
  return { kind: 'requestRefused', message: `This computer does not let Guestbridge wait for the browser (${reason}).`, remedy: 'Sign in with a code instead.', detail: { reason } }
}
