import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createEntraReader } from '../../../src/main/connectors/graph/entraReader.ts'
import { decideRetry, readRetryAfter } from '../../../src/main/connectors/graph/retryPolicy.ts'
import { systemWaiting } from '../../../src/main/connectors/graph/waiting.ts'
import type { Authority } from '../../fixtures/certificates.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'
import type { GraphServer, Reply } from '../../fixtures/graphServer.ts'
import { graphError, hang, reset, stall, startGraphServer, tenantId, token } from '../../fixtures/graphServer.ts'
import { connectionTo, guest, page, readPages, recordWaits } from './world.ts'

let authority: Authority
let server: GraphServer

beforeAll(async () => { authority = await makeAuthority() })
beforeEach(async () => { server = await startGraphServer(authority) })
afterEach(async () => { await server.close() })

async function importWith(waiting: ReturnType<typeof recordWaits>): ReturnType<typeof readPages> {
  return readPages(createEntraReader(connectionTo(server, authority), waiting).importAll({ attributes: [], signal: new AbortController().signal }))
}
const busy = (status: number, headers: Readonly<Record<string, string>> = {}): Reply => graphError(status, 'TooManyRequests', 'busy', headers)
const times = (count: number, reply: Reply): readonly Reply[] => Array.from({ length: count }, () => reply)

describe('waits', () => {
  test('obeys Retry-After in seconds and as a date, by the clock of the server', async () => {
    const waiting = recordWaits()
    const dates = { date: 'Sun, 01 Mar 2026 10:00:00 GMT', 'retry-after': 'Sun, 01 Mar 2026 10:00:45 GMT' }
    server.playUsers(busy(429, { 'retry-after': '12' }), busy(503, dates), page(server, [guest(1)]))
    expect((await importWith(waiting)).problem).toBeNull()
    expect(waiting.waits).toEqual([12_000, 45_000])
  })

  test('backs off exponentially with full jitter where nothing is said, and is patient eight times', async () => {
    const waiting = recordWaits(0.5)
    server.playUsers(...times(8, busy(504)))
    expect((await importWith(waiting)).problem).toMatchObject({ kind: 'serverBusy', detail: { status: 504 } })
    expect(waiting.waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000])
  })

  test('tries a lost connection again', async () => {
    const waiting = recordWaits()
    server.playUsers(reset, reset, page(server, [guest(1)]))
    expect((await importWith(waiting)).problem).toBeNull()
    expect(waiting.waits).toHaveLength(2)
  })

  test('gives up a connection that is lost four times', async () => {
    server.playUsers(...times(4, reset))
    expect((await importWith(recordWaits())).problem?.kind).toBe('unreachable')
    expect(server.requestsTo('users')).toHaveLength(4)
  })

  test('counts lost connections apart from throttling', async () => {
    server.playUsers(...times(5, busy(429)), ...times(3, reset), page(server, [guest(1)]))
    expect((await importWith(recordWaits())).problem).toBeNull()
  })

  test('does not sleep for longer than five minutes: it says so instead', async () => {
    const waiting = recordWaits()
    server.playUsers(busy(429, { 'retry-after': '900' }))
    expect((await importWith(waiting)).problem?.kind).toBe('throttled')
    expect(waiting.waits).toEqual([])
  })

  test('takes a fresh token after a wait that outlasted the first', async () => {
    const waiting = { ...recordWaits(), clock: 0 }
    waiting.clock = Date.now()
    const slow = { ...waiting, now: () => waiting.clock, sleep: async () => { waiting.clock += 3_600_000 } }
    server.playToken(token({ tid: tenantId, n: 1 }), token({ tid: tenantId, n: 2 }))
    server.playUsers(busy(429, { 'retry-after': '1' }), page(server, [guest(1)]))
    await readPages(createEntraReader(connectionTo(server, authority), slow).importAll({ attributes: [], signal: new AbortController().signal }))
    const [first, second] = server.requestsTo('users').map((request) => request.headers.authorization)
    expect(first).not.toBe(second)
  })

  test('a host that cannot be reached is a problem that names it', async () => {
    const closed = await startGraphServer(authority)
    await closed.close()
    const identity = await createEntraReader(connectionTo(closed, authority), recordWaits()).identify(new AbortController().signal)
    expect(identity).toMatchObject({ ok: false, problem: { kind: 'unreachable', detail: { host: new URL(closed.url).host, code: 'ECONNREFUSED' } } })
  })
})

describe('cancellation takes effect at once', () => {
  test.each([
    ['while the answer is awaited', hang],
    ['while the body is read', stall],
    ['while it sleeps', busy(429, { 'retry-after': '60' })],
  ])('%s', async (_, reply) => {
    server.playUsers(reply)
    const controller = new AbortController()
    const reading = readPages(createEntraReader(connectionTo(server, authority), systemWaiting).importAll({ attributes: [], signal: controller.signal }))
    await server.waitForRequests('users', 1)
    await new Promise((resolve) => setTimeout(resolve, 30))
    const cancelledAt = performance.now()
    controller.abort()
    expect((await reading).problem?.kind).toBe('cancelled')
    expect(performance.now() - cancelledAt).toBeLessThan(200)
  })

  test('while the token is awaited', async () => {
    server.playToken(hang)
    const controller = new AbortController()
    const identity = createEntraReader(connectionTo(server, authority), systemWaiting).identify(controller.signal)
    await server.waitForRequests('token', 1)
    controller.abort()
    expect(await identity).toMatchObject({ ok: false, problem: { kind: 'cancelled' } })
  })

  test('before anything was sent', async () => {
    const reader = createEntraReader(connectionTo(server, authority), systemWaiting)
    expect(await reader.identify(AbortSignal.abort())).toMatchObject({ ok: false, problem: { kind: 'cancelled' } })
    expect(server.requests).toEqual([])
  })

  test('when the reader is closed', async () => {
    server.playUsers(hang)
    const reader = createEntraReader(connectionTo(server, authority), systemWaiting)
    const reading = readPages(reader.importAll({ attributes: [], signal: new AbortController().signal }))
    await server.waitForRequests('users', 1)
    await reader.close()
    expect((await reading).problem?.kind).toBe('cancelled')
  })
})

describe('the policy', () => {
  const waiting = { random: () => 0.999, now: () => Date.parse('2026-03-01T10:00:00Z') }
  const answered = (status: number, headers: Record<string, string> = {}) => ({ kind: 'answered', status, headers: new Headers(headers) }) as const

  test.each([200, 400, 401, 403, 404, 410, 500, 501, 502])('does not repeat what was answered with %i', (status) => {
    expect(decideRetry(answered(status), 1, waiting)).toEqual({ kind: 'giveUp' })
  })

  test('never waits longer than a minute on its own account', () => {
    expect(decideRetry(answered(503), 7, waiting)).toEqual({ kind: 'wait', milliseconds: 0.999 * 60_000 })
  })

  test.each([
    [{ 'retry-after': '0' }, 0], [{ 'retry-after': ' 5 ' }, 5_000], [{ 'retry-after': 'Sun, 01 Mar 2026 10:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Sun, 01 Mar 2026 09:00:00 GMT' }, 0], [{ 'retry-after': 'soon' }, null], [{ 'retry-after': '-5 apples' }, null], [{}, null],
  ])('reads %j as %j milliseconds', (headers, expected) => {
    expect(readRetryAfter(new Headers(headers), waiting.now())).toBe(expected)
  })
})
