import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDelegationReader } from '../../../src/main/connectors/ad/delegation/delegationReader.ts'
import type { DelegationReader } from '../../../src/main/connectors/delegationPorts.ts'
import { createNetworkProbes } from '../../../src/main/kcd/networkProbes.ts'
import { resolveIntents, type DelegationWish } from '../../../src/main/kcd/planning/resolveIntents.ts'
import type { DelegationSources } from '../../../src/main/kcd/reading/delegationSources.ts'
import { spnKey } from '../../../src/shared/domain/spn.ts'
import { addServers, host, type Servers } from '../../contract/delegationServers.ts'
import { calm, connectionTo, valueOf, type DirectoryUnderTest } from '../../contract/directoryUnderTest.ts'
import { startLabDirectory, type LabDirectory } from '../../fixtures/labDirectory.ts'
import { application, connector, facts, guid } from '../rules/planning/world.ts'
import { noon } from './delegationWorkspace.ts'

describe('what a wish means in the directory', () => {
  let lab: LabDirectory
  let servers: Servers
  let reader: DelegationReader
  let sources: DelegationSources

  beforeAll(async () => {
    lab = await startLabDirectory()
    const directory: DirectoryUnderTest = { ...lab, host: lab.ip, kind: 'windows', controllerName: lab.host }
    servers = await addServers(directory, 'r')
    reader = createDelegationReader(connectionTo(directory, { globalCatalogs: [] }))
    const store = { connectorRows: () => Promise.resolve([]), connectorBatch: () => Promise.resolve([]), metaverseObjects: () => Promise.resolve([]) }
    sources = { accounts: reader, resources: null, servers: [], probes: createNetworkProbes({ nameServers: null }), store, configuration: null, proxy: null, proofs: [], now: () => noon }
  })
  afterAll(async () => {
    await reader.close()
    await lab.stop()
  })
  const resolve = (wishes: readonly DelegationWish[], known = facts({})) => resolveIntents(sources, known, wishes, calm)
  const anyProtocol = (account: string): DelegationWish => ({ kind: 'useAnyProtocol', account })

  test.each<[string, (of: Servers) => string]>([
    ['account name', () => 'CONNECTOR-R$'], ['account name without its dollar', () => 'connector-r'], ['DNS name', () => host('connector-r')],
    ['distinguished name', ({ connector: { dn } }) => dn], ['objectGUID', ({ connector: { anchor } }) => anchor],
  ])('an account goes by its %s', async (_, name) => {
    const { intents, further } = valueOf(await resolve([anyProtocol(name(servers))]))
    expect(intents).toEqual([{ kind: 'useAnyProtocol', account: servers.connector.anchor }])
    expect(further.map(({ accountName }) => accountName)).toEqual(['CONNECTOR-R$'])
  })

  test('a connector goes by the name that people call it, and one that was read is not asked for again', async () => {
    const known = facts({ connectors: [connector(servers.connector, { name: 'Proxy in the basement' })] })
    const { intents, further } = valueOf(await resolve([anyProtocol('proxy in the BASEMENT'), anyProtocol(servers.connector.anchor)], known))
    expect(intents).toEqual([servers.connector.anchor, servers.connector.anchor].map((account) => ({ kind: 'useAnyProtocol', account })))
    expect(further).toEqual([])
  })

  test('trust goes by accounts and by SIDs, of accounts that are gone too, each once', async () => {
    const gone = 'S-1-5-21-9-9-9-4711'
    const { intents } = valueOf(await resolve([{ kind: 'endTrust', service: 'pool-r@contoso.test', connectors: ['CONNECTOR-R', gone, servers.connector.sid] }]))
    expect(intents).toEqual([{ kind: 'endTrust', service: servers.pool.anchor, connectors: [servers.connector.sid, gone] }])
  })

  test('owners of the SPNs that are wished for are looked up with it', async () => {
    const spn = `http/${host('POOL-R')}`
    const { facts: read } = valueOf(await resolve([{ kind: 'registerService', account: 'WEB-R', spn: ` ${spn} ` }, { kind: 'registerService', account: 'WEB-R', spn: 'HTTP/free.contoso.test' }]))
    expect(read.services[spnKey(spn)]).toMatchObject({ kind: 'read', value: [{ by: 'explicit', account: { accountName: 'pool-r' } }] })
    expect(read.services['http/free.contoso.test']).toEqual({ kind: 'read', value: [] })
  })

  test('an application goes by its name in any case, or its id; what nobody knows stays for the plan to refuse', async () => {
    const known = facts({ applications: [application('Intranet', 'HTTP/intranet.contoso.test', { id: 'id-1' })] })
    const wish = (name: string): DelegationWish => ({ kind: 'makeApplicationWork', application: name, way: 'classic' })
    expect(valueOf(await resolve([wish('INTRANET'), wish('id-1'), wish('Nonsense')], known)).intents).toMatchObject([{ application: 'id-1' }, { application: 'id-1' }, { application: 'Nonsense' }])
  })

  test.each<[string, string]>([['NOBODY', 'objectNotFound'], [guid(404), 'objectNotFound'], ['CN=,=', 'usage']])('%s is told as %s, with the ways to name an account', async (text, kind) => {
    expect(await resolve([anyProtocol(text)])).toMatchObject({ ok: false, problem: { kind, remedy: expect.stringContaining('account name') } })
  })
})
