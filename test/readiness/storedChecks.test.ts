import { describe, expect, it, onTestFinished } from 'vitest'
import { createDirectoryInspector } from '../../src/main/connectors/ad/readiness/directoryInspector.ts'
import { createDirectoryReader } from '../../src/main/connectors/ad/directoryReader.ts'
import type { DirectoryConnection } from '../../src/main/connectors/ad/directoryConnection.ts'
import { domainChecks } from '../../src/main/readiness/domainChecks.ts'
import { rememberAnswers } from '../../src/main/readiness/rememberAnswers.ts'
import { bindChecks } from '../../src/main/readiness/runChecks.ts'
import { workspaceChecks } from '../../src/main/readiness/workspaceChecks.ts'
import type { WorkspaceWorld } from '../../src/main/readiness/workspace/workspaceWorld.ts'
import type { ReadinessFinding } from '../../src/shared/domain/readiness.ts'
import { fail, succeed } from '../../src/shared/domain/result.ts'
import { startScriptedDirectory } from '../connectors/ad/scriptedDirectory.ts'
import { guest, guestOu } from '../engine/world.ts'
import { morning, openTestWorkspace, type TestWorkspace } from '../runs/testWorkspace.ts'

const calm = new AbortController().signal
/** Nobody listens there: what these checks need is in the store. */
const nowhere: DirectoryConnection = { servers: [{ host: '127.0.0.1', port: 1 }], security: 'ldaps', caPem: null, account: 'svc@contoso.local', password: 'x', managedOus: [] }

async function openWorkspace(): Promise<TestWorkspace> {
  const workspace = await openTestWorkspace()
  onTestFinished(() => workspace.close())
  return workspace
}

async function examine(id: string, workspace: TestWorkspace, connection: DirectoryConnection = nowhere): Promise<ReadinessFinding> {
  const [inspector, reader] = [createDirectoryInspector(connection), createDirectoryReader(connection)]
  const settings = { account: connection.account, guestOu, managedOus: [guestOu], leaverOu: null, deletesLeavers: false, renames: false, writtenAttributes: [], usedAttributes: [] }
  const world = { settings, inspector: rememberAnswers(inspector), reader: async () => succeed(reader), store: workspace.store, now: Date.now(), probe: null }
  const check = bindChecks(domainChecks, world).find((each) => each.id === id)
  if (check === undefined) throw new Error(`There is no check ${id}`)
  try {
    return await check.find(calm)
  } finally {
    await Promise.all([inspector.close(), reader.close()])
  }
}

describe('the scope of Entra Connect', () => {
  it('is not checked before guests were imported', async () => {
    expect(await examine('entra-connect-scope', await openWorkspace())).toMatchObject({ state: 'notChecked', remedy: expect.stringContaining('import') as string })
  })

  it('passes where no guest is synchronised, and otherwise gives the whole sequence and never the exclusion alone', async () => {
    const workspace = await openWorkspace()
    await workspace.importAll('entra', [guest('anna')])
    expect(await examine('entra-connect-scope', workspace)).toMatchObject({ state: 'passed' })
    await workspace.importAll('entra', [guest('anna'), guest('boris', { onPremisesSyncEnabled: true })])
    const finding = await examine('entra-connect-scope', workspace)
    expect(finding).toMatchObject({ state: 'failed', message: expect.stringContaining('1 guest is synchronised') as string, remedy: expect.stringContaining('Never exclude the OU alone') as string })
    const steps = finding.scripts[0]?.text.split('\n') ?? []
    expect(steps.map((step) => /scheduler|exports|scope|restore|import/i.exec(step)?.[0].toLowerCase())).toEqual(['scheduler', 'exports', 'scope', 'scheduler', 'restore', 'import'])
  })
})

describe('a second engine', () => {
  it('is not looked for before anything was exported', async () => {
    expect(await examine('second-engine', await openWorkspace())).toMatchObject({ state: 'notChecked' })
  })
})

describe('the clocks', () => {
  const at = (seconds: number) => `${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}.0Z`

  it.each([[0, 'passed'], [-100, 'passed'], [200, 'warning'], [-200, 'warning'], [400, 'failed'], [-400, 'failed']] as const)('differ by %i seconds: %s', async (seconds, state) => {
    const directory = await startScriptedDirectory({ rootDse: { currentTime: [at(seconds)] } })
    onTestFinished(() => directory.stop())
    const finding = await examine('directory-clock', await openWorkspace(), directory.connection)
    expect(finding.state).toBe(state)
    if (state !== 'passed') expect(finding).toMatchObject({ message: expect.stringContaining(seconds < 0 ? 'behind' : 'ahead') as string, remedy: expect.stringContaining('w32tm') as string })
  })

  it('are not checked where the controller does not say what time it is, or does not answer', async () => {
    const directory = await startScriptedDirectory({})
    onTestFinished(() => directory.stop())
    const workspace = await openWorkspace()
    expect(await examine('directory-clock', workspace, directory.connection)).toMatchObject({ state: 'notChecked' })
    expect(await examine('directory-clock', workspace)).toMatchObject({ state: 'notChecked' })
  })
})

