import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openService, type Service } from '../../../src/main/service.ts'
import { createConnectMemory } from '../../../src/main/service/connect/connectMemory.ts'
import { connectWithoutWorkspace, type ConnectCaller } from '../../../src/main/service/connect/connectWithoutWorkspace.ts'
import { noProxy } from '../../../src/shared/domain/proxyInUse.ts'
import type { Progress } from '../../../src/shared/domain/run.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'
import { playBrowser } from '../../fixtures/playBrowser.ts'
import { startTestTenant, type TestTenant } from '../../fixtures/testTenant.ts'

const draft = '1b6f7d3c-40c4-4f0d-9f58-6c2f6f5d1c11'
const signal = AbortSignal.timeout(60_000)

// No session bus here: a keychain of the person who runs the tests is not touched, and there is none.
describe('a person who signs in for a set-up', () => {
  let folder: string
  let tenant: TestTenant
  let caPem: string
  let service: Service | null = null
  const address = process.env['DBUS_SESSION_BUS_ADDRESS']
  const cloud = () => ({ cloud: 'custom', graphUrl: tenant.graphUrl, signInUrl: tenant.signInUrl, caPem, tenantId: tenant.tenantId, clientId: tenant.clientId })
  const entra = (kind: 'secret' | 'person' | 'unchanged') => ({ ...cloud(), credential: kind === 'secret' ? { kind, expires: null } : { kind } })

  beforeAll(async () => {
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent'
    folder = await mkdtemp(join(tmpdir(), 'guestbridge-sign-in-'))
    tenant = await startTestTenant(folder)
    caPem = await readFile(tenant.caFile, 'utf8')
  })
  afterEach(async () => {
    await service?.close()
    service = null
  })
  afterAll(async () => {
    if (address === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS']
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = address
    await tenant.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('is told where, by an address without code, and reads guests from then on', async () => {
    const told: Progress[] = []
    const call = connectWithoutWorkspace({}, noProxy, { signal, onProgress: playing(told) })
    expect(await call('connect.signIn', { draft, how: 'browser', ...cloud() })).toEqual({ ok: true, value: { account: expect.stringMatching(/^admin@/) as unknown } })
    expect(told).toMatchObject([{ run: 0, step: null, connector: 'entra', signIn: { address: expect.stringContaining(`${tenant.signInUrl}/`) as unknown, code: null } }])
    const tested = await call('connect.test', { draft, entra: entra('person'), directory: null })
    expect(tested).toMatchObject({ ok: true, value: { steps: expect.not.arrayContaining([expect.objectContaining({ outcome: 'failed' })]) as unknown } })
  })

  it('has to have signed in', async () => {
    const call = connectWithoutWorkspace({}, noProxy, { signal, onProgress: () => undefined })
    expect(await call('connect.test', { draft, entra: entra('person'), directory: null })).toMatchObject({ ok: true, value: { steps: expect.arrayContaining([expect.objectContaining({ outcome: 'failed', found: 'Nobody has signed in for this set-up.' })]) as unknown } })
  })

  it('says how: the contract knows no other way than browser and code', async () => {
    const call = connectWithoutWorkspace({}, noProxy, { signal, onProgress: () => undefined })
    expect(await call('connect.signIn', { draft, how: 'telepathy', ...cloud() })).toMatchObject({ ok: false, problem: { kind: 'usage' } })
    expect(await call('connect.signIn', { draft, ...cloud() })).toMatchObject({ ok: false, problem: { kind: 'usage' } })
  })

  it('leaves the secret of the workspace alone where the credential stays as it is after all', async () => {
    const workspace = join(folder, 'W')
    const memory = createConnectMemory()
    await saveWithSecret(workspace)
    const opened = await openService({ folder: workspace, environment: { GUESTBRIDGE_ENTRA_SECRET: tenant.clientSecret }, labWorker: new URL('file:///none'), connectMemory: memory })
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
    service = opened.value
    const call: ConnectCaller = (name, input) => opened.value.call(name, input, { signal, onProgress: playing([]) })
    expect(await call('connect.signIn', { draft, how: 'browser', ...cloud() })).toMatchObject({ ok: true })
    const tested = await call('connect.test', { draft, entra: entra('unchanged'), directory: null })
    expect(tested).toMatchObject({ ok: true, value: { steps: expect.not.arrayContaining([expect.objectContaining({ outcome: 'failed' })]) as unknown } })
    expect(await call('connect.save', { draft, note: 'as it was', entra: entra('unchanged'), directory: null, target: { kind: 'open' } })).toMatchObject({ ok: true, value: { kept: [] } })
    expect(JSON.parse(await readFile(join(workspace, 'workspace.json'), 'utf8'))).toMatchObject({ entra: { credential: { kind: 'secret' } } })
  })

  async function saveWithSecret(workspace: string): Promise<void> {
    const call = connectWithoutWorkspace({}, noProxy, { signal, onProgress: () => undefined })
    await call('connect.keepSecret', { draft, name: 'entra', secret: tenant.clientSecret })
    await call('connect.keepSecret', { draft, name: 'directory', secret: 'the-password' })
    const directory = { servers: ['ldaps://dc1.contoso.test'], security: 'ldaps', caPem: (await makeAuthority('Contoso Root')).certificatePem, account: 'svc@contoso.test', guestOu: 'OU=Guests,DC=contoso,DC=test', disabledOu: null }
    const saved = await call('connect.save', { draft, note: 'first', entra: entra('secret'), directory, target: { kind: 'new', folder: workspace, name: 'Contoso' } })
    if (!saved.ok) throw new Error(saved.problem.message)
  }

  /** Plays the browser of whoever is asked to sign in. */
  function playing(told: Progress[]): (progress: Progress) => void {
    return (progress) => {
      told.push(progress)
      if (progress.signIn?.code === null) void playBrowser(progress.signIn.address, 'administrator', tenant.caFile)
    }
  }
})
