import { createHash, randomBytes } from 'node:crypto'
import { isDecodable } from '../../../http/isDecodable.ts'
import type { LabAnswer, LabRequest } from '../../../http/message.ts'
import { answerGraphError, answerGraphJson, graphErrors } from '../graphErrors.ts'
import { readJsonBody } from '../graphRequest.ts'
import { readBatch } from './readBatch.ts'
import type { BatchItem } from './readBatch.ts'

type ItemAnswer = { readonly id: string; readonly answer: LabAnswer }

/**
 * POST /$batch (https://learn.microsoft.com/graph/json-batching): each request is answered by itself, in any order, and the whole
 * is 200 whatever became of them. `answerItem` answers a request of its own.
 */
export function answerBatch(request: LabRequest, answerItem: (item: LabRequest) => LabAnswer): LabAnswer {
  const batch = readBatch(readJsonBody(request))
  if (!batch.ok) return answerGraphError(batch.error, request)
  const answers: ItemAnswer[] = []
  for (const item of batch.value) {
    const hasFailed = answers.some(({ id, answer }) => item.dependsOn.includes(id) && answer.status >= 400)
    answers.push({ id: item.id, answer: hasFailed ? answerGraphError(graphErrors.dependencyFailed(), request) : answerOne(request, item, answerItem) })
  }
  return answerGraphJson({ responses: shuffle(answers).map(showAnswer) }, request)
}

function answerOne(request: LabRequest, item: BatchItem, answerItem: (item: LabRequest) => LabAnswer): LabAnswer {
  const url = URL.parse(`/v1.0/${item.url.replace(/^\//, '')}`, request.url.href)
  if (url === null || !isDecodable(url)) return answerGraphError(graphErrors.malformedQuery(`Invalid URL: ${item.url}`), request)
  if (url.pathname.endsWith('/$batch')) return answerGraphError(graphErrors.malformedQuery('A batch cannot hold a batch.'), request)
  const own = Object.fromEntries(Object.entries(item.headers).map(([name, value]) => [name.toLowerCase(), value]))
  // The token is that of the whole; what else the outer request says does not hold for its parts.
  const { authorization } = request.headers
  const headers = { ...(authorization === undefined ? {} : { authorization }), ...own }
  return answerItem({ method: item.method, url, headers, body: Buffer.from(item.body === undefined ? '' : JSON.stringify(item.body)) })
}

function showAnswer({ id, answer }: ItemAnswer): object {
  const isJson = answer.headers['Content-Type']?.includes('json') ?? false
  if (answer.body === '') return { id, status: answer.status, headers: answer.headers }
  return { id, status: answer.status, headers: answer.headers, body: isJson ? parseBody(answer.body) : answer.body }
}

/** What a planned fault calls JSON need not be any; it goes through as text then. */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function shuffle(answers: readonly ItemAnswer[]): readonly ItemAnswer[] {
  const salt = randomBytes(9).toString('base64url')
  const keyed = answers.map((one) => ({ one, key: createHash('sha256').update(`${salt}/${one.id}`).digest('hex') }))
  return keyed.sort((left, right) => (left.key < right.key ? -1 : 1)).map(({ one }) => one)
}
