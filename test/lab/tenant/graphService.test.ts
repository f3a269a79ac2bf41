import { readFile } from 'node:fs/promises'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { register, bodyOf, graphErrorOf, makeUsers, powerlessId, readerId, startTestTenant, tenantId } from './tenantFixture.ts'
import type { TestTenant } from './tenantFixture.ts'
import { startTenant } from '../../../src/main/lab/tenant/tenantServer.ts'

let tenant: TestTenant
beforeAll(async () => {
  tenant = await startTestTenant()
})
afterAll(() => tenant.remove())

const getWith = (authorization: string | null, path = '/users') =>
  fetch(`${tenant.graphUrl}/v1.0${path}`, { headers: authorization === null ? {} : { Authorization: authorization } })

describe('the token of a request', () => {
  it('must be there, be a token, be ours and be unchanged', async () => {
    const token = await tenant.signIn()
    const [header = '', claims = '', signature = ''] = token.split('.')
    const otherClaims = Buffer.from(JSON.stringify({ aud: 'https://graph.microsoft.com', roles: ['User.Read.All'], exp: 9_999_999_999 })).toString('base64url')
    for (const authorization of [null, 'Basic abc', 'Bearer x', `Bearer ${header}.${otherClaims}.${signature}`, `Bearer ${header}.${claims}.`]) {
      const response = await getWith(authorization)
      expect(response.headers.get('www-authenticate')).toContain(`${tenant.signInUrl}/common/oauth2/authorize`)
      expect(await graphErrorOf(response)).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' })
    }
    expect((await getWith(`Bearer ${token}`)).status).toBe(200)
  })

  it('ends with its lifetime', async () => {
    const short = await startTestTenant({ lifetimes: { accessToken: 2, pageToken: 1 } })
    const token = await short.signIn()
    const response = () => fetch(`${short.graphUrl}/v1.0/users?$top=2`, { headers: { Authorization: `Bearer ${token}` } })
    const page = await bodyOf(await response())
    await expect.poll(async () => (await response()).status, { timeout: 5_000 }).toBe(401)
    expect(await graphErrorOf(await response())).toEqual({ status: 401, code: 'InvalidAuthenticationToken', message: 'Lifetime validation failed, the token is expired.' })
    expect(await graphErrorOf(await short.get(String(page['@odata.nextLink'])))).toMatchObject({ status: 400, code: 'Directory_ExpiredPageToken' })
    await short.remove()
  })

  it('must carry a role for what is asked', async () => {
    const powerless = `Bearer ${await tenant.signIn(powerlessId)}`
    for (const path of ['/users', '/users/x', '/users/$count', '/directory/deletedItems/microsoft.graph.user', '/organization']) {
      expect(await graphErrorOf(await getWith(powerless, path))).toEqual({ status: 403, code: 'Authorization_RequestDenied', message: 'Insufficient privileges to complete the operation.' })
    }
    expect((await tenant.get('/organization')).status).toBe(403)
  })
})