describe('the level', () => {
  it.each([['7', 'passed', '2016'], ['6', 'passed', '2012 R2'], ['4', 'warning', '2008 R2']] as const)('%s: %s', async (level, state, name) => {
    const directory = await startScriptedDirectory({ rootDse: { domainControllerFunctionality: [level], domainFunctionality: [level], forestFunctionality: [level] } })
    onTestFinished(() => directory.stop())
    expect(await examine('directory-level', await openWorkspace(), directory.connection)).toMatchObject({ state, read: [expect.stringContaining(`Windows Server ${name}`)] })
  })
})

describe('the sign-in', () => {
  it('is tried once, however many checks want it: each wrong password brings the account nearer to its lock', async () => {
    const directory = await startScriptedDirectory({ onBind: (reply) => reply.done(49, '80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data 52e, v4563') })
    onTestFinished(() => directory.stop())
    const [workspace, inspector] = [await openWorkspace(), createDirectoryInspector(directory.connection)]
    onTestFinished(() => inspector.close())
    const settings = { account: 'svc', guestOu, managedOus: [guestOu], leaverOu: null, deletesLeavers: false, renames: false, writtenAttributes: [], usedAttributes: [] }
    const reader = createDirectoryReader(directory.connection)
    onTestFinished(() => reader.close())
    const checks = bindChecks(domainChecks, { settings, inspector: rememberAnswers(inspector), reader: async () => succeed(reader), store: workspace.store, now: Date.now(), probe: null })
    const states: string[] = []
    for (const check of checks) states.push(`${check.id} ${(await check.find(calm)).state}`)
    expect(directory.log.filter((line) => line === 'bind')).toHaveLength(1)
    expect(states).toContain('directory-bind failed')
    expect(states).toContain('directory-rights notChecked')
    expect(states.filter((state) => state.endsWith('passed'))).toEqual([])
  })
})

describe('the workspace', () => {
  async function look(id: string, workspace: TestWorkspace, changes: Partial<WorkspaceWorld> = {}): Promise<ReadinessFinding> {
    const world: WorkspaceWorld = {
      folder: workspace.folder, store: workspace.store, now: Date.parse(morning), secrets: [], keychain: succeed(null), credentialEnd: succeed(null), network: null, ...changes,
    }
    const check = bindChecks(workspaceChecks, world).find((each) => each.id === id)
    if (check === undefined) throw new Error(`There is no check ${id}`)
    return check.find(calm)
  }
  const certificate = (validTo: string) => ({ credentialEnd: succeed({ what: 'certificate', subject: 'CN=Guestbridge', validTo } as const) })
  const problem = { kind: 'keychainUnavailable', message: 'The keychain is locked.', remedy: 'Unlock it.' } as const

  it.each([['2026-03-31T08:00:00.000Z', 'passed'], ['2026-03-30T08:00:00.000Z', 'warning'], ['2026-02-28T08:00:00.000Z', 'failed']] as const)('has a certificate that lasts until %s: %s', async (validTo, state) => {
    expect(await look('workspace-credential', await openWorkspace(), certificate(validTo))).toMatchObject({ state })
  })

  it('does not pass a client secret whose end nobody has named', async () => {
    const secrets = [{ name: 'entra', keptIn: 'keychain' }] as const
    expect(await look('workspace-credential', await openWorkspace(), { secrets })).toMatchObject({ state: 'notChecked', remedy: expect.stringContaining('guestbridge connect entra') as string })
  })

  it('names what is kept nowhere, and the command that keeps it', async () => {
    const secrets = [{ name: 'entra', keptIn: 'environment' }, { name: 'directory', keptIn: null }] as const
    expect(await look('workspace-secrets', await openWorkspace(), { secrets })).toMatchObject({ state: 'failed', message: expect.stringContaining('password of our account') as string, remedy: expect.stringContaining('guestbridge secrets set directory') as string })
  })

  it('says why the keychain or the folder cannot be used', async () => {
    const workspace = await openWorkspace()
    expect(await look('workspace-keychain', workspace, { keychain: fail(problem) })).toMatchObject({ state: 'warning', remedy: 'Unlock it.' })
    expect(await look('workspace-folder', workspace, { network: problem })).toMatchObject({ state: 'failed' })
  })

  it('looks at the newest run: none, an old one, one that went through', async () => {
    const workspace = await openWorkspace()
    expect(await look('workspace-newest-run', workspace)).toMatchObject({ state: 'warning', remedy: expect.stringContaining('run cycle') as string })
    await workspace.importAll('entra', [guest('anna')])
    expect(await look('workspace-newest-run', workspace)).toMatchObject({ state: 'passed' })
    expect(await look('workspace-newest-run', workspace, { now: Date.parse('2026-03-20T08:00:00.000Z') })).toMatchObject({ state: 'warning', message: expect.stringContaining('19 days') as string })
  })
})
