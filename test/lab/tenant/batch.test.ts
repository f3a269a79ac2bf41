import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, graphErrorOf, makeUsers, startTestTenant } from './tenantFixture.ts'
import type { TestTenant } from './tenantFixture.ts'

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
type Item = { readonly id: string; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Readonly<Record<string, unknown>> }

let tenant: TestTenant
beforeEach(async () => { tenant = await startTestTenant({ seed: makeUsers(30) }) })
afterEach(() => tenant.remove())

const send = (requests: unknown) => tenant.send('POST', '/$batch', { body: { requests } })
async function answersTo(requests: unknown): Promise<ReadonlyMap<string, Item>> {
  const response = await send(requests)
  expect(response.status).toBe(200)
  const { responses } = (await bodyOf(response)) as { readonly responses: readonly Item[] }
  return new Map(responses.map((item) => [item.id, item]))
}
const get = (id: string, url: string, more: object = {}) => ({ id, method: 'GET', url, ...more })

describe('POST /$batch', () => {
  it('answers each request by itself: found, not found, refused', async () => {
    const answers = await answersTo([
      get('a', `/users/${idOf(1)}?$select=id`), get('b', 'users/nobody@nowhere'), get('c', '/users?$top=0'), get('d', '/users/$count', { headers: { ConsistencyLevel: 'eventual' } }),
      { id: 'e', method: 'PATCH', url: `/users/${idOf(2)}`, body: { displayName: 'Two' }, headers: { 'Content-Type': 'application/json' } },
    ])
    expect([...answers].map(([id, { status }]) => [id, status]).toSorted()).toEqual([['a', 200], ['b', 404], ['c', 400], ['d', 200], ['e', 204]])
    expect(answers.get('a')?.body['id']).toBe(idOf(1))
    expect(answers.get('b')?.body['error']).toMatchObject({ code: 'Request_ResourceNotFound' })
    expect(answers.get('d')?.body).toBe('30')
    expect(answers.get('e')).not.toHaveProperty('body')
    expect(answers.get('a')?.headers['Content-Type']).toContain('application/json')
    expect(await bodyOf(await tenant.get(`/users/${idOf(2)}`))).toMatchObject({ displayName: 'Two' })
  })

  it('answers in an order of its own', async () => {
    const requests = Array.from({ length: 20 }, (_, index) => get(String(index), `/users/${idOf(index + 1)}?$select=id`))
    const { responses } = (await bodyOf(await send(requests))) as { readonly responses: readonly Item[] }
    expect(responses.map(({ id }) => id)).not.toEqual(requests.map(({ id }) => id))
    expect(responses.map(({ id, body }) => [id, body['id']]).toSorted()).toEqual(requests.map(({ id }) => [id, idOf(Number(id) + 1)]).toSorted())
  })

  it('does first what others depend on, and fails with 424 what depends on a failure', async () => {
    const answers = await answersTo([
      get('last', `/users/${idOf(1)}?$select=displayName`, { dependsOn: ['first'] }),
      { id: 'first', method: 'PATCH', url: `/users/${idOf(1)}`, body: { displayName: 'Changed' } },
      get('fails', '/users/nobody@nowhere'), get('follows', '/users', { dependsOn: ['fails'] }), get('after', '/users', { dependsOn: ['follows'] }),
    ])
    expect(answers.get('last')?.body['displayName']).toBe('Changed')
    expect(['fails', 'follows', 'after'].map((id) => answers.get(id)?.status)).toEqual([404, 424, 424])
  })

  it.each([
    ['21 requests', Array.from({ length: 21 }, (_, index) => get(String(index), '/users'))],
    ['the same id twice', [get('1', '/users'), get('1', '/users')]],
    ['a dependence on what is not there', [get('1', '/users', { dependsOn: ['2'] })]],
    ['a dependence in a circle', [get('1', '/users', { dependsOn: ['2'] }), get('2', '/users', { dependsOn: ['1'] })]],
    ['no requests', []],
    ['what is no list', 'x'],
    ['a method that Graph does not have', [get('1', '/users'), { id: '2', method: 'BREW', url: '/users' }]],
  ])('refuses %s as a whole', async (_what, requests) => {
    expect(await graphErrorOf(await send(requests))).toMatchObject({ status: 400, code: 'BadRequest' })
  })

  it('holds no batch, and passes on no token to a request that has its own', async () => {
    const answers = await answersTo([{ id: '1', method: 'POST', url: '/$batch', body: { requests: [get('2', '/users')] } }, get('3', '/users', { headers: { Authorization: 'Bearer x' } }), get('4', '/users/%')])
    expect(['1', '3', '4'].map((id) => answers.get(id)?.status)).toEqual([400, 401, 400])
  })

  it('is charged by its parts, which are throttled one by one', async () => {
    tenant.administer({ kind: 'limitResourceUnits', units: 5 })
    const answers = await answersTo(Array.from({ length: 8 }, (_, index) => get(String(index), `/users/${idOf(1)}`)))
    const refused = [...answers.values()].filter(({ status }) => status === 429)
    expect(refused).toHaveLength(3)
    expect(Number(refused[0]?.headers['Retry-After'])).toBeGreaterThanOrEqual(1)
    expect(refused[0]?.body['error']).toMatchObject({ code: 'TooManyRequests' })
  })

  it('fails a part where a fault was planned for its path', async () => {
    tenant.administer({ kind: 'planFault', path: `/v1.0/users/${idOf(2)}`, after: 0, times: 1, effect: { kind: 'answer', status: 503, headers: { 'Retry-After': '3' }, body: '{"error":{"code":"serviceNotAvailable","message":"later"}}' } })
    const answers = await answersTo([1, 2, 3].map((number) => get(String(number), `/users/${idOf(number)}`)))
    expect(['1', '2', '3'].map((id) => answers.get(id)?.status)).toEqual([200, 503, 200])
    expect(answers.get('2')?.headers['Retry-After']).toBe('3')
  })
})
