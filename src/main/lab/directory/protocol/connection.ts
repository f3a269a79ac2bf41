import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { TLSSocket } from 'node:tls'
import type { Directory } from '../directory.ts'
import { tlsNotPossible } from '../errors.ts'
import { resultCode } from '../refusal.ts'
import { makePagedSearches } from '../search/pagedSearches.ts'
import type { View } from '../search/view.ts'
import { answer } from './answer.ts'
import { MalformedMessage } from './berElements.ts'
import { encodeDisconnection, encodeExtended, succeeded } from './encodeResponse.ts'
import { makeFraming } from './framing.ts'
import type { Message } from './parseRequest.ts'
import { parseMessage } from './parseRequest.ts'
import type { Session } from './session.ts'
import { extension } from './supported.ts'
import { waitForDrain } from './waitForDrain.ts'

/** MaxConnIdleTime (MS-ADTS 3.1.1.3.4.6), in milliseconds. */
const longestIdleTime = 900_000

/** The client went away while an answer was on its way: nobody is left to tell. */
class ClientGone extends Error {}

/** One client, until it unbinds, goes away, is idle for too long, or sends what is no LDAP. Operations are answered one after the other. */
export class Connection {
  private socket: Socket
  private framing = makeFraming()
  private readonly waiting: Message[] = []
  private answering: number | null = null
  private readonly session: Session
  private readonly secureContext: SecureContext

  constructor(directory: Directory, socket: Socket, secureContext: SecureContext, view: View) {
    this.secureContext = secureContext
    this.socket = socket
    this.session = {
      directory,
      actor: { kind: 'anonymous' },
      transport: socket instanceof TLSSocket ? 'encrypted' : 'plain',
      view,
      pages: makePagedSearches(),
      abandoned: new Set(),
      send: (octets) => this.send(octets),
    }
    this.listenTo(socket)
  }

  /** Tells the client that the server goes (RFC 4511 4.4.1). */
  shutDown(): void {
    this.end(encodeDisconnection(resultCode.unavailable, 'The server is shutting down'))
  }

  private listenTo(socket: Socket): void {
    socket.on('data', (chunk: Buffer) => this.receive(chunk))
    // A broken connection is the client's business; `close` follows and frees what it held.
    socket.on('error', () => socket.destroy())
    socket.setTimeout(longestIdleTime, () => this.end(encodeDisconnection(resultCode.unavailable, 'The connection was idle for too long')))
  }

  private receive(chunk: Buffer): void {
    try {
      for (const octets of this.framing.push(chunk)) this.accept(parseMessage(octets))
    } catch (error) {
      this.fail(error)
    }
  }

  private accept(message: Message): void {
    const { operation } = message
    if (operation.kind === 'abandon') return this.abandon(operation.messageId)
    this.waiting.push(message)
    if (this.answering === null) void this.answerWaiting()
  }

  private abandon(id: number): void {
    const position = this.waiting.findIndex((message) => message.id === id)
    if (position >= 0) this.waiting.splice(position, 1)
    if (this.answering === id) this.session.abandoned.add(id)
  }

  private async answerWaiting(): Promise<void> {
    try {
      for (let message = this.waiting.shift(); message !== undefined; message = this.waiting.shift()) {
        this.answering = message.id
        await this.answerOne(message)
        this.session.abandoned.clear()
      }
    } catch (error) {
      this.fail(error)
    } finally {
      this.answering = null
    }
  }

  private async answerOne(message: Message): Promise<void> {
    const { operation } = message
    if (operation.kind === 'unbind') return this.end()
    if (operation.kind === 'abandon') return this.abandon(operation.messageId)
    if (operation.kind === 'extended' && operation.oid === extension.startTls) return this.startTls(message.id)
    return answer(this.session, { ...message, operation })
  }

  /** RFC 4511 4.14. What the client sent before the handshake and behind the request was not protected, so it is not LDAP any more. */
  private async startTls(id: number): Promise<void> {
    if (this.session.transport === 'encrypted') return this.send(encodeExtended(id, tlsNotPossible(), { oid: extension.startTls }))
    if (this.waiting.length > 0) throw new MalformedMessage('requests follow StartTLS')
    const plain = this.socket
    plain.removeAllListeners('data').removeAllListeners('timeout').setTimeout(0)
    plain.write(encodeExtended(id, succeeded, { oid: extension.startTls }))
    this.framing = makeFraming()
    this.socket = new TLSSocket(plain, { isServer: true, secureContext: this.secureContext })
    this.session.transport = 'encrypted'
    this.session.actor = { kind: 'anonymous' }
    this.listenTo(this.socket)
  }

  private async send(octets: Buffer): Promise<void> {
    if (this.socket.destroyed) throw new ClientGone()
    const isTaken = this.socket.write(octets) || (await waitForDrain(this.socket))
    if (!isTaken) throw new ClientGone()
  }

  private fail(error: unknown): void {
    if (error instanceof ClientGone) return this.end()
    if (error instanceof MalformedMessage) return this.end(encodeDisconnection(resultCode.protocolError, `The server will disconnect: ${error.message}`))
    // A fault of this server: the client learns that its operation is lost, the process that there is something to repair.
    process.emitWarning(error instanceof Error ? error : new Error(String(error)))
    this.end(encodeDisconnection(resultCode.other, 'The server failed on this operation'))
  }

  private end(last?: Buffer): void {
    this.waiting.length = 0
    if (this.socket.destroyed) return
    if (last !== undefined) this.socket.write(last)
    this.socket.destroySoon()
  }
}
