import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { succeed } from '../../../shared/domain/result.ts'
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

/** Four batches at a time keep a wave of changes short, and far below what Graph grants an application. */
export const mostLooksAtOnce = 4 * mostRequestsInBatch

/** Looks at each id by itself, in batches, at `path(id)` below `/v1.0`; every id has an answer. */
export async function lookAtEach(sender: BatchSender, ids: readonly string[], path: (id: string) => string, signal: AbortSignal): Promise<Result<ReadonlyMap<string, Look>, Problem>> {
  return askEach(sender, ids, (id) => ({ id, method: 'GET', url: path(id), repeat: 'whileUnavailable' }), signal)
}

/** As `lookAtEach`, with a request of any form, whose id is the one that is asked about. */
export async function askEach(sender: BatchSender, ids: readonly string[], toRequest: (id: string) => BatchRequest, signal: AbortSignal): Promise<Result<ReadonlyMap<string, Look>, Problem>> {
  const looks = new Map<string, Look>()
  // The first batch goes alone: should there be no token yet, one is enough.
  for (let start = 0, end = mostRequestsInBatch; start < ids.length; start = end, end += mostLooksAtOnce) {
    const batches = splitIntoBatches(ids.slice(start, end).map(toRequest))
    const answered = await Promise.all(batches.map((batch) => sendBatch(sender, batch, signal)))
    for (const [index, answers] of answered.entries()) {
      if (!answers.ok) return answers
      for (const [id, look] of readLooks(sender.graphUrl, batches[index] ?? [], answers.value)) looks.set(id, look)
    }
  }
  return succeed(looks)
}

function splitIntoBatches(requests: readonly BatchRequest[]): readonly (readonly BatchRequest[])[] {
  const count = Math.ceil(requests.length / mostRequestsInBatch)
  return Array.from({ length: count }, (_, index) => requests.slice(index * mostRequestsInBatch, (index + 1) * mostRequestsInBatch))
}

function readLooks(graphUrl: string, requests: readonly BatchRequest[], answers: ReadonlyMap<string, BatchAnswer>): readonly (readonly [string, Look])[] {
  return requests.flatMap(({ id, url }) => {
    const answer = answers.get(id)
    return answer === undefined ? [] : [[id, readLook(`${graphUrl}/v1.0${url}`, answer)] as const]
  })
}

/** Only Graph's own word for it counts as "not found": a path that a gateway does not know is answered with 404 too. */
function readLook(url: string, answer: BatchAnswer): Look {
  if (answer.status === 200 && isRecord(answer.body)) return { kind: 'found', body: answer.body }
  const problem = describeGraphError(url, answer)
  const code = problem.detail?.['code']
  const isNotFound = answer.status === 404 && typeof code === 'string' && /^(Request_ResourceNotFound|ResourceNotFound|itemNotFound)$/i.test(code)
  return isNotFound ? { kind: 'notFound' } : { kind: 'failed', status: answer.status, problem }
}
