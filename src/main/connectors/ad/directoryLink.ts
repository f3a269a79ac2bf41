import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { BindRequest, ExtendedRequest } from 'ldapts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { openPlainSocket, secureSocket } from './connectSocket.ts'
import type { DirectoryConnection, DirectoryServer } from './directoryConnection.ts'
import { defaultTimeouts } from './directoryConnection.ts'
import { cancelled } from './errors.ts'
import type { LdapAnswer, LdapRequest } from './ldapSession.ts'
import { LdapSession } from './ldapSession.ts'
import type { RootDse } from './rootDse.ts'
import { readRootDse } from './rootDse.ts'

export type SignedIn = { readonly session: LdapSession; readonly root: RootDse }

/** The controller that answered first, and where: all links that share it stay there. */
export class ControllerPin {
  first: { readonly server: DirectoryServer; readonly address: string | null; readonly controller: string } | null = null
}

/** Whether a lost connection may be replaced by one to another controller: an import may begin anew, an export may not go on there (sync-semantics 16). */
export type ControllerChoice = 'anyController' | ControllerPin

/**
 * One signed-in session that is made when it is first needed and made again after it was lost. Callers that come while it is
 * being made wait for the same one: two connections would be two conversations.
 */
export class DirectoryLink {
  readonly connection: DirectoryConnection
  readonly #choice: ControllerChoice
  readonly #closing = new AbortController()
  #opening: Promise<Result<SignedIn, Problem>> | null = null
  #current: SignedIn | null = null
  #server: DirectoryServer | null = null

  constructor(connection: DirectoryConnection, choice: ControllerChoice) {
    this.connection = connection
    this.#choice = choice
  }

  get timeouts() {
    return this.connection.timeouts ?? defaultTimeouts
  }

  /** Whoever cancels stops waiting at once; the connection goes on being made for the others. */
  async signIn(signal: AbortSignal): Promise<Result<SignedIn, Problem>> {
    if (signal.aborted) return fail(cancelled('Signing in to Active Directory'))
    if (this.#current?.session.isOpen === true) return succeed(this.#current)
    this.#opening ??= this.#open().finally(() => { this.#opening = null })
    return untilAborted(this.#opening, signal)
  }

  async request(build: (messageId: number) => LdapRequest, doing: string, signal: AbortSignal): Promise<Result<LdapAnswer, Problem>> {
    const signedIn = await this.signIn(signal)
    return signedIn.ok ? signedIn.value.session.request(build, { doing, signal, timeout: this.timeouts.operation }) : signedIn
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#opening
    this.#current?.session.close()
  }

  async #open(): Promise<Result<SignedIn, Problem>> {
    const pinned = this.#choice === 'anyController' ? null : this.#choice.first
    const servers = pinned === null ? this.#serversInOrder() : [pinned.server]
    let failed: Result<SignedIn, Problem> = fail(noServers)
    for (const server of servers) {
      const opened = await this.#openAt(server, pinned?.address ?? null)
      if (opened.ok || !isWorthAnotherServer(opened.problem)) return opened
      failed = opened
    }
    return failed
  }

  /** As configured; a controller that broke off in the middle of an answer comes last, so that who starts over does so elsewhere. */
  #serversInOrder(): readonly DirectoryServer[] {
    const { servers } = this.connection
    const left = this.#current?.session.wasLostAtWork === true ? this.#server : null
    return left === null ? servers : [...servers.filter((server) => server !== left), left]
  }

  async #openAt(server: DirectoryServer, address: string | null): Promise<Result<SignedIn, Problem>> {
    const session = await openSession(server, address, this.connection, { timeout: this.timeouts.connect, signal: this.#closing.signal })
    if (!session.ok) return session
    const signedIn = await this.#introduce(session.value, server)
    if (!signedIn.ok) session.value.close()
    else [this.#current, this.#server] = [signedIn.value, server]
    return signedIn
  }

  async #introduce(session: LdapSession, server: DirectoryServer): Promise<Result<SignedIn, Problem>> {
    const doing = `Signing in to ${server.host} as ${this.connection.account}`
    const options = { doing, signal: this.#closing.signal, timeout: this.timeouts.operation }
    const { account, password } = this.connection
    // RFC 4513 5.1.2: a bind without password succeeds as nobody.
    if (account === '' || password === '') return fail(noCredentials(doing))
    const bound = await session.request((messageId) => new BindRequest({ messageId, dn: account, password }), options)
    if (!bound.ok) return bound
    const root = await readRootDse(session, options)
    if (!root.ok) return root
    if (this.#choice === 'anyController') return succeed({ session, root: root.value })
    this.#choice.first ??= { server, address: session.remoteAddress, controller: root.value.controller }
    const { controller } = this.#choice.first
    return root.value.controller === controller ? succeed({ session, root: root.value }) : fail(otherController(doing, controller, root.value.controller))
  }
}

type Limits = { readonly timeout: number; readonly signal: AbortSignal }

async function openSession(server: DirectoryServer, address: string | null, connection: DirectoryConnection, limits: Limits): Promise<Result<LdapSession, Problem>> {
  const plain = await openPlainSocket(server, address, limits)
  if (!plain.ok) return plain
  const secured = await encrypt(plain.value, server, connection, limits)
  return secured.ok ? succeed(new LdapSession(secured.value)) : secured
}

/** From a plain connection to an encrypted one, in the way that the connection asks for. */
export async function encrypt(plain: Socket, server: DirectoryServer, { security, caPem }: Pick<DirectoryConnection, 'security' | 'caPem'>, limits: Limits, onPresented?: (socket: TLSSocket) => void): Promise<Result<TLSSocket, Problem>> {
  if (security === 'startTls') {
    const agreed = await agreeOnTls(new LdapSession(plain), server, limits)
    if (!agreed.ok) return agreed
  }
  return secureSocket(plain, server, caPem, limits, onPresented)
}

/** RFC 4511 4.14. */
async function agreeOnTls(session: LdapSession, server: DirectoryServer, limits: Limits): Promise<Result<null, Problem>> {
  const oid = '1.3.6.1.4.1.1466.20037'
  const answer = await session.request((messageId) => new ExtendedRequest({ messageId, oid }), { doing: `Asking ${server.host} for encryption (StartTLS)`, ...limits })
  if (!answer.ok) {
    session.close()
    return answer
  }
  session.detach()
  return succeed(null)
}

/** Another controller knows the same accounts: trying a wrong password there as well only locks the account sooner. */
function isWorthAnotherServer(problem: Problem): boolean {
  return problem.kind !== 'credentialsRefused' && problem.kind !== 'accountUnusable' && problem.kind !== 'cancelled'
}

async function untilAborted<Value>(work: Promise<Result<Value, Problem>>, signal: AbortSignal): Promise<Result<Value, Problem>> {
  const { promise, resolve } = Promise.withResolvers<Result<Value, Problem>>()
  const abort = () => resolve(fail(cancelled('Signing in to Active Directory')))
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

const noServers: Problem = { kind: 'configurationInvalid', message: 'Connecting to Active Directory failed: no server is configured.', remedy: 'Name at least one domain controller in the connection.' }

function noCredentials(doing: string): Problem {
  return { kind: 'credentialsRefused', message: `${doing} failed: account name or password are empty.`, remedy: 'Enter account and password of the connection.' }
}

function otherController(doing: string, first: string, now: string): Problem {
  return {
    kind: 'wrongController',
    message: `${doing} failed: ${now} answers, but writing began on ${first}.`,
    remedy: `Wait until ${first} is back and continue, or import again and make a new plan.`,
    detail: { expected: first, actual: now },
  }
}
