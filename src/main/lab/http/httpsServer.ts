import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { Server } from 'node:https'
import type { Duplex } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { isDecodable } from './isDecodable.ts'
import type { HttpFailure, HttpService, LabAnswer, LabRequest } from './message.ts'

export type HttpsOptions = {
  readonly host: string
  /** 0 takes a free port. */
  readonly port: number
  readonly tls: { readonly certificatePem: string; readonly privateKeyPem: string }
}

export type HttpsServer = {
  readonly port: number
  /** Requests that came before are answered now: a service often has to know its own port. */
  serve(service: HttpService): void
  close(): Promise<void>
}

/** Graph refuses requests over 4 MB (documented for `$batch` and uploads); nothing that the lab takes comes near. */
const largestBody = 4 * 1024 * 1024
const smallestGzipped = 1024

/** Listens on loopback. Rejects with EADDRINUSE where the port is taken. No request, however malformed, stops it. */
export async function startHttpsServer(options: HttpsOptions): Promise<HttpsServer> {
  const service = Promise.withResolvers<HttpService>()
  const server = createServer(
    { cert: options.tls.certificatePem, key: options.tls.privateKeyPem, minVersion: 'TLSv1.2', requestTimeout: 30_000, headersTimeout: 10_000 },
    (request, response) => {
      // What cannot even be said to have failed ends the connection, and only that.
      service.promise.then((ready) => answer(ready, request, response)).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
    },
  )
  server.on('clientError', refuseMalformed)
  await listen(server, options)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The HTTPS server has no TCP address')
  return { port: address.port, serve: service.resolve, close: () => close(server) }
}

function listen(server: Server, options: HttpsOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)))
    server.closeAllConnections()
  })
}

/** What the parser of Node refuses (bad request line, headers too long or too slow) gets an HTTP answer, then the connection ends. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const status = { HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large', ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout' }[error.code ?? '']
  socket.end(`HTTP/1.1 ${status ?? '400 Bad Request'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

async function answer(service: HttpService, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const request = await readRequest(incoming)
    const reply = typeof request === 'string' ? service.answerFailure(request, incoming, null) : await service.answer(request)
    send(incoming, response, reply, request === 'bodyTooLarge' ? 'close' : 'keep-alive')
  } catch (cause) {
    // The client is gone: nobody is left to be answered.
    if (incoming.destroyed && !incoming.complete) return
    send(incoming, response, service.answerFailure('internal', incoming, cause), 'close')
  }
}

async function readRequest(incoming: IncomingMessage): Promise<LabRequest | HttpFailure> {
  const url = URL.parse(incoming.url ?? '', `https://${incoming.headers.host ?? 'localhost'}`)
  const chunks: Buffer[] = []
  let length = 0
  // Not destroyed on return: a body that is too large is left unread, and the client still gets its answer.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > largestBody) return 'bodyTooLarge'
    chunks.push(chunk)
  }
  if (url === null || !isDecodable(url)) return 'urlMalformed'
  return { method: incoming.method ?? 'GET', url, headers: incoming.headers, body: Buffer.concat(chunks) }
}

function send(incoming: IncomingMessage, response: ServerResponse, reply: LabAnswer, connection: 'close' | 'keep-alive'): void {
  if (response.headersSent || response.destroyed) return
  if (reply.breaksOff === 'atOnce') {
    incoming.socket.destroy()
    return
  }
  const plain = Buffer.from(reply.body, 'utf8')
  const isGzipped = plain.length >= smallestGzipped && /\bgzip\b/.test(incoming.headers['accept-encoding'] ?? '')
  const body = isGzipped ? gzipSync(plain) : plain
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(isGzipped ? { 'Content-Encoding': 'gzip' } : {}),
    ...(connection === 'close' ? { Connection: 'close' } : {}),
    Vary: 'Accept-Encoding',
    'Content-Length': String(body.length),
  })
  if (reply.breaksOff === 'halfway') response.write(body.subarray(0, Math.floor(body.length / 2)), () => incoming.socket.destroy())
  else response.end(incoming.method === 'HEAD' ? undefined : body)
}
