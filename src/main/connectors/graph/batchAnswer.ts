import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { GraphAnswer } from './graphClient.ts'
import { malformedAnswer } from './malformedAnswer.ts'
import { isRecord } from './parseJson.ts'
import type { HttpAnswer } from './sendRequest.ts'

/** The answer to one request; `text` is the JSON of `body`. */
export type BatchAnswer = HttpAnswer & { readonly body: unknown }

/** `{"responses":[{"id","status","headers","body"}]}` in any order; exactly one for each of the ids, or nothing of it is used. */
export function readBatchAnswer(received: GraphAnswer, ids: readonly string[]): Result<ReadonlyMap<string, BatchAnswer>, Problem> {
  const { url, body, answer } = received
  const refuse = (what: string) => fail(malformedAnswer(url, answer.status, answer.headers, what))
  const responses: unknown = isRecord(body) ? body['responses'] : null
  if (!Array.isArray(responses)) return refuse('it is not the answer to a batch: there is no list named responses')
  const answers = new Map<string, BatchAnswer>()
  for (const response of responses as readonly unknown[]) {
    const id = isRecord(response) && typeof response['id'] === 'string' ? response['id'] : null
    const read = isRecord(response) ? readResponse(response) : null
    if (id === null || read === null) return refuse('one of its responses has no id or no status')
    if (!ids.includes(id)) return refuse('it answers a request that was not in the batch')
    if (answers.has(id)) return refuse('it answers a request of the batch twice')
    answers.set(id, read)
  }
  return answers.size === ids.length ? succeed(answers) : refuse(`it answers ${answers.size} of ${ids.length} requests`)
}

function readResponse(response: Readonly<Record<string, unknown>>): BatchAnswer | null {
  const { status, headers, body } = response
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 599) return null
  return { status, headers: readHeaders(headers), body, text: body === undefined ? '' : JSON.stringify(body) }
}

/** A header that HTTP would not allow is left out: what is looked for (Retry-After, request-id) is allowed. */
function readHeaders(headers: unknown): Headers {
  const pairs = Object.entries(isRecord(headers) ? headers : {}).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return new Headers(pairs.filter(([name, value]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\u0020-\u00ff]*$/.test(value)))
}
