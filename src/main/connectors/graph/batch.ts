import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { BatchAnswer } from './batchAnswer.ts'
import { readBatchAnswer } from './batchAnswer.ts'
import type { GraphClient, Repeat } from './graphClient.ts'
import { cancelledProblem } from './networkProblems.ts'
import { decideRetry } from './retryPolicy.ts'
import type { Waiting } from './waiting.ts'

/** What Graph takes at a time: https://learn.microsoft.com/graph/json-batching */
export const mostRequestsInBatch = 20

export type BatchRequest = {
  /** Unique in its batch. */
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/v1.0`, beginning with `/`, with everything encoded. */
  readonly url: string
  /** Besides Content-Type. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Ids of requests of the same batch that must have succeeded before. */
  readonly dependsOn?: readonly string[]
  /** `never`: its first answer is final, and no failure of the connection sends the batch again. */
  readonly repeat: Repeat
}

export type BatchSender = { readonly client: GraphClient; readonly graphUrl: string; readonly waiting: Waiting }

/**
 * Sends at most twenty requests as one and gives the answer to each by its id, in whatever order they came. Single requests
 * that were throttled go out again after their own Retry-After, and with them those that failed because they depend on one.
 * A request that stays throttled has that as its answer; a problem means that nothing is known about any of them.
 */
export async function sendBatch(sender: BatchSender, requests: readonly BatchRequest[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, BatchAnswer>, Problem>> {
  requireSoundBatch(requests)
  const answers = new Map<string, BatchAnswer>()
  let open = requests
  for (let attempts = 1; open.length > 0; attempts += 1) {
    const received = await sendOpen(sender, open, signal)
    if (!received.ok) return received
    for (const [id, answer] of received.value) answers.set(id, answer)
    const again = decideAgain(open, received.value, attempts, sender.waiting)
    open = again.requests
    if (open.length > 0) await sender.waiting.sleep(again.milliseconds, signal)
    if (signal.aborted) return fail(cancelledProblem(sender.graphUrl))
  }
  return succeed(answers)
}

async function sendOpen({ client, graphUrl }: BatchSender, open: readonly BatchRequest[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, BatchAnswer>, Problem>> {
  const repeat: Repeat = open.some((request) => request.repeat === 'never') ? 'never' : 'whileUnavailable'
  const received = await client.postJson(`${graphUrl}/v1.0/$batch`, { requests: open.map((request) => toJson(request, open)) }, repeat, signal)
  return received.ok ? readBatchAnswer(received.value, open.map((request) => request.id)) : received
}

function toJson({ id, method, url, headers, body, dependsOn }: BatchRequest, open: readonly BatchRequest[]): Readonly<Record<string, unknown>> {
  // What succeeded already is not part of this attempt and would be an unknown id.
  const stillOpen = (dependsOn ?? []).filter((other) => open.some((request) => request.id === other))
  return {
    id, method, url,
    ...(body === undefined ? (headers === undefined ? {} : { headers }) : { headers: { ...headers, 'Content-Type': 'application/json' }, body }),
    ...(stillOpen.length === 0 ? {} : { dependsOn: stillOpen }),
  }
}

function decideAgain(open: readonly BatchRequest[], answers: ReadonlyMap<string, BatchAnswer>, attempts: number, waiting: Waiting): { readonly requests: readonly BatchRequest[]; readonly milliseconds: number } {
  const waits = new Map<string, number>()
  for (const request of open) {
    const answer = answers.get(request.id)
    if (answer === undefined || request.repeat === 'never') continue
    const failedWithAnother = answer.status === 424 ? (request.dependsOn ?? []).find((other) => waits.has(other)) : undefined
    if (failedWithAnother !== undefined) waits.set(request.id, waits.get(failedWithAnother) ?? 0)
    const decision = decideRetry({ kind: 'answered', status: answer.status, headers: answer.headers }, attempts, waiting)
    if (decision.kind === 'wait') waits.set(request.id, decision.milliseconds)
  }
  return { requests: open.filter((request) => waits.has(request.id)), milliseconds: Math.max(0, ...waits.values()) }
}

/** Bugs of ours: Graph would refuse the whole batch. A request comes after those that it depends on. */
function requireSoundBatch(requests: readonly BatchRequest[]): void {
  const seen = new Set<string>()
  for (const { id, dependsOn } of requests) {
    if (seen.has(id)) throw new Error(`Two requests of a batch have the id ${id}`)
    const unknown = (dependsOn ?? []).find((other) => !seen.has(other))
    if (unknown !== undefined) throw new Error(`The request ${id} of a batch depends on ${unknown}, which does not come before it`)
    seen.add(id)
  }
  if (seen.size > mostRequestsInBatch) throw new Error(`A batch takes ${mostRequestsInBatch} requests, not ${seen.size}`)
}
