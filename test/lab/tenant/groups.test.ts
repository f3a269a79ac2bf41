import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TenantGroup } from '../../../src/main/lab/tenant/tenantGroup.ts'
import { asSecurityGroup } from '../../../src/main/lab/tenant/tenantGroup.ts'
import { lastOfEach, readRound } from './deltaClient.ts'
import { bodyOf, graphErrorOf, groupReaderId, makeUsers, powerlessId, startTestTenant } from './tenantFixture.ts'
import type { TestTenant } from './tenantFixture.ts'

const userId = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const groupId = (number: number) => `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`
const makeGroup = (number: number, displayName: string, users: readonly number[], nested: readonly number[] = []): TenantGroup => ({
  ...asSecurityGroup(), id: groupId(number), displayName, mailNickname: `group${number}`, createdDateTime: '2024-05-01T10:00:00Z',
  members: [...users.map((user) => ({ type: 'user' as const, id: userId(user) })), ...nested.map((group) => ({ type: 'group' as const, id: groupId(group) }))],
})
const many = Array.from({ length: 120 }, (_, index) => index + 1)

let tenant: TestTenant
beforeAll(async () => {
  tenant = await startTestTenant({
    seed: makeUsers(130, (index) => (index === 119 ? { deletedDateTime: '2026-01-01T00:00:00Z' } : index === 0 ? { userType: 'Member' as const } : {})),
    // 2 and 3 hold each other.
    groups: [makeGroup(1, 'Partners', many, [2]), makeGroup(2, 'Nested', [5, 125], [3]), makeGroup(3, "Pat's group", [126], [2]), makeGroup(4, 'Empty', [])],
  })
})
afterAll(() => tenant.remove())

type Page = { readonly '@odata.context': string; readonly '@odata.count'?: number; readonly '@odata.nextLink'?: string; readonly value: readonly Record<string, unknown>[] }
const list = async (path: string, clientId?: string): Promise<Page> => (await tenant.send('GET', path, clientId === undefined ? {} : { clientId })).json() as Promise<Page>
const idsOf = (page: Page) => page.value.map(({ id }) => id)
async function listAll(path: string, clientId?: string): Promise<readonly Record<string, unknown>[]> {
  const pages = [await list(path, clientId)]
  for (let link = pages[0]?.['@odata.nextLink']; link !== undefined; link = pages.at(-1)?.['@odata.nextLink']) pages.push(await list(link, clientId))
  return pages.flatMap(({ value }) => value)
}

describe('groups', () => {
  it.each([
    ["displayName eq 'partners'", [1]], ["startswith(displayName,'pa')", [1, 3]], ["displayName eq 'Pat''s group'", [3]], [`id in ('${groupId(2)}','${groupId(4)}')`, [2, 4]],
  ])('are found by %s', async (filter, numbers) => {
    expect(idsOf(await list(`/groups?$select=id&$filter=${filter}`))).toEqual(numbers.map(groupId))
  })

  it('come with all their properties, or those selected, singly and by pages', async () => {
    expect(await bodyOf(await tenant.send('GET', `/groups/${groupId(4)}`))).toEqual({
      '@odata.context': `${tenant.graphUrl}/v1.0/$metadata#groups/$entity`, id: groupId(4), deletedDateTime: null, createdDateTime: '2024-05-01T10:00:00Z', description: null,
      displayName: 'Empty', groupTypes: [], mail: null, mailEnabled: false, mailNickname: 'group4', securityEnabled: true, visibility: null,
    })
    expect(await listAll('/groups?$top=3&$select=displayName')).toEqual(['Partners', 'Nested', "Pat's group", 'Empty'].map((displayName) => ({ displayName })))
  })

  it('are refused where they are not there, not allowed, or asked for by what they do not have', async () => {
    expect(await graphErrorOf(await tenant.send('GET', `/groups/${groupId(9)}/members`))).toMatchObject({ status: 404, code: 'Request_ResourceNotFound' })
    expect(await graphErrorOf(await tenant.send('GET', '/groups', { clientId: powerlessId }))).toMatchObject({ status: 403 })
    expect(await graphErrorOf(await tenant.send('GET', '/groups?$select=noSuch'))).toMatchObject({ status: 400 })
    expect(await graphErrorOf(await tenant.send('GET', "/groups?$filter=visibility eq 'x'"))).toMatchObject({ status: 400, code: 'Request_UnsupportedQuery' })
  })
})

