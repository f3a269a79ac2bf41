import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request, type IncomingMessage } from 'node:http'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { signInByBrowser } from '../../../src/main/connectors/graph/browserSignIn.ts'
import type { SigningIn } from '../../../src/main/connectors/graph/delegatedSignIn.ts'
import { guestPermission, refreshPersonToken } from '../../../src/main/connectors/graph/personSignIn.ts'
import { systemWaiting, type Waiting } from '../../../src/main/connectors/graph/waiting.ts'
import { decide, goBack, playBrowser, type Decision, type PageSeen } from '../../fixtures/playBrowser.ts'
import { startTestTenant, type TestTenant } from '../../fixtures/testTenant.ts'

const never = new AbortController().signal
const hasIpv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'))
if (!hasIpv6) console.info('Skipped: the second address of this computer. It has no IPv6.')
let folder: string
let tenant: TestTenant
let connection: SigningIn

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guestbridge-browser-sign-in-'))
  tenant = await startTestTenant(folder)
  const { graphUrl, signInUrl, tenantId, clientId, caFile } = tenant
  connection = { graphUrl, signInUrl, tenantId, clientId, caPem: await readFile(caFile, 'utf8'), permission: guestPermission }
})
afterEach(() => tenant.changeRegistration({ redirectUris: ['http://localhost'], webRedirectUris: [] }))
afterAll(async () => {
  await tenant.close()
  await rm(folder, { recursive: true, force: true })
})

describe('signing in with the browser', () => {
  it('gives a token of the person, and what renews it', async () => {
    const { outcome, page } = await signInAs('administrator')
    if (!outcome.ok) throw new Error(outcome.problem.message)
    expect(outcome.value.account).toMatch(/^admin@/)
    expect(outcome.value.expiresAt).toBeGreaterThan(Date.now())
    const guests = await fetch(`${tenant.graphUrl}/v1.0/users?$top=1`, { headers: { authorization: `Bearer ${outcome.value.text}` } })
    expect(guests.status).toBe(200)
    expect(await refreshPersonToken(connection, outcome.value.refreshToken ?? '', systemWaiting, never)).toMatchObject({ ok: true })
    expect(page.text).toContain('go back to Guestbridge')
  })

  it('asks Entra for a code that only who asked can redeem, for any account of the person', async () => {
    const asked = new URL((await signInAs('administrator')).address)
    expect(asked.href.startsWith(`${tenant.signInUrl}/${tenant.tenantId}/oauth2/v2.0/authorize?`)).toBe(true)
    const parameters = Object.fromEntries(asked.searchParams)
    expect(parameters).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', prompt: 'select_account', response_mode: 'query', redirect_uri: expect.stringMatching(/^http:\/\/localhost:\d+$/) as unknown })
    expect(parameters['scope']?.split(' ')).toEqual(expect.arrayContaining([`${tenant.graphUrl}/User.Read.All`, 'offline_access']))
    const again = new URL((await signInAs('administrator')).address)
    for (const name of ['state', 'code_challenge', 'redirect_uri']) expect(again.searchParams.get(name), name).not.toBe(asked.searchParams.get(name))
  })

  it('shows a page that keeps nothing and loads nothing, and listens no more', async () => {
    const { page } = await signInAs('employee')
    expect(page.status).toBe(200)
    expect(Object.fromEntries(page.headers)).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-security-policy': expect.stringContaining("default-src 'none'") as unknown })
    const style = /<style>(.*)<\/style>/.exec(page.text)?.[1] ?? ''
    expect(page.headers.get('content-security-policy'), 'its own style, and no other').toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}';`)
    expect(page.text).not.toContain(new URL(page.back).searchParams.get('code'))
    await expect(fetch(page.back)).rejects.toThrow('fetch failed')
  })

  it('takes one answer, with the state that it gave, by the name that it gave, and nothing else', async () => {
    const strange: unknown[] = []
    const { outcome } = await signInAs('administrator', async (address) => {
      const back = new URL(await decide(address, 'administrator', tenant.caFile))
      const [other, none, elsewhere, named] = [new URL(back), new URL(back), new URL('/favicon.ico', back), new URL(back)]
      other.searchParams.set('state', 'x')
      none.searchParams.delete('state')
      named.hostname = '127.0.0.1'
      for (const [method, url] of [['GET', other], ['GET', none], ['GET', elsewhere], ['POST', back], ['HEAD', back], ['GET', named]] as const) strange.push((await fetch(url, { method })).status)
      return goBack(back.href)
    })
    expect(strange).toEqual([400, 400, 404, 405, 405, 421])
    expect(outcome).toMatchObject({ ok: true })
  })

  it.skipIf(!hasIpv6)('is reached by both addresses of this computer', async () => {
    const { outcome, page } = await signInAs('administrator', async (address) => {
      const back = await decide(address, 'administrator', tenant.caFile)
      const { host, port, search } = new URL(back)
      const sent = request({ host: '::1', port, path: `/${search}`, headers: { host } }).end()
      const [response] = await once(sent, 'response') as [IncomingMessage]
      response.resume()
      return { back, status: response.statusCode ?? 0, headers: new Headers(), text: '' }
    })
    expect([page.status, outcome.ok]).toEqual([200, true])
  })
})

