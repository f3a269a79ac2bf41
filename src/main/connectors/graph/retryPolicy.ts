import type { Waiting } from './waiting.ts'

/** What became of one attempt, as far as a retry depends on it. */
export type Attempted =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers }
  | { readonly kind: 'connectionFailed' }

export type RetryDecision = { readonly kind: 'wait'; readonly milliseconds: number } | { readonly kind: 'giveUp' }

/** Graph says these when it has too much to do: https://learn.microsoft.com/graph/throttling and /graph/errors. */
const transientStatuses: ReadonlySet<number> = new Set([429, 503, 504])
const maximumAttempts = { answered: 8, connectionFailed: 4 } as const
const firstBackOff = 1_000
const longestBackOff = 60_000
/** A longer Retry-After is left to the person: a run that sleeps for hours looks like one that hangs. */
const longestRetryAfter = 300_000

/**
 * Whether to try again after `attempts` failed ones of this kind (the last of them given), and after how long. Retry-After is obeyed to
 * the letter; without it the wait is exponential with full jitter, so that many clients do not come back together.
 */
export function decideRetry(attempted: Attempted, attempts: number, waiting: Pick<Waiting, 'random' | 'now'>): RetryDecision {
  if (attempts >= maximumAttempts[attempted.kind]) return { kind: 'giveUp' }
  if (attempted.kind === 'answered' && !transientStatuses.has(attempted.status)) return { kind: 'giveUp' }
  const retryAfter = attempted.kind === 'answered' ? readRetryAfter(attempted.headers, waiting.now()) : null
  if (retryAfter === null) return { kind: 'wait', milliseconds: waiting.random() * Math.min(longestBackOff, firstBackOff * 2 ** (attempts - 1)) }
  return retryAfter > longestRetryAfter ? { kind: 'giveUp' } : { kind: 'wait', milliseconds: retryAfter }
}

/** Milliseconds; RFC 9110 10.2.3 allows seconds and an HTTP date. Null: absent or unreadable. */
export function readRetryAfter(headers: Headers, now: number): number | null {
  const text = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000
  const until = Date.parse(text)
  if (Number.isNaN(until)) return null
  // The server's own clock counts: ours may be minutes away from it.
  const serverNow = Date.parse(headers.get('date') ?? '')
  return Math.max(0, until - (Number.isNaN(serverNow) ? now : serverNow))
}
