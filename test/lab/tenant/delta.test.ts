import { rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lastOfEach, readRound } from './deltaClient.ts'
import type { DeltaObject, DeltaPage } from './deltaClient.ts'
import { graphErrorOf, groupReaderId, makeUsers, startTestTenant } from './tenantFixture.ts'
import type { TestTenant } from './tenantFixture.ts'

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const tracked = '/users/delta?$select=displayName,surname,mail,accountEnabled,userType'

let tenant: TestTenant
beforeEach(async () => {
  tenant = await startTestTenant({
    seed: makeUsers(230, (index) => (index === 229 ? { deletedDateTime: '2026-01-01T00:00:00Z' } : index === 4 ? { surname: 'Five' } : {})),
    history: [{ object: { type: 'user', id: idOf(7) }, change: { kind: 'updated', properties: ['surname'] } }],
  })
})
afterEach(() => tenant.remove())

const changesAfter = async (deltaLink: string, headers: Readonly<Record<string, string>> = {}): Promise<readonly DeltaObject[]> => (await readRound(tenant, deltaLink, headers)).objects

describe('a first round', () => {
  it('tells every user who exists, over pages, in no order, and one of them twice', async () => {
    const round = await readRound(tenant, tracked)
    const ids = round.objects.map(({ id }) => id)
    expect(round.pages.length).toBeGreaterThan(2)
    expect([...new Set(ids)].toSorted()).toEqual(Array.from({ length: 229 }, (_, index) => idOf(index + 1)))
    expect(ids).not.toEqual(ids.toSorted())
    const firstPage = (await (await tenant.send('GET', tracked)).json()) as DeltaPage
    expect(firstPage['@odata.context']).toBe(`${tenant.graphUrl}/v1.0/$metadata#users(displayName,surname,mail,accountEnabled,userType)`)
    expect(firstPage['@odata.nextLink']).toMatch(/\/v1\.0\/users\/delta\?\$skiptoken=[\w-]+$/)
    expect(firstPage).not.toHaveProperty('@odata.deltaLink')
  })

  it('mentions an object twice, on two pages of the round', async () => {
    const round = await readRound(tenant, tracked, { Prefer: 'odata.maxpagesize=1' })
    expect(round.objects.filter(({ id }) => id === idOf(7))).toHaveLength(2)
    expect(round.pages).toHaveLength(230)
  })

  it('leaves out what was never set, and shows as null what was cleared', async () => {
    const users = lastOfEach(await readRound(tenant, tracked))
    expect(users.get(idOf(1))).toEqual({ id: idOf(1), displayName: 'Guest 1', mail: 'guest1@fabrikam.com', accountEnabled: true, userType: 'Guest' })
    expect(users.get(idOf(5))).toMatchObject({ surname: 'Five' })
    expect(users.get(idOf(7))).toHaveProperty('surname', null)
  })

  it('tells the default properties where none are selected', async () => {
    const users = lastOfEach(await readRound(tenant, '/users/delta'))
    expect(Object.keys(users.get(idOf(1)) ?? {}).toSorted()).toEqual(['displayName', 'id', 'mail', 'userPrincipalName'])
  })

  it('takes the full name of the function too', async () => {
    expect(lastOfEach(await readRound(tenant, '/users/microsoft.graph.delta()?$select=id')).size).toBe(229)
  })

  it('keeps to the ids of its filter, on pages that may be empty', async () => {
    const round = await readRound(tenant, `/users/delta?$select=displayName&$filter=id eq '${idOf(2)}' or id eq '${idOf(3)}'`, { Prefer: 'odata.maxpagesize=20' })
    expect([...lastOfEach(round).keys()].toSorted()).toEqual([idOf(2), idOf(3)])
    expect(round.pages.some((page) => page.value.length === 0 && page['@odata.nextLink'] !== undefined)).toBe(true)
    tenant.administer({ kind: 'blockUser', user: idOf(9) })
    tenant.administer({ kind: 'changeUser', user: idOf(2), values: { displayName: 'Two' } })
    expect((await changesAfter(round.deltaLink)).map(({ id }) => id)).toEqual([idOf(2)])
  })
})

