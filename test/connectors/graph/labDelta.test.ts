import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DeltaPage, EntraReader } from '../../../src/main/connectors/connector.ts'
import { createEntraReader } from '../../../src/main/connectors/graph/entraReader.ts'
import type { TenantGroup } from '../../../src/main/lab/tenant/tenantGroup.ts'
import { asSecurityGroup } from '../../../src/main/lab/tenant/tenantGroup.ts'
import type { Attributes } from '../../../src/shared/domain/attributes.ts'
import type { TestTenant } from '../../lab/tenant/tenantFixture.ts'
import { groupReaderId, guestbridgeId, makeUsers, secret, startTestTenant, tenantId } from '../../lab/tenant/tenantFixture.ts'
import { idOf, readDelta, readPages, recordWaits, watermarkOf } from './world.ts'

const signal = new AbortController().signal
const asked = ['displayName', 'surname', 'mail']
const outer = '00000000-0000-4000-9000-000000000001'
const inner = '00000000-0000-4000-9000-000000000002'
const makeGroup = (id: string, members: TenantGroup['members']): TenantGroup => ({ ...asSecurityGroup(), id, displayName: id, mailNickname: id, createdDateTime: '2024-05-01T10:00:00Z', members })

/** Users 1 to 30, every fifth a member of the tenant; 1 to 10 are in the outer group, 11 to 14 in the one within it. */
let tenant: TestTenant

beforeEach(async () => {
  const users = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => ({ type: 'user' as const, id: idOf(from + index) }))
  tenant = await startTestTenant({
    seed: makeUsers(30, (index) => ({ userType: index % 5 === 4 ? 'Member' : 'Guest', surname: index % 2 === 0 ? 'Meyer' : null })),
    groups: [makeGroup(outer, [...users(1, 10), { type: 'group', id: inner }]), makeGroup(inner, users(11, 14))],
  })
})
afterEach(async () => { await tenant.remove() })

function readerOf(scopeGroup: string | null = null, clientId = guestbridgeId): EntraReader {
  return createEntraReader({
    graphUrl: tenant.graphUrl, signInUrl: tenant.signInUrl, tenantId, clientId, credential: { kind: 'secret', secret }, caPem: null,
    filter: "userType eq 'Guest'", pageSize: 999, ...(scopeGroup === null ? {} : { scopeGroup }),
  }, recordWaits())
}

type Space = Map<string, Attributes>

async function readAll(reader: EntraReader): Promise<{ readonly space: Space; readonly watermark: string }> {
  const { pages, problem } = await readPages(reader.importAll({ attributes: asked, signal }))
  expect(problem).toBeNull()
  return { space: new Map(pages.flatMap((page) => page.objects).map((object) => [object.anchor, object.attributes])), watermark: pages.at(-1)?.watermark ?? '' }
}

/** As the store applies a delta: cleared attributes go, others stay. */
function apply(space: Space, pages: readonly DeltaPage[]): void {
  for (const change of pages.flatMap((page) => page.changes)) {
    if (change.kind === 'removed') space.delete(change.anchor)
    else if (change.kind === 'replaced') space.set(change.object.anchor, change.object.attributes)
    else space.set(change.anchor, Object.fromEntries(Object.entries({ ...space.get(change.anchor), ...change.attributes }).filter(([, values]) => values.length > 0)))
  }
}

const user = fc.integer({ min: 1, max: 16 }).map(idOf)
const command: fc.Arbitrary<Parameters<TestTenant['administer']>[0]> = fc.oneof(
  fc.record({ kind: fc.constant('changeUser' as const), user, values: fc.record({ displayName: fc.constantFrom('Anna', 'Björn', '李') }) }),
  fc.record({ kind: fc.constant('changeUser' as const), user, values: fc.record({ surname: fc.constantFrom('Meyer', null) }) }),
  fc.record({ kind: fc.constantFrom('deleteUser' as const, 'restoreUser' as const, 'makeMember' as const, 'makeGuest' as const, 'blockUser' as const, 'unblockUser' as const), user }),
  fc.record({ kind: fc.constantFrom('addGroupMember' as const, 'removeGroupMember' as const), group: fc.constantFrom(outer, inner), member: user }),
)

describe.each([['the tenant', null], ['a group and the groups in it', outer]])('full and delta imports agree, with %s as scope', (_, scopeGroup) => {
  test('whatever happens in the tenant between them', async () => {
    const reader = readerOf(scopeGroup)
    const { space, watermark } = await readAll(reader)
    let next = watermark
    expect(space.size).toBeGreaterThan(8)
    await fc.assert(fc.asyncProperty(fc.array(command, { maxLength: 12 }), async (commands) => {
      for (const each of commands) tenant.administer(each)
      const delta = await readDelta(reader, next, [...space.keys()], asked)
      expect(delta.problem).toBeNull()
      apply(space, delta.pages)
      next = delta.watermark ?? ''
      const full = (await readAll(reader)).space
      // A guest who became a member stays in the connector space as one until the next full import.
      const guests = new Map([...space].filter(([, attributes]) => attributes['userType']?.[0] === 'Guest'))
      expect(guests).toEqual(full)
    }), { numRuns: 25 })
  })
})

