import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { BatchRequest, BatchSender } from './batch.ts'
import { mostRequestsInBatch, sendBatch } from './batch.ts'
import type { BatchAnswer } from './batchAnswer.ts'
import { describeGraphError } from './graphProblems.ts'
import { isRecord } from './parseJson.ts'

/** What a look at one id has shown: the body of the object, that there is none, or no clear answer. */
export type Look =
  | { readonly kind: 'found'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'failed'; readonly status: number; readonly problem: Problem }

/** Looks at each id by itself, in batches, at `path(id)` below `/v1.0`; every id has an answer. */
export async function lookAtEach(sender: BatchSender, ids: readonly string[], path: (id: string) => string, signal: AbortSignal): Promise<Result<ReadonlyMap<string, Look>, Problem>> {
  return askEach(sender, ids, (id) => ({ id, method: 'GET', url: path(id), repeat: 'whileUnavailable' }), signal)
}

/** As `lookAtEach`, with a request of any form, whose id is the one that is asked about. */
export async function askEach(sender: BatchSender, ids: readonly string[], toRequest: (id: string) => BatchRequest, signal: AbortSignal): Promise<Result<ReadonlyMap<string, Look>, Problem>> {
  const looks = new Map<string, Look>()
  for (let start = 0; start < ids.length; start += mostRequestsInBatch) {
    const requests = ids.slice(start, start + mostRequestsInBatch).map(toRequest)
    const answers = await sendBatch(sender, requests, signal)
    if (!answers.ok) return fail(answers.problem)
    for (const request of requests) {
      const answer = answers.value.get(request.id)
      if (answer !== undefined) looks.set(request.id, readLook(`${sender.graphUrl}/v1.0${request.url}`, answer))
    }
  }
  return succeed(looks)
}

/** Only Graph's own word for it counts as "not found": a path that a gateway does not know is answered with 404 too. */
function readLook(url: string, answer: BatchAnswer): Look {
  if (answer.status === 200 && isRecord(answer.body)) return { kind: 'found', body: answer.body }
  const problem = describeGraphError(url, answer)
  const code = problem.detail?.['code']
  const isNotFound = answer.status === 404 && typeof code === 'string' && /^(Request_ResourceNotFound|ResourceNotFound|itemNotFound)$/i.test(code)
  return isNotFound ? { kind: 'notFound' } : { kind: 'failed', status: answer.status, problem }
}
