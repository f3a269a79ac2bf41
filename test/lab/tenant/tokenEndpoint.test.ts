import { X509Certificate, constants, createHash, createPublicKey, randomUUID, sign, verify } from 'node:crypto'
import type { JsonWebKey } from 'node:crypto'
import { ConfidentialClientApplication } from '@azure/msal-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { issueClientCertificate, makeAuthority } from '../../../src/main/lab/certificates/certificate.ts'
import { bodyOf, powerlessId, readerId, secret, secretForm, startTestTenant, tenantId } from './tenantFixture.ts'
import type { TestTenant } from './tenantFixture.ts'

let tenant: TestTenant
beforeAll(async () => {
  tenant = await startTestTenant()
})
afterAll(() => tenant.remove())

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

describe('the token endpoint', () => {
  it('gives a token with the claims that Graph reads', async () => {
    const response = await tenant.postToken(secretForm())
    const body = await bodyOf(response)
    expect(response.status).toBe(200)
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 })
    const claims = claimsOf(String(body['access_token']))
    expect(claims).toMatchObject({ tid: tenantId, appid: readerId, roles: ['User.Read.All'], idtyp: 'app', appidacr: '1', aud: 'https://graph.microsoft.com', ver: '1.0' })
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(3599)
  })

  it('takes the tenant by its domain too, and a scope with the address of its own Graph', async () => {
    const response = await tenant.postToken(secretForm({ scope: `${tenant.graphUrl}/.default` }), 'test.onmicrosoft.com')
    expect(claimsOf(String((await bodyOf(response))['access_token']))['aud']).toBe(tenant.graphUrl)
  })

  it('leaves the roles out for an application without consent', async () => {
    expect(claimsOf(await tenant.signIn(powerlessId))).not.toHaveProperty('roles')
  })

  const refusals: readonly (readonly [string, Readonly<Record<string, string>>, number, string, number])[] = [
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
    ['an expired secret', { client_secret: 'an-expired-secret' }, 401, 'invalid_client', 7000222],
    ['an unknown application', { client_id: '99999999-0000-4000-8000-000000000000' }, 400, 'unauthorized_client', 700016],
    ['no credential', { client_secret: '' }, 401, 'invalid_client', 7000218],
    ['a scope that does not end with /.default', { scope: 'https://graph.microsoft.com/User.Read.All' }, 400, 'invalid_scope', 1002012],
    ['a resource that the tenant does not know', { scope: 'https://vault.azure.net/.default' }, 400, 'invalid_resource', 500011],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    ['no grant', { grant_type: '' }, 400, 'invalid_request', 900144],
    ['a client assertion of another kind', { client_assertion: 'x', client_assertion_type: 'saml' }, 400, 'invalid_request', 700022],
    ['a client assertion that is no JWT', { client_assertion: 'x.y', client_assertion_type: assertionType }, 401, 'invalid_client', 50027],
  ]
  it.each(refusals)('refuses %s', async (_what, changes, status, error, code) => {
    const response = await tenant.postToken(secretForm(changes))
    const body = await bodyOf(response)
    expect([response.status, body['error'], body['error_codes']]).toEqual([status, error, [code]])
    expect(String(body['error_description'])).toMatch(new RegExp(`^AADSTS${code}: .+ Trace ID: \\S+ Correlation ID: \\S+ Timestamp: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\dZ$`))
    expect(body['trace_id']).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('refuses an unknown tenant, and the tenants that stand for all', async () => {
    expect((await bodyOf(await tenant.postToken(secretForm(), 'nobody.onmicrosoft.com')))['error_codes']).toEqual([90002])
    expect((await bodyOf(await tenant.postToken(secretForm(), 'common')))['error_codes']).toEqual([50059])
  })

  it('gives back the correlation id of the request', async () => {
    const correlation = randomUUID()
    expect(await bodyOf(await tenant.postToken(secretForm({ client_secret: 'wrong', 'client-request-id': correlation })))).toMatchObject({ correlation_id: correlation })
  })

  it('accepts POST only, in its own words', async () => {
    const response = await fetch(`${tenant.signInUrl}/${tenantId}/oauth2/v2.0/token`)
    expect([response.status, (await bodyOf(response))['error_codes']]).toEqual([400, [900561]])
  })

  it('does not read a body that is no form', async () => {
    const response = await fetch(`${tenant.signInUrl}/${tenantId}/oauth2/v2.0/token`, { method: 'POST', body: JSON.stringify(secretForm()), headers: { 'Content-Type': 'application/json' } })
    expect((await bodyOf(response))['error_codes']).toEqual([900144])
  })
})