describe('a deltaLink', () => {
  it('tells nothing where nothing changed, and again a deltaLink', async () => {
    const { deltaLink } = await readRound(tenant, tracked)
    const again = await readRound(tenant, deltaLink)
    expect(again.objects).toEqual([])
    expect(again.deltaLink).toMatch(/\/v1\.0\/users\/delta\?\$deltatoken=[\w-]+$/)
  })

  it('begins now, without the users, where the token is called latest', async () => {
    const latest = await readRound(tenant, `${tracked}&$deltatoken=latest`)
    expect(latest.objects).toEqual([])
    tenant.administer({ kind: 'changeUser', user: idOf(3), values: { displayName: 'Three' } })
    expect(await changesAfter(latest.deltaLink)).toEqual([{ id: idOf(3), displayName: 'Three', mail: 'guest3@fabrikam.com', accountEnabled: true, userType: 'Guest' }])
  })

  it('tells of tracked properties only', async () => {
    const { deltaLink } = await readRound(tenant, '/users/delta?$select=mail')
    tenant.administer({ kind: 'changeUser', user: idOf(3), values: { displayName: 'Three' } })
    expect(await changesAfter(deltaLink)).toEqual([])
    tenant.administer({ kind: 'changeUser', user: idOf(3), values: { mail: null } })
    expect(await changesAfter(deltaLink)).toEqual([{ id: idOf(3), mail: null }])
  })

  it('tells all selected properties by default, and the changed ones alone with return=minimal', async () => {
    const { deltaLink } = await readRound(tenant, tracked)
    tenant.administer({ kind: 'changeUser', user: idOf(5), values: { surname: null } })
    tenant.administer({ kind: 'blockUser', user: idOf(5) })
    expect(await changesAfter(deltaLink)).toEqual([{ id: idOf(5), displayName: 'Guest 5', mail: 'guest5@fabrikam.com', accountEnabled: false, userType: 'Guest', surname: null }])
    expect(await changesAfter(deltaLink, { Prefer: 'return=minimal' })).toEqual([{ id: idOf(5), surname: null, accountEnabled: false }])
    const minimal = await tenant.send('GET', deltaLink, { headers: { Prefer: 'return=minimal' } })
    expect(minimal.headers.get('preference-applied')).toBe('return=minimal')
  })

  it('tells soft and final deletions apart, and a restored user as one who is there', async () => {
    const { deltaLink } = await readRound(tenant, tracked)
    for (const number of [1, 2, 3]) tenant.administer({ kind: 'deleteUser', user: idOf(number) })
    tenant.administer({ kind: 'eraseUser', user: idOf(2) })
    tenant.administer({ kind: 'restoreUser', user: idOf(3) })
    const users = lastOfEach(await readRound(tenant, deltaLink, { Prefer: 'return=minimal' }))
    expect(users.get(idOf(1))).toEqual({ id: idOf(1), '@removed': { reason: 'changed' } })
    expect(users.get(idOf(2))).toEqual({ id: idOf(2), '@removed': { reason: 'deleted' } })
    expect(users.get(idOf(3))).toEqual({ id: idOf(3), displayName: 'Guest 3', mail: 'guest3@fabrikam.com', accountEnabled: true, userType: 'Guest' })
  })

  it('may be asked again, and tells the same again and what came since', async () => {
    const { deltaLink } = await readRound(tenant, tracked)
    tenant.administer({ kind: 'blockUser', user: idOf(1) })
    expect(await changesAfter(deltaLink)).toHaveLength(1)
    tenant.administer({ kind: 'blockUser', user: idOf(2) })
    expect((await changesAfter(deltaLink)).map(({ id }) => id).toSorted()).toEqual([idOf(1), idOf(2)])
  })

  it('loses nothing that happens while a round is read', async () => {
    const first = (await (await tenant.send('GET', tracked)).json()) as DeltaPage
    const [told, other] = [first.value[0]?.id ?? '', Array.from({ length: 229 }, (_, index) => idOf(index + 1)).find((id) => !first.value.some((user) => user.id === id)) ?? '']
    tenant.administer({ kind: 'deleteUser', user: told })
    tenant.administer({ kind: 'deleteUser', user: other })
    const rest = await readRound(tenant, first['@odata.nextLink'] ?? '')
    expect(lastOfEach(rest).get(other)).toBeUndefined()
    const next = lastOfEach(await readRound(tenant, rest.deltaLink))
    expect([...next.keys()].toSorted()).toEqual([told, other].toSorted())
    expect(next.get(told)).toEqual({ id: told, '@removed': { reason: 'changed' } })
  })

  it('survives a restart of the tenant', async () => {
    const { deltaLink } = await readRound(tenant, tracked)
    const former = tenant
    former.administer({ kind: 'blockUser', user: idOf(1) })
    await former.close()
    tenant = await startTestTenant({ file: former.options.file })
    expect((await readRound(tenant, deltaLink.replace(former.graphUrl, tenant.graphUrl))).objects.map(({ id }) => id)).toEqual([idOf(1)])
    await rm(dirname(former.options.file), { recursive: true })
  })
})