describe('an answer', () => {
  it('names the request, the request of the client, and the server', async () => {
    const clientRequest = '5a1d3c0e-7f42-4a0c-9d57-0e2f3b1c9a77'
    const response = await tenant.get('/users/nobody@test.onmicrosoft.com', { 'client-request-id': clientRequest })
    const { error } = (await response.json()) as { readonly error: { readonly innerError: Record<string, string> } }
    expect(error.innerError).toMatchObject({ 'request-id': response.headers.get('request-id'), 'client-request-id': clientRequest })
    expect(error.innerError['date']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
    expect(response.headers.get('client-request-id')).toBe(clientRequest)
    expect(response.headers.get('x-ms-ags-diagnostic')).toContain('ServerInfo')
    expect(response.headers.get('date')).not.toBeNull()
  })

  it('is packed where the client can unpack it', async () => {
    const many = await startTestTenant({ seed: makeUsers(50) })
    const response = await many.get('/users', { 'Accept-Encoding': 'gzip' })
    expect([response.headers.get('content-encoding'), ((await bodyOf(response))['value'] as unknown[]).length]).toEqual(['gzip', 50])
    expect((await many.get('/users', { 'Accept-Encoding': 'identity' })).headers.get('content-encoding')).toBeNull()
    await many.remove()
  })
})

describe('what Graph does not have', () => {
  it('is told apart: method, path, version, and what the lab leaves out', async () => {
    const authorization = { Authorization: `Bearer ${await tenant.signIn()}` }
    const ask = (path: string, method = 'GET') => fetch(`${tenant.graphUrl}${path}`, { method, headers: authorization })
    const refused = await ask('/v1.0/users', 'DELETE')
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET'])
    expect((await ask('/v1.0/users', 'HEAD')).status).toBe(405)
    expect(await graphErrorOf(await ask('/v1.0/nothing'))).toMatchObject({ status: 400, code: 'BadRequest', message: "Resource not found for the segment 'nothing'." })
    expect(await graphErrorOf(await ask('/v2.0/users'))).toMatchObject({ status: 400, code: 'BadRequest', message: 'Invalid version: v2.0' })
    expect(await graphErrorOf(await ask('/v1.0/users/x/memberOf'))).toMatchObject({ status: 501, code: 'NotImplemented' })
  })
})

describe('a malformed request', () => {
  it('gets an answer and does not stop the server', async () => {
    const lines = ['GET /v1.0/users%ZZ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'nonsense\r\n\r\n', `GET /v1.0/users HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`]
    const statuses = await Promise.all(lines.map((text) => sendRaw(tenant.graphUrl, text)))
    expect(statuses).toEqual(['400', '400', '431'])
    expect(await sendRaw(tenant.graphUrl, 'GET /v1.0/users HTTP/1.1\r\nHost: x\r\nclient-request-id: \u00e9\u0080\r\nConnection: close\r\n\r\n')).toBe('401')
    expect(await sendRaw(tenant.graphUrl, 'GET // HTTP/1.1\r\nHost: [::bad\r\nConnection: close\r\n\r\n')).toBe('400')
    expect((await tenant.get('/users')).status).toBe(200)
  })

  it('is refused where its body is too large', async () => {
    const response = await fetch(`${tenant.graphUrl}/v1.0/users`, { method: 'POST', body: 'x'.repeat(5 * 1024 * 1024) }).then((answer) => answer.status, () => 'closed')
    // The server answers before all is read; a client that still writes may see the connection end instead.
    expect([413, 'closed']).toContain(response)
    expect((await tenant.get('/users')).status).toBe(200)
  })
})

describe('the tenant', () => {
  it('describes itself to an application that may read it', async () => {
    const open = await startTestTenant({ applications: [register(readerId, ['Organization.Read.All'], tenant.client)] })
    expect(await bodyOf(await open.get('/organization?$select=id,displayName,verifiedDomains'))).toEqual({
      '@odata.context': `${open.graphUrl}/v1.0/$metadata#organization(id,displayName,verifiedDomains)`,
      value: [{ id: tenantId, displayName: 'Test tenant', verifiedDomains: [{ capabilities: 'Email, OfficeCommunicationsOnline', isDefault: true, isInitial: true, name: 'test.onmicrosoft.com', type: 'Managed' }] }],
    })
    for (const name of ['x', 'toString']) expect(await graphErrorOf(await open.get(`/organization?$select=${name}`))).toMatchObject({ status: 400, code: 'BadRequest' })
    await open.remove()
  })

  it('keeps users, tokens and page tokens over a restart, and does not seed twice', async () => {
    const first = await startTestTenant()
    const token = await first.signIn()
    const page = await bodyOf(await first.get('/users?$top=2'))
    await first.close()
    const second = await startTenant({ ...first.options, graphPort: Number(new URL(first.graphUrl).port), signInPort: Number(new URL(first.signInUrl).port), seed: makeUsers(99) })
    const response = await fetch(String(page['@odata.nextLink']), { headers: { Authorization: `Bearer ${token}` } })
    expect([response.status, (((await bodyOf(response))['value']) as unknown[]).length]).toEqual([200, 2])
    const all = await fetch(`${second.graphUrl}/v1.0/users`, { headers: { Authorization: `Bearer ${token}` } })
    expect((((await bodyOf(all))['value']) as unknown[]).length).toBe(5)
    await second.close()
  })

  it('leaves nothing listening where one of its ports is taken', async () => {
    const taken = Number(new URL(tenant.signInUrl).port)
    await expect(startTenant({ ...tenant.options, graphPort: 0, signInPort: taken, file: `${tenant.options.file}.second` })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await expect(readFile(`${tenant.options.file}.second`)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

/** Sends text as it is and gives the status of the answer. */
function sendRaw(url: string, text: string): Promise<string | null> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const chunks: string[] = []
    const socket = connect({ host: hostname, port: Number(port), servername: hostname }, () => socket.write(text))
    socket.setEncoding('utf8')
    socket.on('data', (chunk: string) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(/^HTTP\/1\.1 (\d{3})/.exec(chunks.join(''))?.[1] ?? null))
  })
}