describe('a client assertion', () => {
  it('is taken with either thumbprint and either signature', async () => {
    for (const [thumbprint, algorithm] of [['x5t#S256', 'PS256'], ['x5t', 'RS256']] as const) {
      const response = await postAssertion(makeAssertion({}, { thumbprint, algorithm }))
      expect([response.status, claimsOf(String((await bodyOf(response))['access_token']))['appidacr']]).toEqual([200, '2'])
    }
  })

  const minute = 60
  const now = () => Math.floor(Date.now() / 1000)
  const refusals: readonly (readonly [string, () => Readonly<Record<string, unknown>>, number])[] = [
    ['of another issuer', () => ({ iss: powerlessId }), 700021],
    ['of another subject', () => ({ sub: powerlessId }), 700021],
    ['for another audience', () => ({ aud: 'https://login.microsoftonline.com/x/oauth2/v2.0/token' }), 700023],
    ['without jti', () => ({ jti: undefined }), 50027],
    ['without exp', () => ({ exp: undefined }), 50027],
    ['that has expired', () => ({ nbf: now() - 20 * minute, exp: now() - 10 * minute }), 700024],
    ['that is not yet valid', () => ({ nbf: now() + 10 * minute, exp: now() + 20 * minute }), 700024],
  ]
  it.each(refusals)('is refused %s', async (_what, claims, code) => {
    const response = await postAssertion(makeAssertion(claims()))
    expect([response.status, (await bodyOf(response))['error_codes']]).toEqual([401, [code]])
  })

  it('is refused when the certificate is not registered, though the signature is good', async () => {
    const validity = { from: new Date(), days: 1 }
    const stranger = await issueClientCertificate(await makeAuthority('Stranger', validity), 'stranger', validity)
    const response = await postAssertion(makeAssertion({}, { signer: stranger, named: stranger }))
    expect((await bodyOf(response))['error_codes']).toEqual([700027])
    const underOurName = await postAssertion(makeAssertion({}, { signer: stranger }))
    expect((await bodyOf(underOurName))['error_codes']).toEqual([700027])
  })

  it('is refused when it is not signed at all', async () => {
    const [header, claims] = makeAssertion({}).split('.')
    const unsigned = `${encode({ ...decode(header ?? ''), alg: 'none' })}.${claims}.AA`
    expect((await bodyOf(await postAssertion(unsigned)))['error_codes']).toEqual([700027])
  })
})

