import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EntraReader } from '../../../src/main/connectors/connector.ts'
import type { EntraConnection } from '../../../src/main/connectors/graph/entraConnection.ts'
import { createEntraReader } from '../../../src/main/connectors/graph/entraReader.ts'
import type { Authority } from '../../fixtures/certificates.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'
import type { GraphServer } from '../../fixtures/graphServer.ts'
import { cutOffByLength, graphError, json, requestId, startGraphServer, text, token } from '../../fixtures/graphServer.ts'
import { connectionTo, guest, idOf, linkTo, page, readPages, recordWaits } from './world.ts'

let authority: Authority
let server: GraphServer
const signal = new AbortController().signal

beforeAll(async () => { authority = await makeAuthority() })
beforeEach(async () => { server = await startGraphServer(authority) })
afterEach(async () => { await server.close() })

function readerOf(more: Partial<EntraConnection> = {}, waiting = recordWaits()): EntraReader {
  return createEntraReader(connectionTo(server, authority, more), waiting)
}
const importWith = (reader: EntraReader, attributes: readonly string[] = []) => readPages(reader.importAll({ attributes, signal }))
const idsOf = (pages: Awaited<ReturnType<typeof importWith>>['pages']) => pages.map((each) => each.objects.map((object) => object.anchor))

describe('what is asked', () => {
  test('asks for the filter, the page size, the count and every attribute once', async () => {
    server.playUsers(page(server, []))
    await importWith(readerOf({ pageSize: 50 }), ['givenName', 'USERTYPE', 'mail'])
    const [request] = server.requestsTo('users')
    expect(Object.fromEntries(request?.url.searchParams ?? [])).toEqual({
      $select: 'id,userPrincipalName,accountEnabled,userType,externalUserState,externalUserStateChangeDateTime,onPremisesSyncEnabled,onPremisesSecurityIdentifier,givenName,mail',
      $top: '50', $count: 'true', $filter: "userType eq 'Guest'",
    })
  })

  test('sends a number sign of the filter encoded', async () => {
    server.playUsers(page(server, []))
    const filter = "endsWith(userPrincipalName,'#EXT#@contoso.onmicrosoft.com') and displayName eq 'A & B + C'"
    await importWith(readerOf({ filter }))
    expect(server.requestsTo('users')[0]?.url.searchParams.get('$filter')).toBe(filter)
  })

  test('sends ConsistencyLevel and the token on every page, and follows the link to the letter', async () => {
    server.playUsers(page(server, [guest(1)], 'two', 2), page(server, [guest(2)]))
    await importWith(readerOf())
    const [first, second] = server.requestsTo('users')
    expect([first, second].map((request) => request?.headers['consistencylevel'])).toEqual(['eventual', 'eventual'])
    expect([first, second].map((request) => request?.headers.authorization?.startsWith('Bearer eyJ'))).toEqual([true, true])
    expect(second?.url.href).toBe(linkTo(server, 'two'))
    expect(server.requestsTo('token')).toHaveLength(1)
  })
})

describe('pages', () => {
  test('delivers every page with the total of the first, empty ones included, and marks the last', async () => {
    server.playUsers(page(server, [guest(1), guest(2)], 'b', 3), page(server, [], 'c'), page(server, [guest(3)]))
    const { pages, problem } = await importWith(readerOf())
    expect(problem).toBeNull()
    expect(idsOf(pages)).toEqual([[idOf(1), idOf(2)], [], [idOf(3)]])
    expect(pages.map((each) => [each.total, each.isLast])).toEqual([[3, false], [3, false], [3, true]])
  })

  test('delivers an object that comes twice once', async () => {
    server.playUsers(page(server, [guest(1), guest(1)], 'b'), page(server, [guest(1), guest(2)]))
    expect(idsOf((await importWith(readerOf())).pages)).toEqual([[idOf(1)], [idOf(2)]])
  })

  test('fetches the next page while the consumer stores the last one', async () => {
    server.playUsers(page(server, [guest(1)], 'b'), page(server, [guest(2)]))
    const pages = readerOf().importAll({ attributes: [], signal })[Symbol.asyncIterator]()
    await pages.next()
    await server.waitForRequests('users', 2)
    await pages.return?.()
    expect(server.requestsTo('users')).toHaveLength(2)
  })

  test('a consumer that leaves early cancels the page on its way', async () => {
    const { promise: hungUp, resolve } = Promise.withResolvers<string>()
    server.playUsers(page(server, [guest(1)], 'b'), (response) => void response.on('close', () => resolve('hung up')))
    for await (const first of readerOf().importAll({ attributes: [], signal })) {
      expect(first.ok).toBe(true)
      await server.waitForRequests('users', 2)
      break
    }
    expect(await hungUp).toBe('hung up')
  })

  test.each([
    ['a link back to a page that was read', () => [page(server, [guest(1)], 'b'), page(server, [guest(2)], 'b')]],
    ['a page that repeats the users before under a new link', () => [page(server, [guest(1)], 'b'), page(server, [guest(1)], 'c')]],
    ['a link to another host', () => [json(200, { value: [guest(1)], '@odata.nextLink': 'https://graph.example.com/v1.0/users?$skiptoken=b' })]],
    ['a link without TLS', () => [json(200, { value: [guest(1)], '@odata.nextLink': linkTo(server, 'b').replace('https', 'http') })]],
    ['a list that is not there', () => [json(200, { users: [] })]],
    ['a list that is not a list', () => [json(200, { value: { id: 1 } })]],
    ['a count that is a text', () => [json(200, { '@odata.count': 'many', value: [] })]],
    ['an answer that is a list', () => [json(200, [])]],
    ['JSON that is cut off', () => [text(200, '{"value":[{"id":"', { 'content-type': 'application/json' })]],
    ['a page of a proxy', () => [text(200, '<html><body>Please sign in</body></html>', { 'content-type': 'text/html' })]],
    ['an error page of a proxy', () => [text(502, '<html><h1>Bad gateway</h1></html>', { 'content-type': 'text/html' })]],
    ['a redirect', () => [text(302, '', { location: 'https://proxy.example.com/sign-in' })]],
    ['a connection lost in the body, again and again', () => Array.from({ length: 4 }, () => cutOffByLength)],
  ])('refuses %s, and names the request id', async (_, script) => {
    server.playUsers(...script())
    const { pages, problem } = await importWith(readerOf())
    expect(problem).toMatchObject({ kind: 'malformedAnswer', detail: { requestId } })
    expect(pages.some((each) => each.isLast)).toBe(false)
    expect(server.requestsTo('users').every((request) => request.url.host === new URL(server.url).host)).toBe(true)
  })

  test('refuses a service that sends empty pages without end', async () => {
    server.playUsers(...Array.from({ length: 110 }, (_, index) => page(server, [], `page${index}`)))
    expect((await importWith(readerOf())).problem).toMatchObject({ kind: 'malformedAnswer' })
  })
})

