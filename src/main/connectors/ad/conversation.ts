import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { DirectoryLink, SignedIn } from './directoryLink.ts'
import { connectionLost } from './errors.ts'

/** Whoever asks a directory does not care whether a link, a pool of links or one session answers. */
export type Conversation = Pick<DirectoryLink, 'connection' | 'timeouts' | 'signIn' | 'request'>

/**
 * The same conversation, bound to the session that it has now. What is read page by page must come from one controller: on
 * another one the update sequence numbers are others and the latest changes may be missing. So a lost session is the end.
 */
export function keepToSession(conversation: Conversation, { session, root }: SignedIn): Conversation {
  const { connection, timeouts } = conversation
  const lost = (doing: string): Result<never, Problem> => fail(connectionLost(doing, `the session on ${root.controller} ended; the import starts over`))
  return {
    connection,
    timeouts,
    signIn: async () => (session.isOpen ? succeed({ session, root }) : lost('Reading from Active Directory')),
    request: (build, doing, signal) => session.request(build, { doing, signal, timeout: timeouts.operation }),
  }
}
