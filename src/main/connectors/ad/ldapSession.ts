import type { Socket } from 'node:net'
import { AbandonRequest, ExtendedResponse, MessageParser, SearchEntry, SearchReference, UnbindRequest } from 'ldapts'
import type { AddRequest, BindRequest, DeleteRequest, ExtendedRequest, ModifyDNRequest, ModifyRequest, SearchRequest, SearchResponse } from 'ldapts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { cancelled, connectionLost, describeRefusal, timedOut } from './errors.ts'

export type LdapRequest = AddRequest | BindRequest | DeleteRequest | ExtendedRequest | ModifyDNRequest | ModifyRequest | SearchRequest

/** The answer that ends an operation, and the entries that came before it. References to other naming contexts are left out. */
export type LdapAnswer = { readonly response: FinalResponse; readonly entries: readonly SearchEntry[] }
type FinalResponse = Pick<SearchResponse, 'status' | 'errorMessage' | 'controls'> & { readonly value?: string }

export type RequestOptions = {
  /** Begins the sentence of a problem: "Creating CN=…". */
  readonly doing: string
  readonly signal: AbortSignal
  /** Milliseconds. */
  readonly timeout: number
}

type Pending = { readonly message: LdapRequest; readonly doing: string; readonly entries: SearchEntry[]; readonly settle: (result: Result<LdapAnswer, Problem>) => void }
type ServerMessage = Pick<SearchResponse, 'messageId' | 'status' | 'errorMessage' | 'controls'>

/**
 * One LDAP conversation over one open socket, on the message classes of ldapts. Its client is not used: it keeps the cookie
 * of paging to itself, ends on an empty page, cannot cancel, and splits a new DN at the wrong comma.
 * Operations may overlap. After the first failure of the connection every operation answers with that problem.
 */
export class LdapSession {
  readonly #socket: Socket
  readonly #parser = new MessageParser()
  readonly #pending = new Map<string, Pending>()
  #lastMessageId = 0
  #lostBecause: string | null = null
  #wasLostAtWork = false

  constructor(socket: Socket) {
    this.#socket = socket
    this.#parser.on('message', (message) => this.#receive(message))
    this.#parser.on('error', (error) => this.#lose(`the server sent what is not LDAP: ${error.message}`))
    socket.on('data', this.#read)
    socket.on('error', this.#loseByError)
    socket.on('close', this.#loseByClose)
  }

  get isOpen(): boolean {
    return this.#lostBecause === null
  }

  /** Whether somebody waited for an answer when the connection went. Servers close idle connections too, and mean nothing by it. */
  get wasLostAtWork(): boolean {
    return this.#wasLostAtWork
  }

  get remoteAddress(): string | null {
    return this.#socket.remoteAddress ?? null
  }

  /** The result codes of the server other than success come as problems of `describeRefusal`. */
  request(build: (messageId: number) => LdapRequest, options: RequestOptions): Promise<Result<LdapAnswer, Problem>> {
    const { doing, signal, timeout } = options
    if (signal.aborted) return Promise.resolve(fail(cancelled(doing)))
    if (this.#lostBecause !== null) return Promise.resolve(fail(connectionLost(doing, this.#lostBecause)))
    this.#lastMessageId += 1
    const messageId = this.#lastMessageId
    const message = build(messageId)
    return new Promise((resolve) => {
      const settle = (result: Result<LdapAnswer, Problem>) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', abort)
        this.#pending.delete(String(messageId))
        resolve(result)
      }
      const abort = () => {
        settle(fail(cancelled(doing)))
        this.#abandon(messageId)
      }
      const timer = setTimeout(() => {
        settle(fail(timedOut(doing, timeout)))
        // A server that does not answer one operation is not trusted with the next one on this connection.
        this.#lose('an operation got no answer in time')
        this.#wasLostAtWork = true
      }, timeout)
      signal.addEventListener('abort', abort, { once: true })
      this.#pending.set(String(messageId), { message, doing, entries: [], settle })
      const octets = message.write()
      // They may hold a password, which shall not outlive its sending.
      this.#socket.write(octets, () => octets.fill(0))
    })
  }

  /** Gives the socket back, open and without listeners, to be encrypted. Nothing may be under way. */
  detach(): Socket {
    this.#lostBecause = 'the connection was handed over to be encrypted'
    this.#removeListeners()
    return this.#socket
  }

  /** Says goodbye and closes; what is under way fails. */
  close(): void {
    if (this.#lostBecause !== null) return
    this.#lastMessageId += 1
    this.#socket.end(new UnbindRequest({ messageId: this.#lastMessageId }).write())
    this.#lose('the connection was closed')
  }

  readonly #read = (data: Buffer) => this.#parser.read(data, this.#pending)
  readonly #loseByError = (error: Error) => this.#lose(error.message)
  readonly #loseByClose = () => this.#lose('the server closed the connection')

  #receive(message: ServerMessage): void {
    const pending = this.#pending.get(String(message.messageId))
    if (message.messageId === 0) return this.#lose(noticeOf(message))
    if (pending === undefined || message instanceof SearchReference) return
    if (message instanceof SearchEntry) {
      pending.entries.push(message)
      return
    }
    const isSuccess = message.status === 0
    const refusal = { code: message.status, message: message.errorMessage }
    const value = message instanceof ExtendedResponse && message.value !== undefined ? { value: message.value } : {}
    const response = { status: message.status, errorMessage: message.errorMessage, controls: message.controls ?? [], ...value }
    pending.settle(isSuccess ? succeed({ response, entries: pending.entries }) : fail(describeRefusal(pending.doing, refusal)))
  }

  #abandon(messageId: number): void {
    if (this.#lostBecause !== null) return
    this.#lastMessageId += 1
    this.#socket.write(new AbandonRequest({ messageId: this.#lastMessageId, abandonId: messageId }).write())
  }

  #lose(reason: string): void {
    if (this.#lostBecause !== null) return
    this.#lostBecause = reason
    this.#wasLostAtWork = this.#pending.size > 0
    this.#removeListeners()
    // A reset that arrives after the end concerns nobody any more.
    this.#socket.on('error', () => undefined)
    this.#socket.destroySoon()
    for (const { doing, settle } of this.#pending.values()) settle(fail(connectionLost(doing, reason)))
  }

  #removeListeners(): void {
    this.#socket.off('data', this.#read)
    this.#socket.off('error', this.#loseByError)
    this.#socket.off('close', this.#loseByClose)
  }
}

/** RFC 4511 4.4.1: message 0 is the server's notice that it closes the connection. */
function noticeOf(message: ServerMessage): string {
  return `the server ended the connection with code ${message.status}`
}