describe('members of a group', () => {
  it('are those who are in it by themselves, deleted ones left out, by pages of 100', async () => {
    const first = await list(`/groups/${groupId(1)}/members?$select=id,displayName`)
    expect(first.value).toHaveLength(100)
    expect(first.value[0]).toEqual({ '@odata.type': '#microsoft.graph.user', id: userId(1), displayName: 'Guest 1' })
    const all = await listAll(`/groups/${groupId(1)}/members?$select=id`)
    expect(all.map(({ id }) => id)).toEqual([...many.slice(0, 119).map(userId), groupId(2)])
    expect(all.at(-1)).toEqual({ '@odata.type': '#microsoft.graph.group', id: groupId(2) })
  })

  it('are flat, each once, over all levels as transitive members', async () => {
    const all = await listAll(`/groups/${groupId(1)}/transitiveMembers?$select=id&$top=999`)
    expect(all.map(({ id }) => id).toSorted()).toEqual([...many.slice(0, 119), 125, 126].map(userId).concat([groupId(2), groupId(3)]))
  })

  it('end where groups hold each other', async () => {
    expect((await listAll(`/groups/${groupId(3)}/transitiveMembers?$select=id`)).map(({ id }) => id).toSorted()).toEqual([userId(5), userId(125), userId(126), groupId(2), groupId(3)])
  })

  it('are users alone with the cast, and can be filtered like users', async () => {
    const page = await list(`/groups/${groupId(1)}/transitiveMembers/microsoft.graph.user?$select=id,userType&$top=999&$filter=userType eq 'Guest'`)
    expect(page['@odata.context']).toBe(`${tenant.graphUrl}/v1.0/$metadata#users(id,userType)`)
    expect(page.value).toHaveLength(120)
    expect(page.value.every(({ userType }) => userType === 'Guest')).toBe(true)
    expect(idsOf(await list(`/groups/${groupId(1)}/transitiveMembers/microsoft.graph.group?$select=id`))).toEqual([groupId(2), groupId(3)])
  })

  it.each(['members', 'members/microsoft.graph.user', 'transitiveMembers', 'transitiveMembers/microsoft.graph.user'])('show id and type alone, the rest null, to who may not read users (%s)', async (path) => {
    const all = await listAll(`/groups/${groupId(2)}/${path}?$select=id,displayName,accountEnabled`, groupReaderId)
    const users = all.filter((member) => member['@odata.type'] === '#microsoft.graph.user')
    expect(users).toContainEqual({ '@odata.type': '#microsoft.graph.user', id: userId(5), displayName: null, accountEnabled: null })
    expect(users.length).toBe(path.startsWith('transitive') ? 3 : 2)
  })
})

describe('checkMemberGroups', () => {
  it('names those of the groups that hold the user, by nesting too', async () => {
    const body = { groupIds: [1, 2, 3, 4].map(groupId) }
    expect((await bodyOf(await tenant.send('POST', `/users/${userId(126)}/checkMemberGroups`, { body })))['value']).toEqual([1, 2, 3].map(groupId))
    expect((await bodyOf(await tenant.send('POST', `/users/${userId(1)}/checkMemberGroups`, { body })))['value']).toEqual([groupId(1)])
    expect((await bodyOf(await tenant.send('POST', `/users/${userId(130)}/checkMemberGroups`, { body })))['value']).toEqual([])
  })

  it('takes 20 groups at most', async () => {
    const body = { groupIds: Array.from({ length: 21 }, (_, index) => groupId(index)) }
    expect(await graphErrorOf(await tenant.send('POST', `/users/${userId(1)}/checkMemberGroups`, { body }))).toMatchObject({ status: 400 })
    expect(await graphErrorOf(await tenant.send('POST', `/users/${userId(1)}/checkMemberGroups`, { body: {} }))).toMatchObject({ status: 400 })
  })
})

describe('GET /groups/delta', () => {
  it('tells large groups in parts, with their direct members', async () => {
    const round = await readRound(tenant, '/groups/delta?$select=displayName,members')
    const parts = round.objects.filter(({ id }) => id === groupId(1))
    expect(parts.length).toBe(3)
    const members = parts.flatMap((part) => part['members@delta'] as { readonly id: string }[])
    expect(members.map(({ id }) => id).toSorted()).toEqual([...many.slice(0, 119).map(userId), groupId(2)])
    expect(lastOfEach(round).get(groupId(4))).toEqual({ id: groupId(4), displayName: 'Empty' })
  })

  it('tells who came and who went, and not who came by a nested group', async () => {
    const { deltaLink } = await readRound(tenant, '/groups/delta?$select=displayName,members')
    tenant.administer({ kind: 'addGroupMember', group: 'Nested', member: userId(127) })
    tenant.administer({ kind: 'removeGroupMember', group: 'Nested', member: userId(125) })
    const changed = lastOfEach(await readRound(tenant, deltaLink))
    expect([...changed.keys()]).toEqual([groupId(2)])
    expect(changed.get(groupId(2))).toEqual({
      id: groupId(2), displayName: 'Nested',
      'members@delta': [
        { '@odata.type': '#microsoft.graph.user', id: userId(127) },
        { '@odata.type': '#microsoft.graph.user', id: userId(125), '@removed': { reason: 'deleted' } },
      ],
    })
    const withoutMembers = await readRound(tenant, '/groups/delta?$select=displayName')
    expect(withoutMembers.objects.every((group) => !('members@delta' in group))).toBe(true)
  })

  it('tells a deleted group as removed, without its members, and a restored one whole', async () => {
    const { deltaLink } = await readRound(tenant, '/groups/delta?$select=displayName,members')
    expect(tenant.administer({ kind: 'deleteGroup', group: "Pat's group" })).toEqual({ kind: 'done', id: groupId(3) })
    expect((await readRound(tenant, deltaLink)).objects).toEqual([{ id: groupId(3), '@removed': { reason: 'changed' } }])
    expect((await tenant.send('GET', `/groups/${groupId(3)}/transitiveMembers`)).status).toBe(404)
    expect((await listAll(`/groups/${groupId(2)}/transitiveMembers?$select=id`)).map(({ id }) => id)).not.toContain(userId(126))
    expect(tenant.administer({ kind: 'deleteGroup', group: groupId(3) }).kind).toBe('refused')
    expect(tenant.administer({ kind: 'restoreGroup', group: "Pat's group" }).kind).toBe('done')
    expect(lastOfEach(await readRound(tenant, deltaLink)).get(groupId(3))).toMatchObject({ displayName: "Pat's group", 'members@delta': [{ id: userId(126) }, { id: groupId(2) }] })
  })
})