describe('a delta import', () => {
  test('names deletions and who was deleted for good', async () => {
    const reader = readerOf()
    const { space, watermark } = await readAll(reader)
    expect([space.has(idOf(21)), space.has(idOf(22))]).toEqual([true, true])
    tenant.administer({ kind: 'deleteUser', user: idOf(21) })
    tenant.administer({ kind: 'eraseUser', user: idOf(22) })
    const { changes } = await readDelta(reader, watermark, [...space.keys()], asked)
    expect(changes.toSorted((left, right) => JSON.stringify(left).localeCompare(JSON.stringify(right)))).toEqual([
      { kind: 'removed', anchor: idOf(21), why: 'softDeleted' }, { kind: 'removed', anchor: idOf(22), why: 'deleted' },
    ])
  })

  test('brings an invited guest whole', async () => {
    const reader = readerOf()
    const { space, watermark } = await readAll(reader)
    const invited = tenant.administer({ kind: 'inviteGuest', mail: 'new@fabrikam.com', displayName: 'New' })
    const { changes } = await readDelta(reader, watermark, [...space.keys()], asked)
    expect(changes).toMatchObject([{ kind: 'replaced', object: { anchor: invited.kind === 'done' ? invited.id : '', attributes: { displayName: ['New'], externalUserState: ['PendingAcceptance'] } } }])
  })

  test.each(['expireDeltaTokens', 'resetDelta'] as const)('needs a full import after %s', async (kind) => {
    const reader = readerOf()
    const watermark = await watermarkOf(reader, asked)
    tenant.administer({ kind })
    expect((await readDelta(reader, watermark, [], asked)).problem?.kind).toBe('deltaExpired')
    expect((await readDelta(reader, await watermarkOf(reader, asked), [], asked)).problem).toBeNull()
  })

  test('gets over throttled and lost requests', async () => {
    const reader = readerOf()
    const { space, watermark } = await readAll(reader)
    tenant.administer({ kind: 'inviteGuest', mail: 'throttled@fabrikam.com' })
    const busy = { kind: 'answer' as const, status: 429, headers: { 'Retry-After': '1' }, body: '{"error":{"code":"TooManyRequests","message":"Too many"}}' }
    tenant.administer({ kind: 'planFault', path: '/v1.0/users/delta', times: 1, after: 0, effect: busy })
    tenant.administer({ kind: 'planFault', path: '/v1.0/users/delta', times: 1, after: 0, effect: { kind: 'cutOff' } })
    tenant.administer({ kind: 'planFault', path: '/v1.0/$batch', times: 1, after: 0, effect: { kind: 'reset' } })
    const { changes, problem } = await readDelta(reader, watermark, [...space.keys()], asked)
    expect([problem, changes.map((change) => change.kind)]).toEqual([null, ['replaced']])
  })
})

describe('rights', () => {
  test('an application that may see members, but not users, is told which role it lacks', async () => {
    const { problem } = await readPages(readerOf(outer, groupReaderId).importAll({ attributes: asked, signal }))
    expect(`${problem?.message ?? ''} ${problem?.remedy ?? ''}`).toContain('User.Read.All')
  })

  test('a group that does not exist is named as such', async () => {
    const { problem } = await readPages(readerOf(idOf(99)).importAll({ attributes: asked, signal }))
    expect(problem).toMatchObject({ kind: 'objectNotFound', remedy: expect.stringContaining('scopeGroup') as string })
  })
})

test('absence is proved singly: present, in the group or not, in the recycle bin, gone', async () => {
  tenant.administer({ kind: 'deleteUser', user: idOf(26) })
  tenant.administer({ kind: 'eraseUser', user: idOf(27) })
  const answers = await readerOf(outer).proveAbsence([idOf(11), idOf(25), idOf(26), idOf(27), idOf(98)], signal)
  expect(answers.ok && Object.fromEntries(answers.value)).toEqual({
    [idOf(11)]: { kind: 'present', userType: 'Guest', accountEnabled: true, isInGroup: true },
    [idOf(25)]: { kind: 'present', userType: 'Member', accountEnabled: true, isInGroup: false },
    [idOf(26)]: { kind: 'softDeleted', deletedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string },
    [idOf(27)]: { kind: 'gone' },
    [idOf(98)]: { kind: 'gone' },
  })
})
