import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FaultEffect } from '../../../src/main/lab/tenant/faults/faultPlan.ts'
import { makeUsers, readerId, secretForm, startTestTenant } from './tenantFixture.ts'
import type { TestTenant } from './tenantFixture.ts'

let tenant: TestTenant
beforeEach(async () => { tenant = await startTestTenant({ seed: makeUsers(60) }) })
afterEach(() => tenant.remove())

const plan = (path: string, effect: FaultEffect, more: { readonly times?: number; readonly after?: number } = {}) =>
  tenant.administer({ kind: 'planFault', path, times: more.times ?? 1, after: more.after ?? 0, effect })
const statuses = async (count: number, path = '/users') => {
  const seen: number[] = []
  for (let turn = 0; turn < count; turn += 1) seen.push((await tenant.get(path)).status)
  return seen
}

describe('a planned fault', () => {
  it('answers the next requests to its path, and only those, with what was planned', async () => {
    plan('/v1.0/users', { kind: 'answer', status: 503, headers: { 'Retry-After': '1', 'Content-Type': 'text/html' }, body: '<html>' }, { times: 2 })
    const first = await tenant.get('/users?$top=5')
    expect([first.status, first.headers.get('retry-after'), await first.text()]).toEqual([503, '1', '<html>'])
    expect(await statuses(1, '/users/nobody@nowhere')).toEqual([404])
    expect(await statuses(2)).toEqual([503, 200])
  })

  it('lets the first requests pass where it comes after some', async () => {
    plan('/v1.0/*', { kind: 'answer', status: 500, headers: {}, body: '' }, { after: 2 })
    expect(await statuses(4)).toEqual([200, 200, 500, 200])
  })

  it('breaks the connection, before the answer or within it', async () => {
    plan('/v1.0/users', { kind: 'reset' })
    await expect(tenant.get('/users')).rejects.toThrow('fetch failed')
    plan('/v1.0/users', { kind: 'cutOff' })
    const cut = await tenant.get('/users')
    expect(cut.status).toBe(200)
    await expect(cut.text()).rejects.toThrow('terminated')
    expect(await statuses(1)).toEqual([200])
  })

  it('delays the answer', async () => {
    plan('/v1.0/users', { kind: 'delay', seconds: 0.3 })
    const begun = performance.now()
    expect(await statuses(1)).toEqual([200])
    expect(performance.now() - begun).toBeGreaterThanOrEqual(290)
  })

  it('can be for the sign-in service too, and is forgotten when faults are cleared', async () => {
    plan('/*', { kind: 'answer', status: 429, headers: {}, body: '{}' }, { times: 5 })
    expect((await tenant.postToken(secretForm({ client_id: readerId }))).status).toBe(429)
    tenant.administer({ kind: 'clearFaults' })
    expect((await tenant.postToken(secretForm({ client_id: readerId }))).status).toBe(200)
  })
})
