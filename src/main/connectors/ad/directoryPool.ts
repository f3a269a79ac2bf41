import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { defaultWriteConnections } from './directoryConnection.ts'
import type { DirectoryConnection } from './directoryConnection.ts'
import { ControllerPin, DirectoryLink } from './directoryLink.ts'
import type { SignedIn } from './directoryLink.ts'
import type { LdapAnswer, LdapRequest } from './ldapSession.ts'

/**
 * Several signed-in connections to the one controller that answered first. Each request takes the one with the fewest under way, so
 * a caller that asks for one thing after another has one connection only, and no more are made than are needed at once.
 */
export class DirectoryPool {
  readonly connection: DirectoryConnection
  readonly #members: readonly Member[]

  constructor(connection: DirectoryConnection) {
    this.connection = connection
    const pin = new ControllerPin()
    const count = Math.max(1, connection.writeConnections ?? defaultWriteConnections)
    this.#members = Array.from({ length: count }, () => ({ link: new DirectoryLink(connection, pin), underWay: 0 }))
  }

  get timeouts() {
    return this.#leader.timeouts
  }

  /** The first connection decides which controller it is; the others wait for it. */
  signIn(signal: AbortSignal): Promise<Result<SignedIn, Problem>> {
    return this.#leader.signIn(signal)
  }

  async request(build: (messageId: number) => LdapRequest, doing: string, signal: AbortSignal): Promise<Result<LdapAnswer, Problem>> {
    const member = this.#leastBusy
    member.underWay += 1
    try {
      const signedIn = member.link === this.#leader ? null : await this.signIn(signal)
      return signedIn?.ok === false ? signedIn : await member.link.request(build, doing, signal)
    } finally {
      member.underWay -= 1
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map(({ link }) => link.close()))
  }

  get #leader(): DirectoryLink {
    return this.#first.link
  }

  get #first(): Member {
    const [first] = this.#members
    if (first === undefined) throw new Error('a pool without connections')
    return first
  }

  get #leastBusy(): Member {
    return this.#members.reduce((best, member) => (member.underWay < best.underWay ? member : best), this.#first)
  }
}

type Member = { readonly link: DirectoryLink; underWay: number }
