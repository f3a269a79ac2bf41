import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { documentOf, guestbridge, requireExit } from '../fixtures/commandLine.ts'
import { startConnectProxy, type ConnectProxy } from '../fixtures/connectProxy.ts'
import { requireGroup } from '../fixtures/systemPackages.ts'
import { startTestTenant, type TestTenant } from '../fixtures/testTenant.ts'

const run = promisify(execFile)
type Steps = { readonly steps: readonly { readonly system: string; readonly outcome: string; readonly found: string }[] }

// The name of the tenant's Graph is known to the proxy alone: whoever does not ask it reaches nothing.
describe('behind a proxy', () => {
  let folder: string
  let tenant: TestTenant
  let proxy: ConnectProxy
  const start = (args: readonly string[], environment: Readonly<Record<string, string>>) => guestbridge(['--workspace', 'W', '--json', ...args], { cwd: folder, environment: { GUESTBRIDGE_ENTRA_SECRET: tenant.clientSecret, ...environment } })
  const test = (environment: Readonly<Record<string, string>>) => start(['connect', 'test'], environment)

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
    expect(steps[0]?.found).toContain(`It was asked through the proxy ${proxy.url} (HTTPS_PROXY).`)
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

  it('that wants an account gets the one of the URL; without it the refusal is said at once, and what to do', async () => {
    const careful = await startConnectProxy({ account: 'svc:hunter2', forbidden: 'graph.guestbridge.test' })
    try {
      const refused = (documentOf(await test({ HTTPS_PROXY: careful.url })) as Steps).steps[0]
      expect(refused).toMatchObject({ outcome: 'failed', found: expect.stringMatching(/^The proxy wants a user and a password .*\(status 407\)\. It was asked through the proxy http:/) as unknown, problem: { remedy: expect.stringContaining('http://user:password@') as unknown } })
      expect(careful.tunnels).toHaveLength(1)
      const outcome = await test({ HTTPS_PROXY: careful.url.replace('//', '//svc:hunter2@') })
      expect((documentOf(outcome) as Steps).steps[0]?.found).toMatch(/^The proxy lets nobody through to graph\.guestbridge\.test:\d+ \(status 403\)/)
      expect(careful.tunnels).toHaveLength(2)
      expect(`${outcome.stdout}${outcome.stderr}`).not.toContain('hunter2')
    } finally {
      await careful.close()
    }
  })

  describe.skipIf(!requireGroup('desktopSettings').available)('that only the settings of GNOME name', () => {
    // Settings of their own in a file, as GLib keeps them where there is no dconf.
    const desktop = (): Readonly<Record<string, string>> => ({ GSETTINGS_BACKEND: 'keyfile', XDG_CONFIG_HOME: join(folder, 'desktop') })
    const set = (key: string, value: string): Promise<unknown> => {
      const [schema = '', name = ''] = key.split(' ')
      return run('gsettings', ['set', `org.gnome.system.proxy${schema}`, name, value], { env: { PATH: process.env['PATH'], ...desktop() } })
    }
    const findProxy = async (): Promise<unknown> => (documentOf(await start(['doctor', '--only', 'tenant-proxy'], desktop())) as { readonly findings: readonly unknown[] }).findings[0]

    beforeEach(async () => {
      const { hostname, port } = new URL(proxy.url)
      await set('.https host', hostname)
      await set('.https port', port)
      await set(' mode', 'manual')
    })

    it('connecting and importing reach the tenant, and doctor says through what', async () => {
      const { steps } = documentOf(await test(desktop())) as Steps
      expect(steps.filter(({ system, outcome }) => system === 'entra' && outcome === 'passed')).toHaveLength(2)
      expect(steps[0]?.found).toContain(`It was asked through the proxy ${proxy.url} (the proxy settings of GNOME).`)
      const before = proxy.tunnels.length
      requireExit(await start(['run', 'entra full import'], desktop()), 0)
      expect(proxy.tunnels.slice(before).every((tunnel) => tunnel.startsWith('graph.guestbridge.test:'))).toBe(true)
      expect(proxy.tunnels.length).toBeGreaterThan(before)
      expect(await findProxy()).toMatchObject({ state: 'passed', message: `Graph is asked through the proxy ${proxy.url} (the proxy settings of GNOME).` })
    })

    it('connecting where there is no workspace yet goes through it too', async () => {
      const outcome = await guestbridge(['--workspace', 'Other', '--json', 'connect', '--name', 'Other', '--cloud', 'custom', '--graph-url', tenant.graphUrl, '--sign-in-url', tenant.signInUrl, '--entra-ca', tenant.caFile, '--tenant', tenant.tenantId,
        '--client', tenant.clientId, '--credential', 'secret', '--secret-expires', '2099-12-31', '--server', 'ldaps://127.0.0.1:1', '--ad-ca', tenant.caFile, '--account', 'a@contoso.test', '--guest-ou', 'OU=Guests,DC=contoso,DC=test'],
      { cwd: folder, environment: { GUESTBRIDGE_ENTRA_SECRET: tenant.clientSecret, GUESTBRIDGE_AD_PASSWORD: 'x', ...desktop() } })
      const { saved, steps } = documentOf(outcome) as Steps & { readonly saved: unknown }
      expect(saved).toBeNull()
      expect(steps.filter(({ system, outcome: found }) => system === 'entra' && found === 'passed')).toHaveLength(2)
      expect(steps[0]?.found).toContain('(the proxy settings of GNOME)')
    })

    it('its account is sent to it, and shown to nobody', async () => {
      const careful = await startConnectProxy({ account: 'svc:hunter:2' })
      const { hostname, port } = new URL(careful.url)
      try {
        await set('.https port', '0')
        for (const [key, value] of [['host', hostname], ['port', port], ['use-authentication', 'true'], ['authentication-user', 'svc'], ['authentication-password', "'hunter:2'"]] as const) await set(`.http ${key}`, value)
        const outcome = await test(desktop())
        expect((documentOf(outcome) as Steps).steps[0]?.found).toContain(`It was asked through the proxy ${careful.url} (the proxy settings of GNOME).`)
        expect(`${outcome.stdout}${outcome.stderr}${JSON.stringify(await findProxy())}`).not.toContain('hunter')
      } finally {
        await careful.close()
      }
    })

    it('a variable of the environment goes before it', async () => {
      await set('.https port', '1')
      const { steps } = documentOf(await test({ ...desktop(), HTTPS_PROXY: proxy.url })) as Steps
      expect(steps[0]).toMatchObject({ system: 'entra', outcome: 'passed' })
    })

    it('an exception of it is asked directly', async () => {
      await set(' ignore-hosts', "['*.guestbridge.test']")
      const before = proxy.tunnels.length
      expect((documentOf(await test(desktop())) as Steps).steps[0]).toMatchObject({ system: 'entra', outcome: 'failed' })
      expect(proxy.tunnels).toHaveLength(before)
      expect(await findProxy()).toMatchObject({ message: `Graph is asked directly, as an exception of the proxy ${proxy.url} (the proxy settings of GNOME).` })
      await set(' ignore-hosts', '[]')
    })

    it('a script is not run: what to do is said where the tenant cannot be reached, and by doctor', async () => {
      await set(' mode', 'auto')
      await set(' autoconfig-url', 'http://wpad.contoso.com/proxy.pac')
      const [step] = (documentOf(await test(desktop())) as Steps).steps
      expect(step).toMatchObject({ outcome: 'failed', problem: { remedy: expect.stringContaining('HTTPS_PROXY') as unknown } })
      expect(step?.found).toContain('name a script that chooses the proxy (http://wpad.contoso.com/proxy.pac)')
      expect(await findProxy()).toMatchObject({ state: 'warning', remedy: expect.stringContaining('HTTPS_PROXY') as unknown })
    })
  })
})
