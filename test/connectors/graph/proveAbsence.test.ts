import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EntraConnection } from '../../../src/main/connectors/graph/entraConnection.ts'
import { createEntraReader } from '../../../src/main/connectors/graph/entraReader.ts'
import type { AbsenceAnswer } from '../../../src/shared/domain/lifecycle.ts'
import type { Authority } from '../../fixtures/certificates.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'
import type { BatchedReply, GraphServer } from '../../fixtures/graphServer.ts'
import { batchedError, graphError, startGraphServer } from '../../fixtures/graphServer.ts'
import { connectionTo, idOf, recordWaits } from './world.ts'

let authority: Authority
let server: GraphServer
const signal = new AbortController().signal
const scopeGroup = '7e1f2a3b-0000-4000-8000-00000000abcd'
const notFound = batchedError(404, 'Request_ResourceNotFound')

beforeAll(async () => { authority = await makeAuthority() })
beforeEach(async () => { server = await startGraphServer(authority) })
afterEach(async () => { await server.close() })

/** What the server says about one user: of itself, in the deleted items, and of its groups. */
type World = { readonly user: BatchedReply; readonly deleted?: BatchedReply; readonly groups?: BatchedReply }

function play(world: World): void {
  server.answerBatches(({ url }) => {
    if (url.endsWith('/checkMemberGroups')) return world.groups ?? batchedError(500, 'NotExpected')
    return url.startsWith('/directory/deletedItems/') ? world.deleted ?? batchedError(500, 'NotExpected') : world.user
  })
}

async function prove(ids: readonly string[], more: Partial<EntraConnection> = {}): Promise<ReadonlyMap<string, AbsenceAnswer>> {
  const answers = await createEntraReader(connectionTo(server, authority, more), recordWaits()).proveAbsence(ids, signal)
  if (!answers.ok) throw new Error(answers.problem.message)
  return answers.value
}

const found = (more: Readonly<Record<string, unknown>> = {}): BatchedReply => ({ status: 200, body: { id: idOf(1), userType: 'Guest', accountEnabled: true, ...more } })

describe('what became of a guest', () => {
  test.each<[string, World, AbsenceAnswer]>([
    ['is there', { user: found() }, { kind: 'present', userType: 'Guest', accountEnabled: true, isInGroup: null }],
    ['is a member now, and blocked', { user: found({ userType: 'Member', accountEnabled: false }) }, { kind: 'present', userType: 'Member', accountEnabled: false, isInGroup: null }],
    ['is there with its id only', { user: found({ userType: null, accountEnabled: null }) }, { kind: 'present', userType: null, accountEnabled: null, isInGroup: null }],
    ['is in the recycle bin', { user: notFound, deleted: { status: 200, body: { id: idOf(1).toUpperCase(), deletedDateTime: '2026-02-01T08:00:00Z' } } }, { kind: 'softDeleted', deletedAt: '2026-02-01T08:00:00Z' }],
    ['is in the recycle bin, nobody says since when', { user: notFound, deleted: { status: 200, body: { id: idOf(1) } } }, { kind: 'softDeleted', deletedAt: null }],
    ['is gone for good', { user: notFound, deleted: notFound }, { kind: 'gone' }],
  ])('%s', async (_, world, expected) => {
    play(world)
    expect(await prove([idOf(1)])).toEqual(new Map([[idOf(1), expected]]))
  })

  test.each<[string, World, string]>([
    ['the deleted users may not be read', { user: notFound, deleted: batchedError(403, 'Authorization_RequestDenied') }, '403, Authorization_RequestDenied'],
    ['the deleted users cannot be read now', { user: notFound, deleted: batchedError(500, 'InternalServerError') }, '500'],
    ['the user may not be read', { user: batchedError(403, 'Authorization_RequestDenied') }, '403, Authorization_RequestDenied'],
    ['the user stays throttled', { user: batchedError(429, 'TooManyRequests', { 'Retry-After': '1' }) }, '429'],
    ['a gateway answers with 404', { user: { status: 404, body: { message: 'no such route' } } }, '404'],
    ['the path is not known', { user: batchedError(404, 'UnknownSegment') }, '404'],
    ['a gateway answers with 404 about the deleted users', { user: notFound, deleted: { status: 404 } }, '404'],
    ['another user is answered', { user: found({ id: idOf(2) }) }, 'another user'],
    ['another deleted user is answered', { user: notFound, deleted: { status: 200, body: { id: idOf(2) } } }, 'another deleted user'],
    ['the answer has no body', { user: { status: 200 } }, '200'],
  ])('is unclear, not gone, where %s', async (_, world, why) => {
    play(world)
    expect(await prove([idOf(1)])).toEqual(new Map([[idOf(1), { kind: 'unclear', why: expect.stringContaining(why) as string }]]))
  })

  test('is clear after a throttled look was repeated', async () => {
    let looks = 0
    server.answerBatches(({ url }) => (url.startsWith('/users/') && (looks += 1) === 1 ? batchedError(429, 'TooManyRequests', { 'Retry-After': '5' }) : notFound))
    expect(await prove([idOf(1)])).toEqual(new Map([[idOf(1), { kind: 'gone' }]]))
  })
})

