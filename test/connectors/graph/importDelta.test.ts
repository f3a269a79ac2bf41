import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { DeltaChange, EntraReader } from '../../../src/main/connectors/connector.ts'
import type { EntraConnection } from '../../../src/main/connectors/graph/entraConnection.ts'
import { createEntraReader } from '../../../src/main/connectors/graph/entraReader.ts'
import type { Authority } from '../../fixtures/certificates.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'
import type { GraphServer, Reply } from '../../fixtures/graphServer.ts'
import { batchedError, graphError, json, requestId, startGraphServer, text } from '../../fixtures/graphServer.ts'
import { answerLooksWith, connectionTo, deltaLink, deltaPage, guest, idOf, page, readDelta, readPages, recordWaits, skipLink, watermarkOf } from './world.ts'

let authority: Authority
let server: GraphServer
const signal = new AbortController().signal
const asked = ['displayName', 'surname', 'companyName']

beforeAll(async () => { authority = await makeAuthority() })
beforeEach(async () => { server = await startGraphServer(authority) })
afterEach(async () => { await server.close() })

const readerOf = (more: Partial<EntraConnection> = {}): EntraReader => createEntraReader(connectionTo(server, authority, more), recordWaits())

/** A full import of nobody, then the delta: what it brings of these elements, given whom the connector space has. */
async function importing(elements: readonly unknown[], known: readonly number[], more: Partial<EntraConnection> = {}): ReturnType<typeof readDelta> {
  const reader = readerOf(more)
  server.playUsers(page(server, []))
  const watermark = await watermarkOf(reader, asked)
  server.play('delta', deltaPage(server, elements, { end: 'second' }))
  return readDelta(reader, watermark, known.map(idOf), asked)
}

describe('where a delta begins', () => {
  test('the token is taken before the listing begins, for the same attributes, and comes with its last page', async () => {
    server.playUsers(page(server, [guest(1)], 'b'), page(server, [guest(2)]))
    const { pages } = await readPages(readerOf().importAll({ attributes: ['mail'], signal }))
    expect(server.requests.map((request) => request.url.pathname).filter((path) => path.startsWith('/v1.0'))).toEqual(['/v1.0/users/delta', '/v1.0/users', '/v1.0/users'])
    expect(server.requestsTo('latest')[0]?.url.searchParams.get('$select')).toBe(server.requestsTo('users')[0]?.url.searchParams.get('$select'))
    expect(pages.map((each) => each.watermark !== null)).toEqual([false, true])
  })

  test.each([
    ['an external tenant', graphError(400, 'Request_UnsupportedQuery')], ['an attribute without change tracking', graphError(501, 'NotImplemented')],
  ])('a full import without a watermark is possible where Graph offers no delta: %s', async (_, reply) => {
    server.play('latest', reply)
    server.playUsers(page(server, [guest(1)]))
    const { pages, problem } = await readPages(readerOf().importAll({ attributes: [], signal }))
    expect([problem, pages.at(-1)?.isLast, pages.at(-1)?.watermark]).toEqual([null, true, null])
  })

  test.each([
    ['may not be read', graphError(403, 'Authorization_RequestDenied'), 'notPermitted'],
    ['leads to another host', json(200, { value: [], '@odata.deltaLink': 'https://graph.example.com/v1.0/users/delta?$deltatoken=a' }), 'malformedAnswer'],
    ['is missing', json(200, { value: [] }), 'malformedAnswer'],
    ['fails within Graph', graphError(500, 'InternalServerError'), 'requestRefused'],
  ])('nothing is listed where the token %s', async (_, reply, kind) => {
    server.play('latest', reply)
    expect((await readPages(readerOf().importAll({ attributes: [], signal }))).problem?.kind).toBe(kind)
    expect(server.requestsTo('users')).toEqual([])
  })

  test('a filter that cannot be evaluated on the client is refused before anything is sent', async () => {
    const reader = readerOf({ filter: "identities/any(i:i/issuer eq 'x')" })
    expect((await readPages(reader.importAll({ attributes: [], signal }))).problem?.kind).toBe('configurationInvalid')
    expect((await readDelta(reader, '', [])).problem?.kind).toBe('configurationInvalid')
    expect(await reader.proveAbsence([idOf(1)], signal)).toMatchObject({ ok: false, problem: { kind: 'configurationInvalid' } })
    expect(server.requests).toEqual([])
  })
})

