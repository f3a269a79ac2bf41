import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findTenant } from '../../../../src/main/connectors/graph/connecting/findTenant.ts'
import { createTenantVisitor } from '../../../../src/main/connectors/graph/connecting/tenantVisitor.ts'
import { makeAuthority, type Authority } from '../../../fixtures/certificates.ts'

const [tenantId, clientId] = ['6c1d1b1e-8a8b-4b1e-9f0a-1f2d3c4b5a69', '0c7a1a9c-1d5b-4c3e-8f7a-2b6d4e8f9a10']
const signal = AbortSignal.timeout(20_000)

/** Answers as Graph and the sign-in document it, by path; what is asked otherwise is refused as a missing right is. */
const answers = new Map<string, { readonly status: number; readonly body: unknown }>()
let server: Server
let authority: Authority
let url: string

beforeAll(async () => {
  authority = await makeAuthority('Visited')
  const issued = await authority.issue({ commonName: 'graph', ipAddresses: ['127.0.0.1'] })
  server = createServer({ cert: issued.certificatePem, key: issued.privateKeyPem }, (request, response) => {
    request.resume()
    const path = decodeURIComponent(new URL(request.url ?? '/', url).pathname)
    const answer = path.endsWith('/token')
      ? { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token: 'token' } }
      : (answers.get(path) ?? { status: 403, body: { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges to complete the operation.' } } })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const visitor = () => createTenantVisitor({ graphUrl: url, signInUrl: url, tenantId, clientId, credential: { kind: 'secret', secret: 'abcDEF' }, caPem: authority.certificatePem, filter: '', pageSize: 1 })
const registered = (...passwordCredentials: readonly unknown[]) => answers.set(`/v1.0/applications(appId='${clientId}')`, { status: 200, body: { passwordCredentials } })

test('the end of a client secret is that of the one that begins alike', async () => {
  registered({ hint: 'xyz', endDateTime: '2026-01-01T00:00:00Z' }, { hint: 'abc', endDateTime: '2027-03-04T05:06:07Z' })
  expect(await visitor().readSecretEnd('abcDEF', signal)).toEqual({ ok: true, value: '2027-03-04' })
})

test('two that begin alike, or none, say nothing about the end', async () => {
  registered({ hint: 'abc', endDateTime: '2026-01-01T00:00:00Z' }, { hint: 'abc', endDateTime: '2027-03-04T05:06:07Z' })
  expect(await visitor().readSecretEnd('abcDEF', signal)).toEqual({ ok: true, value: null })
  registered({ hint: 'xyz', endDateTime: '2026-01-01T00:00:00Z' })
  expect(await visitor().readSecretEnd('abcDEF', signal)).toEqual({ ok: true, value: null })
})

test('a right that the application lacks is a problem of its own kind, for who asks to leave it at that', async () => {
  expect(await visitor().readName(signal)).toMatchObject({ ok: false, problem: { kind: 'notPermitted' } })
})

test('a tenant is known by its domain name, wherever its issuer carries the id', async () => {
  answers.set('/contoso.com/v2.0/.well-known/openid-configuration', { status: 200, body: { issuer: `https://login.partner.microsoftonline.cn/${tenantId}/v2.0`, msgraph_host: 'microsoftgraph.chinacloudapi.cn', cloud_instance_name: 'partner.microsoftonline.cn' } })
  expect(await findTenant(url, authority.certificatePem, 'contoso.com', signal)).toEqual({ ok: true, value: { tenantId, graphHost: 'microsoftgraph.chinacloudapi.cn', cloudInstance: 'partner.microsoftonline.cn' } })
})

test('an answer without a tenant in it is not believed', async () => {
  answers.set('/odd.example/v2.0/.well-known/openid-configuration', { status: 200, body: { issuer: 'https://login.example/' } })
  expect(await findTenant(url, authority.certificatePem, 'odd.example', signal)).toMatchObject({ ok: false, problem: { kind: 'malformedAnswer' } })
})