describe('a sign-in with the browser that comes to nothing', () => {
  it('says that the person declined', async () => {
    const { outcome, page } = await signInAs('declined')
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'notPermitted', message: expect.stringContaining('declined') as unknown } })
    expect(page.text).toContain('Nobody was signed in')
  })

  it('ends with whoever cancels it, and listens no more', async () => {
    const cancel = new AbortController()
    let address = ''
    const outcome = await signInByBrowser(connection, (shown) => { address = shown; cancel.abort() }, cancel.signal)
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'cancelled' } })
    await expect(fetch(new URL(address).searchParams.get('redirect_uri') ?? '')).rejects.toThrow('fetch failed')
  })

  it('ends after five minutes', async () => {
    const waits: number[] = []
    const impatient: Waiting = { ...systemWaiting, sleep: (milliseconds) => { waits.push(milliseconds); return Promise.resolve() } }
    expect(await signInByBrowser(connection, () => undefined, never, impatient)).toMatchObject({ ok: false, problem: { kind: 'timedOut', remedy: expect.stringContaining('http://localhost') as unknown } })
    expect(waits).toEqual([300_000])
  })

  it('refuses a code that Entra did not give, in the words of Entra', async () => {
    const { outcome } = await signInAs('administrator', async (address) => {
      const back = new URL(await decide(address, 'administrator', tenant.caFile))
      back.searchParams.set('code', 'made-up')
      return goBack(back.href)
    })
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'requestRefused', detail: { code: 'AADSTS9002313' } } })
  })

  it('says what to register where the address belongs to a web application, whose secret Entra asks for', async () => {
    tenant.changeRegistration({ redirectUris: [], webRedirectUris: ['http://localhost'] })
    const { outcome } = await signInAs('administrator')
    expect(outcome).toMatchObject({ ok: false, problem: { kind: 'credentialsRefused', remedy: expect.stringContaining('"Mobile and desktop applications"') as unknown, detail: { code: 'AADSTS7000218' } } })
  })

  it.each([
    ['an application that the tenant does not know', { clientId: '00000000-0000-4000-8000-000000000000' }, ['http://localhost'], 'AADSTS700016'],
    ['an address to come back to that is not registered', {}, [], 'AADSTS50011'],
  ] as const)('leaves it to Entra to tell the person in the browser about %s', async (_what, changes, redirectUris, code) => {
    tenant.changeRegistration({ redirectUris })
    const cancel = new AbortController()
    let shown = ''
    const outcome = await signInByBrowser({ ...connection, ...changes }, (address) => {
      void decide(address, 'administrator', tenant.caFile).catch((error: unknown) => { shown = String(error) }).finally(() => cancel.abort())
    }, cancel.signal)
    expect([shown, outcome.ok]).toEqual([expect.stringContaining(code), false])
  })
})

/** The product signs in, and a person plays along in the browser. */
async function signInAs(as: Decision, play: (address: string) => Promise<PageSeen> = (address) => playBrowser(address, as, tenant.caFile)) {
  const shown = Promise.withResolvers<string>()
  const signingIn = signInByBrowser(connection, shown.resolve, never)
  const address = await shown.promise
  return { address, page: await play(address), outcome: await signingIn }
}
