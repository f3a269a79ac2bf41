import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EntraReader } from '../../../src/main/connectors/connector.ts'
import type { EntraConnection } from '../../../src/main/connectors/graph/entraConnection.ts'
import { createEntraReader } from '../../../src/main/connectors/graph/entraReader.ts'
import type { Authority } from '../../fixtures/certificates.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'
import type { GraphServer, Reply } from '../../fixtures/graphServer.ts'
import { graphError, json, startGraphServer } from '../../fixtures/graphServer.ts'
import { connectionTo, deltaPage, guest, idOf, page, readDelta, readPages, recordWaits, watermarkOf } from './world.ts'

let authority: Authority
let server: GraphServer
const signal = new AbortController().signal
const scopeGroup = '7e1f2a3b-0000-4000-8000-00000000abcd'

beforeAll(async () => { authority = await makeAuthority() })
beforeEach(async () => { server = await startGraphServer(authority) })
afterEach(async () => { await server.close() })

const readerOf = (more: Partial<EntraConnection> = {}): EntraReader => createEntraReader(connectionTo(server, authority, { scopeGroup, ...more }), recordWaits())
const importing = () => readPages(readerOf().importAll({ attributes: [], signal }))
const member = (number: number, more: Readonly<Record<string, unknown>> = {}) => ({ '@odata.type': '#microsoft.graph.user', ...guest(number, more) })

describe('a full import of a group', () => {
  test('lists the transitive members that are users, and filters them itself', async () => {
    server.play('members', page(server, [member(1), member(2, { userType: 'Member' }), member(3)], null, 3))
    const { pages, problem } = await importing()
    expect(problem).toBeNull()
    expect(pages.map((each) => [each.objects.map((object) => object.anchor), each.total, each.watermark !== null])).toEqual([[[idOf(1), idOf(3)], null, true]])
    const [request] = server.requestsTo('members')
    expect(request?.url.pathname).toBe(`/v1.0/groups/${scopeGroup}/transitiveMembers/microsoft.graph.user`)
    expect(Object.fromEntries(request?.url.searchParams ?? [])).toEqual({ $select: server.requestsTo('latest')[0]?.url.searchParams.get('$select'), $top: '999', $count: 'true' })
    expect(request?.headers['consistencylevel']).toBe('eventual')
    expect(server.requestsTo('users')).toEqual([])
  })

  test.each<[string, Reply, string, string]>([
    ['members with id and type only', json(200, { value: [{ '@odata.type': '#microsoft.graph.user', id: idOf(1), displayName: null, userPrincipalName: null, userType: null }] }), 'limitedInformation', 'GroupMember.Read.All'],
    ['members that may not be listed', graphError(403, 'Authorization_RequestDenied'), 'notPermitted', 'GroupMember.Read.All'],
    ['a group that is not there', graphError(404, 'Request_ResourceNotFound'), 'objectNotFound', 'scopeGroup'],
  ])('%s are a problem that says what to do', async (_, reply, kind, named) => {
    server.play('members', reply)
    const { problem } = await importing()
    expect(problem?.kind).toBe(kind)
    expect(`${problem?.message ?? ''} ${problem?.remedy ?? ''}`).toContain(named)
  })

  test('limited information names User.Read.All as what is missing', async () => {
    server.play('members', json(200, { value: [{ id: idOf(1) }] }))
    expect((await importing()).problem?.remedy).toContain('User.Read.All')
  })

  test('a scope group that is no object id is refused before anything is sent', async () => {
    expect(await readerOf({ scopeGroup: 'Guests of Contoso' }).identify(signal)).toMatchObject({ ok: false, problem: { kind: 'configurationInvalid', message: expect.stringContaining('Guests of Contoso') as string } })
    expect(server.requests).toEqual([])
  })
})

