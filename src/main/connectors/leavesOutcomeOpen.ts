import type { Problem } from '../../shared/domain/problem.ts'

/**
 * The connection went away after the request was sent: the server may have carried it out, and nothing further can be
 * written through this connection.
 */
export function leavesOutcomeOpen({ kind }: Problem): boolean {
  const lost: readonly Problem['kind'][] = ['cancelled', 'unreachable', 'timedOut', 'notBound', 'certificateNotTrusted', 'credentialsRefused', 'accountUnusable', 'encryptionRequired', 'wrongController']
  return lost.includes(kind)
}
