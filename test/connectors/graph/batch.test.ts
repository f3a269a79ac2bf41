import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { BatchRequest, BatchSender } from '../../../src/main/connectors/graph/batch.ts'
import { sendBatch } from '../../../src/main/connectors/graph/batch.ts'
import { createGraphClient } from '../../../src/main/connectors/graph/graphClient.ts'
import { createTokenSource } from '../../../src/main/connectors/graph/tokenSource.ts'
import { trustAuthorities } from '../../../src/main/connectors/graph/trustAuthorities.ts'
import type { Authority } from '../../fixtures/certificates.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'
import type { GraphServer } from '../../fixtures/graphServer.ts'
import { batchedError, graphError, json, requestId, reset, startGraphServer } from '../../fixtures/graphServer.ts'
import { connectionTo, recordWaits } from './world.ts'

let authority: Authority
let server: GraphServer
let waiting: ReturnType<typeof recordWaits>
let sender: BatchSender
const signal = new AbortController().signal

beforeAll(async () => { authority = await makeAuthority() })
beforeEach(async () => {
  server = await startGraphServer(authority)
  trustAuthorities(authority.certificatePem)
  waiting = recordWaits()
  sender = { client: createGraphClient(server.url, createTokenSource(connectionTo(server, authority), waiting), waiting), graphUrl: server.url, waiting }
})
afterEach(async () => { await server.close() })

const get = (id: string, more: Partial<BatchRequest> = {}): BatchRequest => ({ id, method: 'GET', url: `/users/${id}`, repeat: 'whileUnavailable', ...more })
const sentIds = () => server.requestsTo('batch').map((request) => (JSON.parse(request.body) as { requests: { id: string }[] }).requests.map((each) => each.id))

/** Status codes by id. */
async function statusesOf(requests: readonly BatchRequest[]): Promise<Readonly<Record<string, number>>> {
  const answers = await sendBatch(sender, requests, signal)
  if (!answers.ok) throw new Error(answers.problem.message)
  return Object.fromEntries([...answers.value].map(([id, answer]) => [id, answer.status]))
}