describe('a delta import of a group', () => {
  /** A full import of these members, then the delta: `changes` of the tenant, and whom the group has now. */
  async function delta(before: readonly unknown[], changes: readonly unknown[], now: readonly unknown[], known: readonly number[], more: Partial<EntraConnection> = {}): ReturnType<typeof readDelta> {
    server.play('members', page(server, before))
    const watermark = await watermarkOf(readerOf(more))
    server.play('delta', deltaPage(server, changes, { end: 'second' }))
    server.play('members', page(server, now))
    return readDelta(readerOf(more), watermark, known.map(idOf))
  }
  const summary = ({ changes }: Awaited<ReturnType<typeof delta>>) => changes.map((change) => (change.kind === 'replaced' ? ['replaced', change.object.anchor] : [change.kind === 'removed' ? change.why : change.kind, change.anchor]))

  test('says nothing where nothing changed', async () => {
    const result = await delta([member(1), member(2)], [], [member(1), member(2)], [1, 2])
    expect([result.problem, result.changes, result.watermark !== null]).toEqual([null, [], true])
  })

  test('reads the members after the round, so that nothing between is lost', async () => {
    await delta([member(1)], [], [member(1)], [1])
    expect(server.requests.map((request) => request.url.pathname.split('/').at(-1)).filter((name) => name !== 'token')).toEqual(['delta', 'microsoft.graph.user', 'delta', 'microsoft.graph.user'])
  })

  test('who changed comes as listed, who did not is left out, and strangers to the group do not matter', async () => {
    const result = await delta([member(1), member(2)], [{ id: idOf(1), displayName: 'New' }, { id: idOf(9), userType: 'Guest' }], [member(1, { displayName: 'New' }), member(2)], [1, 2])
    expect(summary(result)).toEqual([['replaced', idOf(1)]])
    expect(server.requestsTo('batch')).toEqual([])
  })

  test('who came into the group or into a group within it comes whole, though no user changed', async () => {
    expect(summary(await delta([member(1)], [], [member(1), member(2)], [1]))).toEqual([['replaced', idOf(2)]])
  })

  test('who left the group has left the filter', async () => {
    expect(summary(await delta([member(1), member(2)], [], [member(1)], [1, 2]))).toEqual([['leftFilter', idOf(2)]])
  })

  test('who was deleted is told apart from who left', async () => {
    const removed = [{ id: idOf(2), '@removed': { reason: 'changed' } }, { id: idOf(3), '@removed': { reason: 'deleted' } }]
    expect(summary(await delta([member(1), member(2), member(3), member(4)], removed, [member(1)], [1, 2, 3, 4])))
      .toEqual([['softDeleted', idOf(2)], ['deleted', idOf(3)], ['leftFilter', idOf(4)]])
  })

  test('who left and is not in the connector space does not matter', async () => {
    expect(summary(await delta([member(1), member(2)], [], [member(1)], [1]))).toEqual([])
  })

  test('who was restored into the group in the same round is there', async () => {
    expect(summary(await delta([member(1)], [{ id: idOf(1), '@removed': { reason: 'changed' } }], [member(1)], [1]))).toEqual([['replaced', idOf(1)]])
  })

  test('who became a member of the tenant is shown as one, a stranger of that kind is not', async () => {
    const now = [member(1, { userType: 'Member' }), member(2, { userType: 'Member' })]
    expect(summary(await delta([member(1)], [{ id: idOf(1), userType: 'Member' }], now, [1]))).toEqual([['replaced', idOf(1)]])
  })

  test('who left the filter leaves once, and comes back whole', async () => {
    const filter = "companyName eq 'Fabrikam'"
    const inside = member(1, { companyName: 'Fabrikam' })
    const first = await delta([inside], [{ id: idOf(1), companyName: 'Contoso' }], [member(1, { companyName: 'Contoso' })], [1], { filter })
    expect(summary(first)).toEqual([['leftFilter', idOf(1)]])
    server.play('delta', deltaPage(server, [], { end: 'third' }))
    server.play('members', page(server, [inside]))
    expect(summary(await readDelta(readerOf({ filter }), first.watermark ?? '', []))).toEqual([['replaced', idOf(1)]])
  })

  test('each round remembers the members for the next', async () => {
    const first = await delta([member(1)], [], [member(1), member(2)], [1])
    server.play('delta', deltaPage(server, [], { end: 'third' }))
    server.play('members', page(server, [member(1)]))
    expect(summary(await readDelta(readerOf(), first.watermark ?? '', [idOf(1), idOf(2)]))).toEqual([['leftFilter', idOf(2)]])
  })

  test('a member that cannot be understood has not left', async () => {
    const broken = member(2, { accountEnabled: 'yes' })
    const first = await delta([member(1), member(2)], [], [member(1), broken], [1, 2])
    expect(summary(first)).toEqual([])
    expect(first.pages.flatMap((each) => each.problems).map((problem) => problem.object)).toEqual([idOf(2)])
    server.play('delta', deltaPage(server, [], { end: 'third' }))
    server.play('members', page(server, [member(1)]))
    expect(summary(await readDelta(readerOf(), first.watermark ?? '', [idOf(1), idOf(2)]))).toEqual([['leftFilter', idOf(2)]])
  })

  test('nobody leaves because the members could not be read', async () => {
    server.play('members', page(server, [member(1), member(2)]))
    const watermark = await watermarkOf(readerOf())
    server.play('delta', deltaPage(server, [], { end: 'second' }))
    server.play('members', page(server, [member(1)], 'next'))
    server.playUsers(graphError(403, 'Authorization_RequestDenied'))
    const result = await readDelta(readerOf(), watermark, [idOf(1), idOf(2)])
    expect([result.problem?.kind, result.changes, result.watermark]).toEqual(['notPermitted', [], null])
  })

  test('a watermark of another group is of no use', async () => {
    server.play('members', page(server, []))
    const watermark = await watermarkOf(readerOf())
    expect((await readDelta(readerOf({ scopeGroup: idOf(5) }), watermark, [])).problem?.kind).toBe('deltaExpired')
  })
})
