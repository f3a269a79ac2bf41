import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentOf, guestbridge, requireExit } from '../fixtures/commandLine.ts'
import { startConnectProxy, type ConnectProxy } from '../fixtures/connectProxy.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'

type Steps = { readonly steps: readonly { readonly system: string; readonly outcome: string; readonly found: string }[] }

// The name of the tenant's Graph is known to the proxy alone: whoever does not ask it reaches nothing.
describe('behind a proxy', () => {
  let folder: string
  let tenant: TestTenant
  let proxy: ConnectProxy
  const test = (environment: Readonly<Record<string, string>>) => guestbridge(['--workspace', 'W', '--json', 'connect', 'test'], { cwd: folder, environment: { GUESTBRIDGE_ENTRA_SECRET: tenant.clientSecret, ...environment } })

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-e2e-'))
    tenant = await startTestTenant(folder, ['User.Read.All'], 'graph.guestbridge.test')
    proxy = await startConnectProxy()
    requireExit(await guestbridge(['--workspace', 'W', 'init', '--cloud', 'custom', '--graph-url', tenant.graphUrl, '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile, '--tenant', tenant.tenantId, '--client', tenant.clientId,
      '--server', 'ldaps://127.0.0.1:1', '--account', 'a@contoso.test', '--guest-ou', 'OU=Guests,DC=contoso,DC=test'], { cwd: folder }), 0)
  })
  afterAll(async () => {
    await proxy.close()
    await tenant.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('token and guests come through the proxy of the environment, verified by the authority of the tenant', async () => {
    const { steps } = documentOf(await test({ HTTPS_PROXY: proxy.url })) as Steps
    expect(steps.filter(({ system, outcome }) => system === 'entra' && outcome === 'passed')).toHaveLength(2)
    const hosts = new Set(proxy.tunnels.map((tunnel) => tunnel.split(':')[0]))
    expect([...hosts]).toEqual(['graph.guestbridge.test'])
    expect(new Set(proxy.tunnels).size).toBe(2)
  })

  it('a host of NO_PROXY is asked directly', async () => {
    const before = proxy.tunnels.length
    const { steps } = documentOf(await test({ HTTPS_PROXY: proxy.url, NO_PROXY: '.guestbridge.test' })) as Steps
    expect(steps[0]).toMatchObject({ system: 'entra', outcome: 'failed' })
    expect(steps[0]?.found).toContain('cannot be reached')
    expect(proxy.tunnels).toHaveLength(before)
  })

  it('a variable that names no proxy is refused, without being shown', async () => {
    const outcome = await test({ HTTPS_PROXY: 'user:hunter2@proxy' })
    expect(outcome.exitCode).toBe(2)
    expect(outcome.stderr).toContain('HTTPS_PROXY')
    expect(outcome.stderr).not.toContain('hunter2')
  })
})