describe('a batch', () => {
  test('gives each request its answer, in whatever order they come', async () => {
    server.answerBatches(({ id }) => ({ status: 200, body: { id, name: `name of ${id}` } }))
    const answers = await sendBatch(sender, [get('a'), get('b'), get('c')], signal)
    expect(answers.ok && ['a', 'b', 'c'].map((id) => answers.value.get(id)?.body)).toEqual(['a', 'b', 'c'].map((id) => ({ id, name: `name of ${id}` })))
  })

  test('sends bodies as JSON and names what depends on what', async () => {
    server.answerBatches(() => ({ status: 200, body: {} }))
    await sendBatch(sender, [get('a'), get('b', { method: 'POST', url: '/invitations', body: { sendInvitationMessage: false }, dependsOn: ['a'] })], signal)
    expect(server.batched()).toEqual([
      { id: 'a', method: 'GET', url: '/users/a' },
      { id: 'b', method: 'POST', url: '/invitations', headers: { 'Content-Type': 'application/json' }, body: { sendInvitationMessage: false }, dependsOn: ['a'] },
    ])
    expect(server.requestsTo('batch')[0]?.headers['content-type']).toBe('application/json')
  })

  test('repeats the throttled requests alone, after the longest Retry-After among them', async () => {
    const seen = new Set<string>()
    server.answerBatches(({ id }) => {
      const isFirst = !seen.has(id)
      seen.add(id)
      if (id === 'b' && isFirst) return batchedError(429, 'TooManyRequests', { 'Retry-After': '7' })
      return id === 'c' && isFirst ? batchedError(503, 'ServiceUnavailable', { 'retry-after': '3' }) : { status: 200, body: {} }
    })
    expect(await statusesOf([get('a'), get('b'), get('c')])).toEqual({ a: 200, b: 200, c: 200 })
    expect(sentIds()).toEqual([['a', 'b', 'c'], ['b', 'c']])
    expect(waiting.waits).toEqual([7_000])
  })

  test('what stays throttled has that as its answer', async () => {
    server.answerBatches(({ id }) => (id === 'a' ? batchedError(429, 'TooManyRequests', { 'Retry-After': '1' }) : { status: 200, body: {} }))
    expect(await statusesOf([get('a'), get('b')])).toEqual({ a: 429, b: 200 })
    expect(server.requestsTo('batch')).toHaveLength(8)
  })

  test('repeats what failed only because it depends on a throttled request, and does not name what succeeded any more', async () => {
    let round = 0
    server.answerBatches(({ id }) => {
      if (id === 'first') round += 1
      if (id === 'second' && round === 1 && waiting.waits.length === 0) return batchedError(429, 'TooManyRequests', { 'Retry-After': '2' })
      return id === 'third' && waiting.waits.length === 0 ? batchedError(424, 'FailedDependency') : { status: 200, body: {} }
    })
    expect(await statusesOf([get('first'), get('second', { dependsOn: ['first'] }), get('third', { dependsOn: ['first', 'second'] })])).toEqual({ first: 200, second: 200, third: 200 })
    expect(server.batched().slice(3).map(({ id, dependsOn }) => [id, dependsOn])).toEqual([['second', undefined], ['third', ['second']]])
  })

  test('a request whose dependency failed for good keeps its 424', async () => {
    server.answerBatches(({ id }) => (id === 'a' ? batchedError(400, 'Request_BadRequest') : batchedError(424, 'FailedDependency')))
    expect(await statusesOf([get('a'), get('b', { dependsOn: ['a'] })])).toEqual({ a: 400, b: 424 })
    expect(server.requestsTo('batch')).toHaveLength(1)
  })

  test('what must not happen twice is sent once, throttled or not', async () => {
    server.answerBatches(() => batchedError(429, 'TooManyRequests', { 'Retry-After': '1' }))
    expect(await statusesOf([get('a', { method: 'POST', repeat: 'never' })])).toEqual({ a: 429 })
    expect(server.requestsTo('batch')).toHaveLength(1)
  })

  test.each([
    ['the connection breaks', reset, 'unreachable'],
    ['Graph is busy', graphError(503, 'ServiceUnavailable'), 'serverBusy'],
  ] as const)('what must not happen twice is not sent again when %s', async (_, reply, kind) => {
    server.play('batch', reply)
    expect(await sendBatch(sender, [get('a', { repeat: 'never' }), get('b')], signal)).toMatchObject({ ok: false, problem: { kind } })
    expect(server.requestsTo('batch')).toHaveLength(1)
  })

  test('reads are sent again when the connection breaks', async () => {
    server.answerBatches(() => ({ status: 204 }))
    server.play('batch', reset, graphError(503, 'ServiceUnavailable'))
    expect(await statusesOf([get('a')])).toEqual({ a: 204 })
    expect(server.requestsTo('batch')).toHaveLength(3)
  })

  test.each([
    ['an answer is missing', { responses: [{ id: 'a', status: 200 }] }],
    ['an answer comes twice', { responses: [{ id: 'a', status: 200 }, { id: 'a', status: 404 }] }],
    ['an answer is to nothing that was asked', { responses: [{ id: 'a', status: 200 }, { id: 'z', status: 200 }] }],
    ['an answer has no status', { responses: [{ id: 'a' }, { id: 'b', status: 200 }] }],
    ['a status is none of HTTP', { responses: [{ id: 'a', status: 7 }, { id: 'b', status: 200 }] }],
    ['there is no list of answers', { value: [] }],
  ])('is not used at all where %s', async (_, body) => {
    server.play('batch', json(200, body))
    expect(await sendBatch(sender, [get('a'), get('b')], signal)).toMatchObject({ ok: false, problem: { kind: 'malformedAnswer', detail: { requestId } } })
  })

  test('refuses to be put together wrongly', async () => {
    await expect(sendBatch(sender, [get('a'), get('a')], signal)).rejects.toThrow('the id a')
    await expect(sendBatch(sender, [get('a', { dependsOn: ['b'] }), get('b')], signal)).rejects.toThrow('depends on b')
    await expect(sendBatch(sender, Array.from({ length: 21 }, (_, index) => get(String(index))), signal)).rejects.toThrow('not 21')
    expect(server.requests).toEqual([])
  })

  test('cancellation ends the wait', async () => {
    const controller = new AbortController()
    server.answerBatches(() => batchedError(429, 'TooManyRequests', { 'Retry-After': '60' }))
    const stopping = { ...waiting, sleep: async () => controller.abort() }
    expect(await sendBatch({ ...sender, waiting: stopping }, [get('a')], controller.signal)).toMatchObject({ ok: false, problem: { kind: 'cancelled' } })
  })
})