describe('the scope group', () => {
  test.each<[string, BatchedReply, AbsenceAnswer]>([
    ['has the guest', { status: 200, body: { value: [scopeGroup] } }, { kind: 'present', userType: 'Guest', accountEnabled: true, isInGroup: true }],
    ['does not have the guest', { status: 200, body: { value: [] } }, { kind: 'present', userType: 'Guest', accountEnabled: true, isInGroup: false }],
    ['does not say', batchedError(403, 'Authorization_RequestDenied'), { kind: 'unclear', why: expect.stringContaining('scope group') as string }],
    ['answers with something else', { status: 200, body: {} }, { kind: 'unclear', why: expect.stringContaining('not a list') as string }],
  ])('%s', async (_, groups, expected) => {
    play({ user: found(), groups })
    expect(await prove([idOf(1)], { scopeGroup })).toEqual(new Map([[idOf(1), expected]]))
    expect(server.batched().at(-1)).toMatchObject({ method: 'POST', url: `/users/${idOf(1)}/checkMemberGroups`, body: { groupIds: [scopeGroup] } })
  })

  test('is not asked about those who are gone', async () => {
    play({ user: notFound, deleted: notFound })
    expect(await prove([idOf(1)], { scopeGroup })).toEqual(new Map([[idOf(1), { kind: 'gone' }]]))
  })
})

describe('many', () => {
  test('every id has an answer, twenty in a batch, each asked about once', async () => {
    const ids = Array.from({ length: 45 }, (_, index) => idOf(index))
    server.answerBatches(({ id, url }) => {
      const number = Number(id.slice(-2))
      if (url.startsWith('/users/')) return number % 3 === 0 ? found({ id }) : notFound
      return number % 3 === 1 ? { status: 200, body: { id } } : notFound
    })
    const answers = await prove([...ids, idOf(3), 'no id at all'])
    expect([...answers.keys()].sort()).toEqual([...ids, 'no id at all'].sort())
    expect(ids.map((id) => answers.get(id)?.kind)).toEqual(ids.map((_, index) => ['present', 'softDeleted', 'gone'][index % 3]))
    expect(answers.get('no id at all')?.kind).toBe('unclear')
    // Several batches are on their way at once, so that their order does not say anything.
    expect(server.requestsTo('batch').map((request) => (JSON.parse(request.body) as { requests: unknown[] }).requests.length).sort()).toEqual([20, 20, 5, 20, 10].sort())
    expect(server.requestsTo('token')).toHaveLength(1)
  })

  test('asks nothing for nobody', async () => {
    expect(await prove([])).toEqual(new Map())
    expect(server.requests).toEqual([])
  })

  test('is a problem where Graph cannot be asked', async () => {
    server.play('batch', graphError(403, 'Authorization_RequestDenied'))
    const answers = await createEntraReader(connectionTo(server, authority), recordWaits()).proveAbsence([idOf(1)], signal)
    expect(answers).toMatchObject({ ok: false, problem: { kind: 'notPermitted' } })
  })
})