describe('MSAL', () => {
  const authority = () => ({ authority: `${tenant.signInUrl}/${tenantId}`, knownAuthorities: [new URL(tenant.signInUrl).host], clientId: readerId })
  const scopes = ['https://graph.microsoft.com/.default']

  it('signs in with the secret, by discovery, and keeps the token', async () => {
    const client = new ConfidentialClientApplication({ auth: { ...authority(), clientSecret: secret } })
    const first = await client.acquireTokenByClientCredential({ scopes })
    expect(first?.fromCache).toBe(false)
    expect((await client.acquireTokenByClientCredential({ scopes }))?.accessToken).toBe(first?.accessToken)
    const users = await fetch(`${tenant.graphUrl}/v1.0/users`, { headers: { Authorization: `Bearer ${first?.accessToken ?? ''}` } })
    expect(users.status).toBe(200)
  })

  it('signs in with the certificate, and again with the same assertion, as it does after a 401', async () => {
    const thumbprintSha256 = createHash('sha256').update(new X509Certificate(tenant.client.certificatePem).raw).digest('hex')
    const client = new ConfidentialClientApplication({ auth: { ...authority(), clientCertificate: { thumbprintSha256, privateKey: tenant.client.privateKeyPem } } })
    expect((await client.acquireTokenByClientCredential({ scopes }))?.accessToken).toMatch(/^ey/)
    expect((await client.acquireTokenByClientCredential({ scopes, skipCache: true }))?.fromCache).toBe(false)
  })

  it('finds the authority by instance discovery where it was told no authority', async () => {
    const response = await fetch(`${tenant.signInUrl}/common/discovery/instance?api-version=1.1&authorization_endpoint=x`)
    const discovery = (await response.json()) as { readonly tenant_discovery_endpoint: string; readonly metadata: readonly { readonly aliases: readonly string[] }[] }
    expect(discovery.metadata[0]?.aliases).toEqual([new URL(tenant.signInUrl).host])
    expect(await bodyOf(await fetch(discovery.tenant_discovery_endpoint))).toMatchObject({ issuer: `${tenant.signInUrl}/${tenantId}/v2.0` })
  })

  it('reports a wrong secret with the code of Entra', async () => {
    const client = new ConfidentialClientApplication({ auth: { ...authority(), clientSecret: 'wrong' } })
    await expect(client.acquireTokenByClientCredential({ scopes })).rejects.toMatchObject({ errorCode: 'invalid_client', errorNo: 7000215 })
  })
})

describe('the published key', () => {
  it('verifies a token that was signed with it', async () => {
    const { keys } = (await (await fetch(`${tenant.signInUrl}/${tenantId}/discovery/v2.0/keys`)).json()) as { readonly keys: readonly (JsonWebKey & { readonly kid: string })[] }
    const [header = '', claims = '', signature = ''] = (await tenant.signIn()).split('.')
    const jwk = keys.find(({ kid }) => kid === decode(header)['kid'])
    const key = createPublicKey({ key: jwk ?? {}, format: 'jwk' })
    expect(verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
  })
})

function postAssertion(assertion: string): Promise<Response> {
  const { client_secret: _without, ...form } = secretForm()
  return tenant.postToken({ ...form, client_assertion: assertion, client_assertion_type: assertionType })
}

type AssertionForm = { readonly thumbprint?: 'x5t' | 'x5t#S256'; readonly algorithm?: 'PS256' | 'RS256'; readonly signer?: TestTenant['client']; readonly named?: TestTenant['client'] }

/** Made here by hand, so that a mistake of the lab's own code does not cancel out. */
function makeAssertion(changes: Readonly<Record<string, unknown>>, form: AssertionForm = {}): string {
  const { thumbprint = 'x5t#S256', algorithm = 'PS256', signer = tenant.client, named = tenant.client } = form
  const digest = createHash(thumbprint === 'x5t' ? 'sha1' : 'sha256').update(new X509Certificate(named.certificatePem).raw).digest('base64url')
  const seconds = Math.floor(Date.now() / 1000)
  const claims = { aud: `${tenant.signInUrl}/${tenantId}/oauth2/v2.0/token`, iss: readerId, sub: readerId, jti: randomUUID(), nbf: seconds, exp: seconds + 600, ...changes }
  const signed = `${encode({ alg: algorithm, typ: 'JWT', [thumbprint]: digest })}.${encode(claims)}`
  const padding = algorithm === 'PS256' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {}
  return `${signed}.${sign('sha256', Buffer.from(signed), { key: signer.privateKeyPem, ...padding }).toString('base64url')}`
}

function encode(part: unknown): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>
}

function claimsOf(token: string): Record<string, unknown> {
  return decode(token.split('.')[1] ?? '')
}
