import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GraphEndpoint } from '../../../src/main/lab/tenant/graph/graphRequest.ts'
import { costOf, createThrottle } from '../../../src/main/lab/tenant/graph/throttle.ts'
import { openTenantStore } from '../../../src/main/lab/tenant/store/tenantStore.ts'
import { graphErrorOf, makeUsers, readerId, startTestTenant, tenantId, writerId } from './tenantFixture.ts'
import type { TestTenant } from './tenantFixture.ts'

let tenant: TestTenant
beforeEach(async () => { tenant = await startTestTenant() })
afterEach(() => tenant.remove())

describe('a tenant with few resource units', () => {
  it('answers 429 with Retry-After, scope and reason to the one application that used them up', async () => {
    tenant.administer({ kind: 'limitResourceUnits', units: 6 })
    for (let turn = 0; turn < 3; turn += 1) expect((await tenant.get('/users')).status).toBe(200)
    const refused = await tenant.get('/users')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(10)
    expect(refused.headers.get('x-ms-throttle-scope')).toBe(`Tenant_Application/ReadWrite/${readerId}/${tenantId}`)
    expect(refused.headers.get('x-ms-throttle-information')).toBe('ResourceUnitLimitExceeded')
    expect(await graphErrorOf(refused)).toMatchObject({ status: 429, code: 'TooManyRequests' })
    expect((await tenant.send('GET', '/users', { clientId: writerId })).status).toBe(200)
    tenant.administer({ kind: 'unlimitResourceUnits' })
    expect((await tenant.get('/users')).status).toBe(200)
  })

  it('says what a request cost, and how near the limit is from four fifths on', async () => {
    tenant.administer({ kind: 'limitResourceUnits', units: 5 })
    const first = await tenant.get('/users')
    expect([first.headers.get('x-ms-resource-unit'), first.headers.get('x-ms-throttle-limit-percentage')]).toEqual(['2', null])
    const second = await tenant.get('/users')
    expect(second.headers.get('x-ms-throttle-limit-percentage')).toBe('0.80')
  })
})

describe('resource units', () => {
  const endpoint = (units: number | null): GraphEndpoint => ({ roles: [], ...(units === null ? {} : { units }), answer: () => ({ status: 200, headers: {}, body: '' }) })
  it.each([
    [2, {}, 2], [2, { $select: 'id' }, 1], [2, { $select: 'id', $top: '5' }, 1], [2, { $top: '999' }, 2], [2, { $expand: 'manager' }, 3], [5, { $select: 'id', $top: '19' }, 3], [null, {}, 1],
  ] as const)('of a request that costs %s with %j are %i', (units, options, cost) => {
    expect(costOf('GET', endpoint(units), options)).toEqual({ kind: 'read', units: cost })
  })

  it('are given anew every ten seconds, and writes are counted apart, 3,000 in 150 seconds', () => {
    const store = openTenantStore(':memory:', { users: makeUsers(3), groups: [], history: [] })
    const throttle = createThrottle(tenantId, store)
    const spend = (units: number, kind: 'read' | 'write', now: number) => throttle.spend('a', { kind, units }, now)
    expect(spend(3_500, 'read', 1_000).kind).toBe('allowed')
    expect(spend(1, 'read', 4_500)).toMatchObject({ kind: 'refused', headers: { 'Retry-After': '7' } })
    expect(spend(1, 'read', 11_000).kind).toBe('allowed')
    for (let count = 0; count < 3_000; count += 1) expect(spend(1, 'write', 20_000 + count * 40).kind).toBe('allowed')
    expect(spend(1, 'write', 140_000)).toMatchObject({ kind: 'refused', headers: { 'x-ms-throttle-information': 'WriteLimitExceeded', 'Retry-After': '30' } })
    expect(spend(1, 'write', 170_000).kind).toBe('allowed')
    store.close()
  })
})