describe('a page token that expired', () => {
  test('begins the listing again, once, and delivers nobody twice', async () => {
    server.playUsers(
      page(server, [guest(1)], 'b', 3), graphError(400, 'Directory_ExpiredPageToken'),
      page(server, [guest(1)], 'c', 3), page(server, [guest(2), guest(3)]),
    )
    const { pages, problem } = await importWith(readerOf())
    expect(problem).toBeNull()
    expect(idsOf(pages)).toEqual([[idOf(1)], [], [idOf(2), idOf(3)]])
    expect(pages.map((each) => each.isLast)).toEqual([false, false, true])
  })

  test('gives up the second time', async () => {
    server.playUsers(page(server, [guest(1)], 'b'), graphError(400, 'Directory_ExpiredPageToken'), page(server, [guest(1)], 'c'), graphError(400, 'Directory_ExpiredPageToken'))
    expect((await importWith(readerOf())).problem?.kind).toBe('pageTokenExpired')
    expect(server.requestsTo('users')).toHaveLength(4)
  })
})

describe('what is not right with the rights', () => {
  test('says that users who come with their id only show a missing role', async () => {
    const limited = { '@odata.type': '#microsoft.graph.user', id: idOf(1), displayName: null, userPrincipalName: null }
    server.playUsers(page(server, [limited, { ...limited, id: idOf(2) }]))
    const { problem } = await importWith(readerOf())
    expect(problem?.kind).toBe('limitedInformation')
    expect(problem?.remedy).toContain('User.Read.All')
  })

  test('takes a fresh token once where Graph refuses the first', async () => {
    server.playToken(token({ tid: 'old' }), token({ tid: 'new' }))
    server.playUsers(graphError(401, 'InvalidAuthenticationToken'), page(server, [guest(1)]))
    const { problem } = await importWith(readerOf())
    expect(problem).toBeNull()
    const [refused, accepted] = server.requestsTo('users').map((request) => request.headers.authorization)
    expect(refused).not.toBe(accepted)
  })

  test('does not ask for a third token', async () => {
    server.playUsers(graphError(401, 'InvalidAuthenticationToken'), graphError(401, 'InvalidAuthenticationToken'))
    expect((await importWith(readerOf())).problem).toMatchObject({ kind: 'credentialsRefused', detail: { status: 401, requestId } })
    expect(server.requestsTo('token')).toHaveLength(2)
  })
})

test('an authority that cannot be read is a problem of the configuration, before anything is sent', async () => {
  const reader = readerOf({ caPem: 'no certificate' })
  expect(await reader.identify(signal)).toMatchObject({ ok: false, problem: { kind: 'configurationInvalid' } })
  expect((await importWith(reader)).problem?.kind).toBe('configurationInvalid')
  expect(server.requests).toEqual([])
})

test('a server whose authority nobody named is not spoken to', async () => {
  const stranger = await startGraphServer(await makeAuthority('Stranger'))
  const reader = createEntraReader(connectionTo(stranger, authority), recordWaits())
  expect(await reader.identify(signal)).toMatchObject({ ok: false, problem: { kind: 'certificateNotTrusted' } })
  expect(stranger.requests).toEqual([])
  await stranger.close()
})
