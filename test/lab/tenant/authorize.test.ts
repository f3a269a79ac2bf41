import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bodyOf, guestbridgeId, readerId, secret, startTestTenant, tenantId, type TestTenant } from './tenantFixture.ts'

let tenant: TestTenant
beforeAll(async () => {
  tenant = await startTestTenant()
})
afterAll(() => tenant.remove())

const verifier = randomBytes(48).toString('base64url')
const challenge = createHash('sha256').update(verifier).digest('base64url')
const redirectUri = 'http://localhost:49152'
const scope = 'https://graph.microsoft.com/User.Read.All openid profile offline_access'

describe('the page of the authorize endpoint', () => {
  it('asks as whom one signs in, and lets its form lead to the application alone', async () => {
    const page = await fetch(address({ login_hint: '<ana>@contoso.com' }))
    const text = await page.text()
    expect(page.status).toBe(200)
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.headers.get('content-security-policy')).toContain(`form-action 'self' ${redirectUri};`)
    for (const as of ['administrator', 'employee', 'declined']) expect(text).toContain(`value="${as}"`)
    expect(text).toContain('Test application')
    expect(text).toContain('&lt;ana&gt;@contoso.com')
    expect(text).not.toContain('<ana>')
  })

  it('sends the browser back with a code and the state, which gives tokens of the person once', async () => {
    const back = await decide('administrator', { state: 'a state & more' })
    expect(back.origin).toBe(redirectUri)
    expect(back.searchParams.get('state')).toBe('a state & more')
    const given = await redeem(back)
    expect(given.status).toBe(200)
    const body = await bodyOf(given)
    expect(claimsOf(body['access_token'])).toMatchObject({ scp: 'User.Read.All', idtyp: 'user', appid: readerId, upn: 'admin@test.onmicrosoft.com' })
    expect(body['refresh_token']).toEqual(expect.any(String))
    expect(await codesOf(redeem(back))).toEqual([54005])
  })

  it('gives its answer in the fragment where that was asked for', async () => {
    const back = await decide('employee', { response_mode: 'fragment', state: 's' })
    expect(back.search).toBe('')
    expect(new URLSearchParams(back.hash.slice(1)).get('state')).toBe('s')
  })

  it.each([
    ['that was declined', 'declined', {}, 'access_denied', 65004],
    ['without proof of who asks', 'administrator', { code_challenge: null }, 'invalid_request', 9002325],
    ['with a proof that anybody could give who sees it', 'administrator', { code_challenge_method: 'plain' }, 'invalid_request', 9002325],
    ['for another answer than a code', 'administrator', { response_type: 'token' }, 'unsupported_response_type', 70005],
    ['for an answer by a form', 'administrator', { response_mode: 'form_post' }, 'invalid_request', 70007],
    ['without scope', 'administrator', { scope: null }, 'invalid_request', 900144],
    ['that may not ask anybody', 'administrator', { prompt: 'none' }, 'login_required', 50058],
    ['with a prompt that there is not', 'administrator', { prompt: 'shout' }, 'invalid_request', 90023],
  ] as const)('tells the application about a sign-in %s', async (_what, as, changes, error, code) => {
    const back = await decide(as, { state: 'mine', ...changes })
    expect([back.origin, back.searchParams.get('error'), back.searchParams.get('state'), back.searchParams.get('code')]).toEqual([redirectUri, error, 'mine', null])
    expect(back.searchParams.get('error_description')).toContain(`AADSTS${code}: `)
  })

  it.each([
    ['a tenant that there is not', {}, 'nobody.onmicrosoft.com', 90002],
    ['an application that there is not', { client_id: '99999999-0000-4000-8000-000000000000' }, tenantId, 700016],
    ['no application', { client_id: null }, tenantId, 900144],
    ['no way back', { redirect_uri: null }, tenantId, 900144],
    ['another computer', { redirect_uri: 'https://evil.example/' }, tenantId, 50011],
    ['a host that only begins like this computer', { redirect_uri: 'http://localhost.evil.example/' }, tenantId, 50011],
    ['a name before the host', { redirect_uri: 'http://localhost:1@evil.example/' }, tenantId, 50011],
    ['this computer with a path that is not registered', { redirect_uri: 'http://localhost:49152/elsewhere' }, tenantId, 50011],
    ['this computer by its number, which is not registered', { redirect_uri: 'http://127.0.0.1:49152' }, tenantId, 50011],
  ] as const)('tells the person alone where the request names %s', async (_what, changes, name, code) => {
    const shown = await fetch(address(changes, name), { redirect: 'manual' })
    expect([shown.status, shown.headers.get('location')]).toEqual([400, null])
    expect(await shown.text()).toContain(`AADSTS${code}: `)
  })

  it('does nothing without a decision', async () => {
    expect((await post(address({}), 'somebody')).status).toBe(400)
  })
})

describe('a code', () => {
  it.each([
    ['by another application', { client_id: guestbridgeId }, 70000],
    ['from another address', { redirect_uri: 'http://localhost:1' }, 500112],
    ['without what proves who asked', { code_verifier: null }, 501481],
    ['with a proof of somebody else', { code_verifier: randomBytes(48).toString('base64url') }, 501481],
    ['that was never given', { code: 'x' }, 9002313],
    ['with a secret, which an application on a computer has not', { client_secret: secret }, 700025],
    ['without scope', { scope: null }, 900144],
  ] as const)('gives nothing when it is redeemed %s', async (_what, changes, code) => {
    expect(await codesOf(redeem(await decide('administrator', {}), changes))).toEqual([code])
  })

  it('has ended with the first attempt, also where that was refused', async () => {
    const back = await decide('administrator', {})
    await redeem(back, { code_verifier: 'x' })
    expect(await codesOf(redeem(back))).toEqual([54005])
  })
})

type Changes = Readonly<Record<string, string | null>>

function changed(values: Readonly<Record<string, string>>, changes: Changes): URLSearchParams {
  return new URLSearchParams(Object.entries({ ...values, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null))
}

function address(changes: Changes, name = tenantId): string {
  return `${tenant.signInUrl}/${name}/oauth2/v2.0/authorize?${changed({ client_id: readerId, response_type: 'code', redirect_uri: redirectUri, scope, code_challenge: challenge, code_challenge_method: 'S256' }, changes).toString()}`
}

function post(target: string, as: string): Promise<Response> {
  return fetch(target, { method: 'POST', body: new URLSearchParams({ as }), redirect: 'manual' })
}

/** Where the browser is sent when the person has decided. */
async function decide(as: string, changes: Changes): Promise<URL> {
  const answered = await post(address(changes), as)
  expect(answered.status).toBe(302)
  return new URL(answered.headers.get('location') ?? '')
}

function redeem(back: URL, changes: Changes = {}): Promise<Response> {
  const form = changed({ grant_type: 'authorization_code', client_id: readerId, redirect_uri: redirectUri, code: back.searchParams.get('code') ?? '', code_verifier: verifier, scope }, changes)
  return tenant.postToken(Object.fromEntries(form))
}

async function codesOf(response: Promise<Response>): Promise<unknown> {
  return (await bodyOf(await response))['error_codes']
}

function claimsOf(token: unknown): Record<string, unknown> {
  return JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>
}