describe('a delta token', () => {
  it('is refused as expired after its lifetime', async () => {
    const short = await startTestTenant({ lifetimes: { accessToken: 3599, pageToken: 3600, deltaToken: -1 } })
    const { deltaLink } = await readRound(short, '/users/delta?$select=id')
    expect(await graphErrorOf(await short.send('GET', deltaLink))).toEqual({
      status: 400, code: 'syncStateNotFound', message: 'The sync state generation is not found. The delta token is expired and data must be synchronized again.',
    })
    await short.remove()
  })

  it('is refused as expired once the administration says so, and a new round is not', async () => {
    const { deltaLink } = await readRound(tenant, tracked)
    tenant.administer({ kind: 'expireDeltaTokens' })
    expect(await graphErrorOf(await tenant.send('GET', deltaLink))).toMatchObject({ status: 400, code: 'syncStateNotFound' })
    expect((await readRound(tenant, (await readRound(tenant, tracked)).deltaLink)).objects).toEqual([])
  })

  it('is answered with 410 and the way to a full round after a reset, which tells no deletions', async () => {
    const { deltaLink } = await readRound(tenant, tracked)
    tenant.administer({ kind: 'deleteUser', user: idOf(1) })
    tenant.administer({ kind: 'resetDelta' })
    const response = await tenant.send('GET', deltaLink)
    expect(response.headers.get('location')).toBe(`${tenant.graphUrl}/v1.0/users/delta?$deltatoken=`)
    expect(await graphErrorOf(response)).toMatchObject({ status: 410, code: 'resyncRequired' })
    const full = lastOfEach(await readRound(tenant, response.headers.get('location') ?? ''))
    expect(full.size).toBe(228)
    expect(full.has(idOf(1))).toBe(false)
  })

  it('is refused where this tenant did not make it, or for another collection', async () => {
    const { deltaLink } = await readRound(tenant, tracked)
    for (const link of ['/users/delta?$deltatoken=x', '/users/delta?$skiptoken=x', deltaLink.replace('users', 'groups'), deltaLink.replace('$deltatoken', '$skiptoken')]) {
      expect(await graphErrorOf(await tenant.send('GET', link))).toMatchObject({ status: 400, code: 'Request_BadRequest', message: 'Badly formed token.' })
    }
  })
})

describe('a delta query', () => {
  const fiftyOne = Array.from({ length: 51 }, (_, index) => `id eq '${idOf(index + 1)}'`).join(' or ')
  it.each(['$top=10', '$orderby=displayName', '$expand=manager', '$count=true', "$filter=userType eq 'Guest'", `$filter=${fiftyOne}`])('refuses %s', async (query) => {
    expect(await graphErrorOf(await tenant.send('GET', `/users/delta?${query}`))).toMatchObject({ status: 400, code: 'Request_UnsupportedQuery' })
  })

  it('takes fifty ids', async () => {
    const round = await readRound(tenant, `/users/delta?$select=id&$filter=${fiftyOne.split(' or ').slice(0, 50).join(' or ')}`)
    expect(lastOfEach(round).size).toBe(50)
  })

  it('needs the right to read users', async () => {
    expect(await graphErrorOf(await tenant.send('GET', tracked, { clientId: groupReaderId }))).toMatchObject({ status: 403, code: 'Authorization_RequestDenied' })
  })
})