describe('one change', () => {
  const name = { displayName: ['New name'] }
  type Row = readonly [string, { readonly elements: readonly unknown[]; readonly known: readonly number[] }, readonly DeltaChange[]]
  const changed = (attributes: Record<string, string[]>): DeltaChange => ({ kind: 'changed', anchor: idOf(1), dn: null, attributes })
  const removed = (why: 'deleted' | 'softDeleted' | 'leftFilter'): DeltaChange => ({ kind: 'removed', anchor: idOf(1), why })

  test.each<Row>([
    ['nothing changed', { elements: [], known: [1] }, []],
    ['a known guest has a new name, and nothing else is said', { elements: [{ id: idOf(1), displayName: 'New name' }], known: [1] }, [changed(name)]],
    ['null clears, absent does not', { elements: [{ id: idOf(1), surname: null }], known: [1] }, [changed({ surname: [] })]],
    ['the empty text clears too', { elements: [{ id: idOf(1), surname: '' }], known: [1] }, [changed({ surname: [] })]],
    ['what nobody asked for is not delivered', { elements: [{ id: idOf(1), shoeSize: 44 }], known: [1] }, []],
    ['a known guest became a member: the scope decides', { elements: [{ id: idOf(1), userType: 'Member' }], known: [1] }, [changed({ userType: ['Member'] })]],
    ['a known guest who is none of both any more left the filter', { elements: [{ id: idOf(1), userType: null }], known: [1] }, [removed('leftFilter')]],
    ['a stranger who is no guest does not matter', { elements: [{ id: idOf(1), userType: 'Member', displayName: 'New name' }], known: [] }, []],
    ['a known guest was deleted and can be restored', { elements: [{ id: idOf(1), '@removed': { reason: 'changed' } }], known: [1] }, [removed('softDeleted')]],
    ['a known guest was deleted for good', { elements: [{ id: idOf(1), '@removed': { reason: 'deleted' } }], known: [1] }, [removed('deleted')]],
    ['the deletion of a stranger does not matter', { elements: [{ id: idOf(1), '@removed': { reason: 'changed' } }, { id: idOf(2), '@removed': { reason: 'deleted' } }], known: [] }, []],
    ['deleted, and then for good', { elements: [{ id: idOf(1), '@removed': { reason: 'deleted' } }, { id: idOf(1), '@removed': { reason: 'changed' } }], known: [1] }, [removed('deleted')]],
    ['what is said twice counts once', { elements: [{ id: idOf(1), displayName: 'New name' }, { id: idOf(1), displayName: 'New name' }], known: [1] }, [changed(name)]],
    ['what is said in parts is one change', { elements: [{ id: idOf(1), displayName: 'New name' }, { id: idOf(1), surname: 'New' }], known: [1] }, [changed({ ...name, surname: ['New'] })]],
    ['an id in capitals is the same guest', { elements: [{ id: idOf(1).toUpperCase(), displayName: 'New name' }], known: [1] }, [changed(name)]],
  ])('%s', async (_, { elements, known }, expected) => {
    const { changes, problem } = await importing(elements, known)
    expect(problem).toBeNull()
    expect(changes).toEqual(expected)
    expect(server.requestsTo('batch')).toEqual([])
  })

  test('asks for changed attributes alone, at the very link', async () => {
    await importing([], [])
    expect(server.requestsTo('delta').map((request) => [request.url.href, request.headers['prefer']])).toEqual([[deltaLink(server, 'first'), 'return=minimal']])
  })
})

