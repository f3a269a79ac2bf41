import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openService, type Service } from '../../../src/main/service.ts'
import { createConnectMemory } from '../../../src/main/service/connect/connectMemory.ts'
import { connectWithoutWorkspace } from '../../../src/main/service/connect/connectWithoutWorkspace.ts'
import { readWorkspaceConfiguration } from '../../../src/main/workspace/readConfiguration.ts'
import { verifyAudit } from '../../../src/main/workspace/audit.ts'
import { noProxy } from '../../../src/shared/domain/proxyInUse.ts'
import { makeAuthority } from '../../fixtures/certificates.ts'

const [draft, tenantId, clientId] = ['1b6f7d3c-40c4-4f0d-9f58-6c2f6f5d1c11', '6c1d1b1e-8a8b-4b1e-9f0a-1f2d3c4b5a69', '0c7a1a9c-1d5b-4c3e-8f7a-2b6d4e8f9a10']
const entra = { cloud: 'global', graphUrl: null, signInUrl: null, caPem: null, tenantId, clientId, credential: { kind: 'secret', expires: '2027-01-31' } }
const options = { signal: AbortSignal.timeout(20_000), onProgress: () => undefined }

// No session bus here: a keychain of the person who runs the tests is not touched, and there is none.
describe('saving what was connected', () => {
  let root: string
  let folder: string
  let caPem: string
  let service: Service | null = null
  let saved: Awaited<ReturnType<typeof saveFirst>>
  const directory = () => ({ servers: ['ldaps://dc1.contoso.test'], security: 'ldaps', caPem, account: 'svc@contoso.test', guestOu: 'OU=Guests,DC=contoso,DC=test', disabledOu: null })
  const memory = createConnectMemory()
  const address = process.env['DBUS_SESSION_BUS_ADDRESS']

  beforeEach(async () => {
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent'
    root = await mkdtemp(join(tmpdir(), 'guestbridge-save-'))
    folder = join(root, 'W')
    caPem = (await makeAuthority('Contoso Root')).certificatePem
    saved = await saveFirst()
  })
  afterEach(async () => {
    await service?.close()
    service = null
    if (address === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS']
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = address
    await rm(root, { recursive: true, force: true })
  })

  async function saveFirst() {
    const call = connectWithoutWorkspace({}, noProxy, options)
    await call('connect.keepSecret', { draft, name: 'entra', secret: 'the-client-secret' })
    await call('connect.keepSecret', { draft, name: 'directory', secret: 'the-password' })
    return call('connect.save', { draft, note: 'first', entra, directory: directory(), target: { kind: 'new', folder, name: 'Contoso' } })
  }

  async function open(): Promise<Service> {
    const opened = await openService({ folder, environment: {}, labWorker: new URL('file:///none'), connectMemory: memory })
    if (!opened.ok) throw new Error(JSON.stringify(opened.problem))
    service = opened.value
    return opened.value
  }

  it('says where each secret went: nowhere beyond this program, without a keychain', () => {
    expect(saved).toMatchObject({ ok: true, value: { folder, kept: [{ name: 'entra', where: 'session' }, { name: 'directory', where: 'session' }], keychain: { kind: 'keychainUnavailable' } } })
  })

  it('makes a workspace that opens, with the authority beside it and no secret in it', async () => {
    const configuration = await readWorkspaceConfiguration(folder)
    if (!configuration.ok) throw new Error(JSON.stringify(configuration.problem))
    const { caFile = '' } = configuration.value.activeDirectory
    expect(await readFile(join(folder, caFile), 'utf8')).toBe(`${caPem.trim()}\n`)
    expect(configuration.value.entra.credential).toEqual({ kind: 'secret', expires: '2027-01-31' })
    const texts = [await readFile(join(folder, 'workspace.json'), 'utf8'), await readFile(join(folder, 'audit.jsonl'), 'utf8')].join('')
    expect(texts).not.toMatch(/the-client-secret|the-password/)
  })

  it('changes one part of it later, and leaves comments and the rest as they are', async () => {
    const file = join(folder, 'workspace.json')
    await writeFile(file, (await readFile(file, 'utf8')).replace('"account"', '// asked of the directory team\n    "account"'))
    const api = await open()
    const saved = await api.call('connect.save', { draft, note: 'second', entra: null, directory: { ...directory(), account: 'other@contoso.test', disabledOu: 'OU=Left,DC=contoso,DC=test' }, target: { kind: 'open' } }, options)
    expect(saved).toMatchObject({ ok: true, value: { files: [], kept: [], keychain: null } })
    const text = await readFile(file, 'utf8')
    expect(text).toContain('// asked of the directory team')
    const configuration = await readWorkspaceConfiguration(folder)
    expect(configuration).toMatchObject({ ok: true, value: { entra: { tenantId }, activeDirectory: { account: 'other@contoso.test', guestOu: 'OU=Guests,DC=contoso,DC=test' }, lifecycle: { leavers: { action: 'disableAndMove', ou: 'OU=Left,DC=contoso,DC=test' } } } })
    expect(await verifyAudit(folder)).toEqual({ ok: true, value: { entries: 2 } })
  })

  it('keeps a secret for this session where there is no keychain, across a reopening and never in a file', async () => {
    const before = await open()
    expect(await before.call('connect.show', {}, options)).toMatchObject({ ok: true, value: { secrets: [{ name: 'entra', source: 'missing' }, { name: 'directory', source: 'missing' }] } })
    await before.call('connect.keepSecret', { draft, name: 'directory', secret: 'typed-again' }, options)
    await before.call('connect.save', { draft, note: 'third', entra: null, directory: directory(), target: { kind: 'open' } }, options)
    await before.close()
    const after = await open()
    const shown = await after.call('connect.show', {}, options)
    expect(shown).toMatchObject({ ok: true, value: { secrets: [{ name: 'entra', source: 'missing' }, { name: 'directory', source: 'session' }], keychain: { kind: 'keychainUnavailable' } } })
    expect(JSON.stringify(shown)).not.toContain('typed-again')
    expect(await readFile(join(folder, 'audit.jsonl'), 'utf8')).not.toContain('typed-again')
  })

  it('a random password for a key is refused where it could not be kept; a chosen one is taken', async () => {
    const api = await open()
    expect(await api.call('connect.makeCertificate', { draft, clientId, password: null }, options)).toMatchObject({ ok: false, problem: { kind: 'keychainUnavailable' } })
    const made = await api.call('connect.makeCertificate', { draft, clientId, password: 'chosen by me' }, options)
    expect(made).toMatchObject({ ok: true, value: { certificatePem: expect.stringContaining('BEGIN CERTIFICATE') as unknown } })
    expect(JSON.stringify(made)).not.toContain('PRIVATE KEY')
  })

  it('refuses what would make another workspace of it, or write over one', async () => {
    const call = connectWithoutWorkspace({}, noProxy, options)
    expect(await call('connect.save', { draft, note: 'again', entra, directory: directory(), target: { kind: 'new', folder, name: 'Contoso' } })).toMatchObject({ ok: false, problem: { kind: 'usage', message: expect.stringContaining('already') as unknown } })
    expect(await call('connect.save', { draft, note: 'again', entra, directory: null, target: { kind: 'open' } })).toMatchObject({ ok: false, problem: { kind: 'usage' } })
    expect(await call('connect.save', { draft, note: 'again', entra: { ...entra, caPem: 'hello' }, directory: directory(), target: { kind: 'new', folder: join(root, 'Other'), name: 'Other' } })).toMatchObject({ ok: false, problem: { message: expect.stringContaining('no certificate') as unknown } })
  })
})
