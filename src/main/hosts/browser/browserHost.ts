import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type RawData, type WebSocket } from 'ws'
import type { WindowChannel } from '../window/openWindowService.ts'
import { answerFile, plain, type Answer } from '../window/page.ts'
import { createTokens } from './tokens.ts'

export type BrowserHostOptions = {
  /** Folder of the built renderer. */
  readonly renderer: string
  /** 0 takes a free one. */
  readonly port: number
  readonly now: () => number
  /** Milliseconds in which a socket has to show its token. */
  readonly patience: number
  /** A page that has shown a good token. */
  readonly onChannel: (channel: WindowChannel) => void
}

export type BrowserHost = { readonly port: number; /** With the one-time token in its fragment. */ readonly address: string; close(): Promise<void> }

/** Frames are small: a window of a list, a preview. What is larger is no frame of ours. */
const largestFrame = 4 * 1024 * 1024
/** Sockets that have not shown a token yet. More are somebody who wants to keep our page out. */
const mostStrangers = 20

/** The loopback host: 127.0.0.1 only, one exact Host and Origin, no cookies, no CORS, a token before anything is said. */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const tokens = createTokens(options.now)
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, maxHeaderSize: 8192 })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrame, perMessageDeflate: false })
  const strangers = new Set<WebSocket>()
  const port = await listen(server, options.port)
  const authority = `127.0.0.1:${port}`
  server.on('request', (request, response) => void answerRequest(request, authority, options.renderer).then((answer) => send(response, answer)))
  server.on('upgrade', (request, socket, head) => {
    // A peer that goes away in the middle of the handshake is no error of ours.
    socket.on('error', () => socket.destroy())
    const refusal = judgeUpgrade(request, authority)
    if (refusal !== null) return refuseUpgrade(socket, refusal)
    if (strangers.size >= mostStrangers) return refuseUpgrade(socket, { status: 503, text: 'Service Unavailable' })
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      strangers.add(webSocket)
      const admit = (token: unknown): string | null => {
        strangers.delete(webSocket)
        return tokens.admit(token)
      }
      webSocket.once('close', () => strangers.delete(webSocket))
      awaitHello(webSocket, { admit, patience: options.patience, onChannel: options.onChannel })
    })
  })
  server.on('clientError', (_error, socket) => socket.destroy())
  return {
    port,
    address: `http://${authority}/#${tokens.oneTime}`,
    close: () => new Promise((resolve) => {
      for (const client of sockets.clients) client.terminate()
      sockets.close()
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') return reject(new Error('The host has no port'))
      resolve(address.port)
    })
  })
}

async function answerRequest(request: IncomingMessage, authority: string, renderer: string): Promise<Answer> {
  // RFC 9110 15.5.20: a request that was meant for somebody else (DNS rebinding).
  if (request.headers.host !== authority) return plain(421, 'Misdirected request')
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET')
  const [pathname = '/'] = (request.url ?? '/').split('?')
  if (isFromElsewhere(request.headers) && !isPageLoad(request.headers, pathname)) return plain(403, 'Not from another site')
  return answerFile(renderer, pathname, `ws://${authority}`)
}

function isFromElsewhere(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  return site !== undefined && site !== 'none' && site !== 'same-origin'
}

/** The file that opens the window leads here from another site (file:). The page by itself says nothing without a token. */
function isPageLoad(headers: IncomingHttpHeaders, pathname: string): boolean {
  return pathname === '/' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
}

function judgeUpgrade(request: IncomingMessage, authority: string): { readonly status: number; readonly text: string } | null {
  if (request.headers.host !== authority) return { status: 421, text: 'Misdirected Request' }
  if (request.headers.origin !== `http://${authority}`) return { status: 403, text: 'Forbidden' }
  return request.url === '/channel' ? null : { status: 404, text: 'Not Found' }
}

function refuseUpgrade(socket: Duplex, { status, text }: { readonly status: number; readonly text: string }): void {
  socket.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** The first message is the token; nothing else is read before it. */
function awaitHello(socket: WebSocket, { admit, patience, onChannel }: Pick<BrowserHostOptions, 'patience' | 'onChannel'> & { readonly admit: (token: unknown) => string | null }): void {
  const timer = setTimeout(() => socket.terminate(), patience)
  socket.on('error', () => socket.terminate())
  socket.once('close', () => clearTimeout(timer))
  socket.once('message', (data, isBinary) => {
    clearTimeout(timer)
    const hello = isBinary ? null : parse(data)
    const session = typeof hello === 'object' && hello !== null && 'token' in hello ? admit(hello.token) : null
    if (session === null) return socket.close(4401, 'The token is not valid (any more)')
    onChannel(socketChannel(socket))
    socket.send(JSON.stringify({ session }))
  })
}

function socketChannel(socket: WebSocket): WindowChannel {
  return {
    post: (frame) => { if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame)) },
    onFrame: (listener) => void socket.on('message', (data, isBinary) => listener(isBinary ? null : parse(data))),
    onClose: (listener) => void socket.once('close', listener),
    // RFC 6455 7.4.1: 1012 is a service that starts again.
    close: () => socket.close(1012, 'The service has ended'),
  }
}

function parse(data: RawData): unknown {
  try {
    // ws gives one Buffer unless it is told otherwise.
    return Buffer.isBuffer(data) ? (JSON.parse(data.toString('utf8')) as unknown) : null
  } catch {
    // A broken frame is ignored like any other that is none.
    return null
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers)
  response.end(response.req.method === 'HEAD' ? undefined : body)
}
