import { verify, X509Certificate } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { EntraReader } from '../../../src/main/connectors/connector.ts'
import type { EntraConnection } from '../../../src/main/connectors/graph/entraConnection.ts'
import { createEntraReader } from '../../../src/main/connectors/graph/entraReader.ts'
import type { Authority, IssuedCertificate } from '../../fixtures/certificates.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'
import type { GraphServer } from '../../fixtures/graphServer.ts'
import { graphError, json, requestId, startGraphServer, tenantId, text, token, tokenError } from '../../fixtures/graphServer.ts'
import { connectionTo, guest, page, readPages, recordWaits, secret } from './world.ts'

let authority: Authority
let certificate: IssuedCertificate
let server: GraphServer
const signal = new AbortController().signal

beforeAll(async () => {
  authority = await makeAuthority()
  certificate = await authority.issue({ commonName: 'Guestbridge' })
})
beforeEach(async () => { server = await startGraphServer(authority) })
afterEach(async () => { await server.close() })

function readerOf(more: Partial<EntraConnection> = {}, waiting = recordWaits()): EntraReader {
  return createEntraReader(connectionTo(server, authority, more), waiting)
}

describe('what is sent', () => {
  test('a secret goes to the token endpoint of the tenant, and nothing else is asked there', async () => {
    expect(await readerOf().identify(signal)).toEqual({ ok: true, value: { tenant: tenantId, graphUrl: server.url } })
    expect(server.requests.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([`POST /${tenantId}/oauth2/v2.0/token`])
    const body = Object.fromEntries(new URLSearchParams(server.requests[0]?.body))
    expect(body).toMatchObject({ grant_type: 'client_credentials', client_secret: secret })
    expect(body['scope']?.split(' ')).toContain(`${server.url}/.default`)
  })

  test('a certificate signs an assertion that names it by its SHA-256', async () => {
    await readerOf({ credential: { kind: 'certificate', ...certificate } }).identify(signal)
    const assertion = new URLSearchParams(server.requests[0]?.body).get('client_assertion') ?? ''
    const [head = '', payload = '', signature = ''] = assertion.split('.')
    const own = new X509Certificate(certificate.certificatePem)
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, string>
    expect(Buffer.from(header['x5t#S256'] ?? '', 'base64url').toString('hex').toUpperCase()).toBe(own.fingerprint256.replaceAll(':', ''))
    const key = { key: own.publicKey, padding: 6, saltLength: 32 }
    expect(verify('sha256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ aud: `${server.url}/${tenantId}/oauth2/v2.0/token`, iss: connectionTo(server, authority).clientId })
  })

  test('one token serves all calls while it is good for some minutes', async () => {
    const reader = readerOf()
    server.playUsers(page(server, []), page(server, []))
    await reader.identify(signal)
    await readPages(reader.importAll({ attributes: [], signal }))
    await readPages(reader.importAll({ attributes: [], signal }))
    expect(server.requestsTo('token')).toHaveLength(1)
  })

  test('a token that is about to expire is replaced before it is used', async () => {
    server.playToken(token({ tid: tenantId }, 120))
    const reader = readerOf()
    await reader.identify(signal)
    await reader.identify(signal)
    expect(server.requestsTo('token')).toHaveLength(2)
  })
})

describe('which tenant it is', () => {
  test('the tenant of the token is compared with the configured one', async () => {
    const other = '99999999-8a8b-4b1e-9f0a-1f2d3c4b5a69'
    server.playToken(token({ tid: other }))
    expect(await readerOf().identify(signal)).toMatchObject({ ok: false, problem: { kind: 'wrongTenant', detail: { expected: tenantId, actual: other } } })
  })

  test('case does not matter', async () => {
    expect(await readerOf({ tenantId: tenantId.toUpperCase() }).identify(signal)).toMatchObject({ ok: true, value: { tenant: tenantId } })
  })

  test('a token that cannot be read belongs to the tenant whose token service gave it', async () => {
    server.playToken(json(200, { token_type: 'Bearer', expires_in: 3_600, access_token: 'opaque' }))
    expect(await readerOf().identify(signal)).toMatchObject({ ok: true, value: { tenant: tenantId } })
  })
})

describe('what the token service refuses', () => {
  test.each([
    [7000215, 'invalid_client', 'credentialsRefused', 'Entra refused the client secret: it is wrong.'],
    [7000222, 'invalid_client', 'credentialsRefused', 'The client secret has expired.'],
    [700027, 'invalid_client', 'credentialsRefused', 'Entra does not know the certificate of the application.'],
    [700024, 'invalid_client', 'credentialsRefused', 'Entra finds the signed assertion not yet or no longer valid.'],
    [700016, 'unauthorized_client', 'credentialsRefused', 'The application does not exist in the tenant.'],
    [7000112, 'unauthorized_client', 'accountUnusable', 'The application is disabled in the tenant.'],
    [90002, 'invalid_request', 'wrongTenant', 'The tenant does not exist in this cloud.'],
    [900382, 'invalid_client', 'wrongTenant', 'The tenant lives in another cloud.'],
    [50034, 'invalid_grant', 'credentialsRefused', 'The account does not exist in the tenant.'],
    [500011, 'invalid_resource', 'requestRefused', 'The tenant does not know this Microsoft Graph.'],
    [53003, 'access_denied', 'notPermitted', 'Conditional Access does not let the application sign in.'],
    [53003, 'interaction_required', 'notPermitted', 'Conditional Access does not let the application sign in.'],
    [123456, 'invalid_client', 'credentialsRefused', 'Entra refused the credential of the application.'],
    [123456, 'something_new', 'requestRefused', 'The token service refused the request.'],
  ])('AADSTS%i (%s) is %s: %s', async (code, error, kind, message) => {
    server.playToken(tokenError(401, error, code, `What was sent: ${secret}.`))
    const identity = await readerOf().identify(signal)
    expect(identity).toMatchObject({ ok: false, problem: { kind, message, detail: { code: `AADSTS${code}`, description: expect.stringContaining(`AADSTS${code}: What was sent`) as string } } })
    const sent = new URLSearchParams(server.requestsTo('token')[0]?.body).get('client-request-id')
    expect(identity).toMatchObject({ problem: { detail: { correlationId: sent } } })
    expect(JSON.stringify(identity)).not.toContain(secret)
    expect(server.requestsTo('token')).toHaveLength(1)
  })

  test('a busy token service is asked again, and the next call afterwards too', async () => {
    const waiting = recordWaits()
    server.playToken(json(429, { error: 'temporarily_unavailable', error_description: 'slow down' }, { 'retry-after': '7' }))
    const reader = readerOf({}, waiting)
    expect((await reader.identify(signal)).ok).toBe(true)
    expect(waiting.waits).toEqual([7_000])
  })

  test.each([
    ['a page of a proxy', text(200, '<html>Please sign in</html>', { 'content-type': 'text/html' })],
    ['JSON that is neither token nor error', json(200, { hello: 'world' })],
    ['a redirect', text(302, '', { location: 'https://proxy.example.com' })],
  ])('%s instead of a token is an answer that cannot be used', async (_, reply) => {
    server.playToken(reply)
    expect(await readerOf().identify(signal)).toMatchObject({ ok: false, problem: { kind: 'malformedAnswer', detail: { requestId } } })
  })

  test('a key that is not of the RSA kind is a problem before anything is sent', async () => {
    const credential = { kind: 'certificate', certificatePem: certificate.certificatePem, privateKeyPem: 'no key' } as const
    expect(await readerOf({ credential }).identify(signal)).toMatchObject({ ok: false, problem: { kind: 'credentialsRefused' } })
    expect(server.requests).toEqual([])
  })
})

describe('what Graph refuses', () => {
  test.each([
    [400, 'Request_UnsupportedQuery', 'requestRefused'],
    [400, 'Request_BadRequest', 'requestRefused'],
    [403, 'Authorization_RequestDenied', 'notPermitted'],
    [404, 'Request_ResourceNotFound', 'objectNotFound'],
    [410, 'resyncRequired', 'pageTokenExpired'],
    [500, 'InternalServerError', 'requestRefused'],
    [501, 'NotImplemented', 'requestRefused'],
  ])('status %i %s is %s, with the request id', async (status, code, kind) => {
    const reply = graphError(status, code, 'Quoted: eyJhbGciOiJub25lIn0.eyJ0aWQiOiJ4In0.c2ln')
    server.playUsers(reply, reply)
    const { problem } = await readPages(readerOf().importAll({ attributes: [], signal }))
    expect(problem).toMatchObject({ kind, detail: { status, code, requestId } })
    expect(problem?.remedy).not.toBe('')
    expect(JSON.stringify(problem)).not.toContain('eyJ')
  })

  test('a missing right is named', async () => {
    server.playUsers(graphError(403, 'Authorization_RequestDenied'))
    expect((await readPages(readerOf().importAll({ attributes: [], signal }))).problem?.message).toContain('User.Read.All')
  })

  test('the other spelling of the inner error is read too', async () => {
    server.playUsers(json(403, { error: { code: 'Authorization_RequestDenied', message: 'no', innererror: { 'request-id': 'other-spelling' } } }))
    expect((await readPages(readerOf().importAll({ attributes: [], signal }))).problem?.detail).toMatchObject({ requestId: 'other-spelling' })
  })
})

test('the page token of a server that wants a new sign-in midway is not lost', async () => {
  server.playUsers(page(server, [guest(1)], 'b'), graphError(401, 'InvalidAuthenticationToken'), page(server, [guest(2)]))
  const { pages, problem } = await readPages(readerOf().importAll({ attributes: [], signal }))
  expect(problem).toBeNull()
  expect(pages.map((each) => each.objects.length)).toEqual([1, 1])
})
