import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { cancelledProblem, describeNetworkFailure, isWorthRetrying } from './networkProblems.ts'
import type { Attempted } from './retryPolicy.ts'
import { decideRetry } from './retryPolicy.ts'
import type { Waiting } from './waiting.ts'

export type HttpRequest = {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/** An answer with its whole body, whatever its status. */
export type HttpAnswer = { readonly status: number; readonly headers: Headers; readonly text: string }

export type Attempt =
  | { readonly kind: 'answered'; readonly answer: HttpAnswer }
  /** `begun`: what had come of an answer when the connection failed. */
  | { readonly kind: 'connectionFailed'; readonly error: unknown; readonly begun: { readonly status: number; readonly headers: Headers } | null }
  /** Nothing was sent: what the request needs first, such as a token, could not be had. */
  | { readonly kind: 'notSent'; readonly problem: Problem }

/** For one attempt, the body included. */
const attemptTimeout = 120_000

/**
 * Repeats an attempt while throttling, unavailability and network failures give reason to (retryPolicy.ts). Each attempt
 * is made from its beginning, so that it can take a fresh token after a long wait. Cancellation takes effect at once.
 */
export async function sendWithRetries(url: string, attemptOnce: () => Promise<Attempt>, waiting: Waiting, signal: AbortSignal): Promise<Result<HttpAnswer, Problem>> {
  // Counted apart: a connection that breaks after a long spell of throttling deserves its own attempts.
  const failures = { answered: 0, connectionFailed: 0 }
  for (;;) {
    const attempt = await attemptOnce()
    if (signal.aborted) return fail(cancelledProblem(url))
    const attempted = describeAttempt(attempt)
    const decision = attempted === null ? { kind: 'giveUp' as const } : decideRetry(attempted, failures[attempted.kind] += 1, waiting)
    if (decision.kind === 'giveUp') return conclude(url, attempt)
    await waiting.sleep(decision.milliseconds, signal)
    if (signal.aborted) return fail(cancelledProblem(url))
  }
}

/** For what must not happen twice, such as an invitation: whatever comes of the one attempt is the answer. */
export async function sendWithoutRepeating(url: string, attemptOnce: () => Promise<Attempt>, signal: AbortSignal): Promise<Result<HttpAnswer, Problem>> {
  const attempt = await attemptOnce()
  return signal.aborted ? fail(cancelledProblem(url)) : conclude(url, attempt)
}

/**
 * One request, and the whole answer. Redirects are not followed: neither Graph nor the token service sends any here, a
 * proxy's sign-in page does.
 */
export async function sendOnce(request: HttpRequest, signal: AbortSignal): Promise<Attempt> {
  const { url, method, headers, body } = request
  let begun: { status: number; headers: Headers } | null = null
  try {
    const response = await fetch(url, { method, body, headers, redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(attemptTimeout)]) })
    begun = { status: response.status, headers: response.headers }
    return { kind: 'answered', answer: { ...begun, text: await response.text() } }
  } catch (error) {
    return { kind: 'connectionFailed', error, begun }
  }
}

/** Null: trying again would not help. */
function describeAttempt(attempt: Attempt): Attempted | null {
  if (attempt.kind === 'notSent') return null
  if (attempt.kind === 'answered') return { kind: 'answered', status: attempt.answer.status, headers: attempt.answer.headers }
  return isWorthRetrying(attempt.error) ? { kind: 'connectionFailed' } : null
}

function conclude(url: string, attempt: Attempt): Result<HttpAnswer, Problem> {
  if (attempt.kind === 'answered') return succeed(attempt.answer)
  return fail(attempt.kind === 'notSent' ? attempt.problem : describeNetworkFailure(url, attempt.error, attempt.begun))
}