describe('who has to be looked at', () => {
  const whole = guest(1, { displayName: 'Whole', surname: null, companyName: null })
  const object = { kind: 'replaced', object: { connector: 'entra', anchor: idOf(1), objectType: 'user', dn: null, attributes: expect.objectContaining({ displayName: ['Whole'], userType: ['Guest'] }) as unknown } }

  test.each([
    ['a new guest, of whom only a part came', [{ id: idOf(1), userType: 'Guest' }], [], [object]],
    ['a restored guest, of whom nothing but the id came', [{ id: idOf(1) }], [], [object]],
    ['a guest who was deleted and restored in one round', [{ id: idOf(1), '@removed': { reason: 'changed' } }, { id: idOf(1), displayName: 'Whole' }], [1], [object]],
    ['the same in the other order', [{ id: idOf(1), displayName: 'Whole' }, { id: idOf(1), '@removed': { reason: 'changed' } }], [1], [object]],
    ['a guest with two names in one round', [{ id: idOf(1), displayName: 'Older' }, { id: idOf(1), displayName: 'Whole' }], [1], [object]],
  ])('%s', async (_, elements, known, expected) => {
    answerLooksWith(server, [whole])
    const { changes, problem } = await importing(elements, known)
    expect(problem).toBeNull()
    expect(changes).toEqual(expected)
    expect(server.batched()[0]?.url).toBe(`/users/${idOf(1)}?$select=${server.requestsTo('latest')[0]?.url.searchParams.get('$select') ?? ''}`)
  })

  test('a stranger who turns out to be a member does not matter', async () => {
    answerLooksWith(server, [guest(1, { userType: 'Member' })])
    expect((await importing([{ id: idOf(1), displayName: 'New name' }], [])).changes).toEqual([])
    expect(server.batched()).toHaveLength(1)
  })

  test('a guest who was deleted after all', async () => {
    answerLooksWith(server, [])
    const { changes } = await importing([{ id: idOf(1), displayName: 'A' }, { id: idOf(1), '@removed': { reason: 'changed' } }, { id: idOf(2) }, { id: idOf(2), '@removed': { reason: 'changed' } }], [1])
    expect(changes).toEqual([{ kind: 'removed', anchor: idOf(1), why: 'softDeleted' }])
  })

  test('a user who is not found is reported, and the others are imported', async () => {
    answerLooksWith(server, [whole])
    const { changes, pages, problem } = await importing([{ id: idOf(1), userType: 'Guest' }, { id: idOf(2), userType: 'Guest' }], [])
    expect(problem).toBeNull()
    expect(changes).toEqual([object])
    expect(pages.flatMap((each) => each.problems)).toMatchObject([{ connector: 'entra', object: idOf(2), kind: 'objectNotFound' }])
  })

  test.each([
    ['may not be read', batchedError(403, 'Authorization_RequestDenied'), 'notPermitted'],
    ['stays throttled', batchedError(429, 'TooManyRequests', { 'Retry-After': '1' }), 'throttled'],
    ['cannot be read', batchedError(500, 'InternalServerError'), 'requestRefused'],
  ])('the watermark stays where it was while a user %s', async (_, reply, kind) => {
    server.answerBatches(() => reply)
    const { problem, watermark } = await importing([{ id: idOf(1), userType: 'Guest' }], [])
    expect([problem?.kind, watermark]).toEqual([kind, null])
  })

  test('forty-five new guests are three batches', async () => {
    const guests = Array.from({ length: 45 }, (_, index) => guest(index))
    answerLooksWith(server, guests)
    const { changes, watermark } = await importing(guests.map((each) => ({ id: each['id'], userType: 'Guest' })), [])
    expect(changes.map((change) => (change.kind === 'replaced' ? change.object.anchor : change.kind))).toEqual(guests.map((each) => each['id']))
    expect(server.requestsTo('batch')).toHaveLength(3)
    expect(watermark).not.toBeNull()
  })
})

describe('a filter of one\'s own', () => {
  const filter = "userType eq 'Guest' and companyName eq 'Fabrikam'"
  const fabrikam = guest(1, { companyName: 'Fabrikam' })
  const contoso = guest(1, { companyName: 'Contoso' })

  test('is asked for by its attributes, whatever the rules read', async () => {
    server.playUsers(page(server, []))
    await watermarkOf(readerOf({ filter }))
    expect(server.requestsTo('users')[0]?.url.searchParams.get('$select')).toContain('companyName')
  })

  test.each([
    ['a change of what the filter does not look at', { id: idOf(1), displayName: 'A' }, [1], fabrikam, ['changed'], 0],
    ['a known guest who may have left it is looked at, and stays', { id: idOf(1), companyName: 'Fabrikam' }, [1], fabrikam, ['replaced'], 1],
    ['a known guest who left it', { id: idOf(1), companyName: 'Contoso' }, [1], contoso, ['leftFilter'], 0],
    ['a stranger who may have come in is looked at', { id: idOf(1), companyName: 'Fabrikam' }, [], fabrikam, ['replaced'], 1],
    ['a stranger who did not come in', { id: idOf(1), companyName: 'Contoso' }, [], contoso, [], 0],
  ])('%s', async (_, element, known, now, expected, looks) => {
    answerLooksWith(server, [now])
    const { changes, problem } = await importing([element], known, { filter })
    expect(problem).toBeNull()
    expect(changes.map((change) => (change.kind === 'removed' ? change.why : change.kind))).toEqual(expected)
    expect(server.batched()).toHaveLength(looks)
  })

  test('without a filter members come as well', async () => {
    answerLooksWith(server, [guest(1, { userType: 'Member' })])
    const { changes } = await importing([{ id: idOf(1), displayName: 'A' }, { id: idOf(2), userType: 'Member' }], [2], { filter: '' })
    expect(changes.map((change) => change.kind)).toEqual(['changed', 'replaced'])
  })
})

describe('elements that cannot be understood', () => {
  test.each<[string, unknown, string]>([
    ['no object', 'a text', 'element 1 of page 1'],
    ['no id', { displayName: 'A' }, 'element 1 of page 1'],
    ['an id that is no GUID', { id: 'seven' }, 'seven'],
    ['a removal for an unknown reason', { id: idOf(1), '@removed': { reason: 'forgotten' } }, idOf(1)],
    ['a removal that is no object', { id: idOf(1), '@removed': true }, idOf(1)],
    ['a userType that is no text', { id: idOf(1), userType: 7 }, idOf(1)],
    ['a name taken away that everybody has', { id: idOf(1), userPrincipalName: null }, idOf(1)],
    ['a group', { id: idOf(1), '@odata.type': '#microsoft.graph.group' }, idOf(1)],
  ])('%s is a problem of that object alone', async (_, element, named) => {
    const { changes, pages } = await importing([element, { id: idOf(2), displayName: 'B' }], [1, 2])
    expect(changes.map((change) => change.kind === 'changed' && change.anchor)).toEqual([idOf(2)])
    expect(pages.flatMap((each) => each.problems).map((problem) => problem.object)).toEqual([named])
  })
})

describe('pages and rounds', () => {
  async function importingPages(...replies: readonly Reply[]): ReturnType<typeof readDelta> {
    const reader = readerOf()
    server.playUsers(page(server, []))
    const watermark = await watermarkOf(reader, asked)
    server.play('delta', ...replies)
    return readDelta(reader, watermark, [idOf(1), idOf(2)], asked)
  }

  test('goes on over empty pages, and the next round begins where this one ended', async () => {
    const reader = readerOf()
    server.playUsers(page(server, []))
    const first = await watermarkOf(reader, asked)
    server.play('delta', deltaPage(server, [], { skip: 'a' }), deltaPage(server, [{ id: idOf(1), displayName: 'A' }], { skip: 'b' }), deltaPage(server, [], { end: 'second' }))
    const { changes, watermark } = await readDelta(reader, first, [idOf(1)], asked)
    expect(changes).toHaveLength(1)
    server.play('delta', deltaPage(server, [], { end: 'third' }))
    expect((await readDelta(reader, watermark ?? '', [idOf(1)], asked)).changes).toEqual([])
    expect(server.requestsTo('delta').map((request) => request.url.href)).toEqual([deltaLink(server, 'first'), skipLink(server, 'a'), skipLink(server, 'b'), deltaLink(server, 'second')])
  })

  test.each<[string, () => readonly Reply[]]>([
    ['leads back to a page', () => [deltaPage(server, [{ id: idOf(1) }], { skip: 'a' }), deltaPage(server, [{ id: idOf(2) }], { skip: 'a' }), deltaPage(server, [], { end: 'b' })]],
    ['leads to another host', () => [json(200, { value: [], '@odata.nextLink': 'https://graph.example.com/v1.0/users/delta?$skiptoken=a' })]],
    ['ends on another host', () => [json(200, { value: [], '@odata.deltaLink': 'https://graph.example.com/v1.0/users/delta?$deltatoken=a' })]],
    ['ends without TLS', () => [json(200, { value: [], '@odata.deltaLink': deltaLink(server, 'x').replace('https', 'http') })]],
    ['ends without a link', () => [json(200, { value: [] })]],
    ['ends and leads on', () => [json(200, { value: [], '@odata.nextLink': skipLink(server, 'a'), '@odata.deltaLink': deltaLink(server, 'b') })]],
    ['has no list', () => [json(200, { '@odata.deltaLink': deltaLink(server, 'b') })]],
    ['is cut off', () => [text(200, '{"value":[{', { 'content-type': 'application/json' })]],
  ])('a round that %s is not used', async (_, replies) => {
    const { problem, pages } = await importingPages(...replies())
    expect(problem).toMatchObject({ kind: 'malformedAnswer', detail: { requestId } })
    expect(pages).toEqual([])
  })

  test('a page token that expired begins the round again, once', async () => {
    const { changes, problem } = await importingPages(
      deltaPage(server, [{ id: idOf(1), displayName: 'A' }], { skip: 'a' }), graphError(400, 'Directory_ExpiredPageToken'),
      deltaPage(server, [{ id: idOf(1), displayName: 'A' }], { end: 'b' }),
    )
    expect([problem, changes.length]).toEqual([null, 1])
  })

  test('gives up a page token that expires again', async () => {
    expect((await importingPages(graphError(400, 'Directory_ExpiredPageToken'), graphError(400, 'Directory_ExpiredPageToken'))).problem?.kind).toBe('pageTokenExpired')
  })

  test('cancellation takes effect between pages', async () => {
    const reader = readerOf()
    server.playUsers(page(server, []))
    const watermark = await watermarkOf(reader, asked)
    server.play('delta', () => void reader.close())
    expect((await readDelta(reader, watermark, [], asked)).problem?.kind).toBe('cancelled')
  })
})
