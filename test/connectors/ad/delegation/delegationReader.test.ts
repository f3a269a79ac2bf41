import { expect, it } from 'vitest'
import { createDelegationReader } from '../../../../src/main/connectors/ad/delegation/delegationReader.ts'
import type { DelegationReader } from '../../../../src/main/connectors/delegationPorts.ts'
import type { DirectoryConnection } from '../../../../src/main/connectors/ad/directoryConnection.ts'
import { parseSid, sidToBytes } from '../../../../src/shared/domain/ids.ts'
import { startScriptedDirectory } from '../scriptedDirectory.ts'
import type { Entry, Script } from '../scriptedDirectory.ts'

const calm = new AbortController().signal
const spn = 'HTTP/orders.child.scripted.test'
const configuration = 'CN=Configuration,DC=scripted,DC=test'
const rootDse = { configurationNamingContext: [configuration] }

function sidOctets(text: string): Buffer {
  const sid = parseSid(text)
  if (!sid.ok) throw new Error(text)
  return Buffer.from(sidToBytes(sid.value))
}

/** As a global catalog has it: without what only its own domain knows. */
const owner: Entry = {
  name: 'CN=svc-orders,DC=child,DC=scripted,DC=test',
  attributes: {
    objectGUID: [Buffer.alloc(16, 9)], objectSid: [sidOctets('S-1-5-21-7-8-9-1104')], objectClass: ['top', 'person', 'user'], sAMAccountName: ['svc-orders'],
    userAccountControl: ['512'], servicePrincipalName: [spn],
  },
}
const directoryService: Entry = { name: `CN=Directory Service,CN=Windows NT,CN=Services,${configuration}`, attributes: { sPNMappings: ['host=alerter,http,www'] } }

async function withReader(script: Script, changes: (connection: DirectoryConnection) => Partial<DirectoryConnection>, use: (reader: DelegationReader) => Promise<void>): Promise<void> {
  const directory = await startScriptedDirectory(script)
  const reader = createDelegationReader({ ...directory.connection, ...changes(directory.connection) })
  try {
    await use(reader)
  } finally {
    await reader.close()
    await directory.stop()
  }
}

/** Answers with the entries that `entriesOf` has for a base; nothing elsewhere. */
function answering(entriesOf: Readonly<Record<string, readonly Entry[]>>): Script {
  return {
    rootDse,
    onSearch: ({ baseDN }, reply) => {
      for (const entry of entriesOf[baseDN] ?? []) reply.entry(entry)
      reply.done()
    },
  }
}

it('knows of an account in another domain what the catalog has, and says of the rest that it was not read', async () => {
  await withReader(answering({ '': [owner], [directoryService.name]: [directoryService] }), ({ servers }) => ({ globalCatalogs: servers }), async (reader) => {
    const found = await reader.findOwners([spn], calm)
    expect(found.ok && found.value.get(spn)).toMatchObject({
      kind: 'read',
      value: [{ by: 'explicit', account: { accountName: 'svc-orders', domain: 'child.scripted.test', readFrom: 'globalCatalog', trust: { kind: 'notRead', why: expect.stringContaining('child.scripted.test') }, tokenGroups: { kind: 'notRead' } } }],
    })
  })
})

it('looks in the domain alone where no global catalog answers', async () => {
  const script = answering({ 'DC=scripted,DC=test': [owner], [directoryService.name]: [directoryService] })
  await withReader(script, () => ({ globalCatalogs: [{ host: '127.0.0.1', port: 1 }] }), async (reader) => {
    const found = await reader.findOwners([spn], calm)
    expect(found.ok && found.value.get(spn)).toMatchObject({ kind: 'read', value: [{ by: 'explicit' }] })
  })
})

it.each([['nobody', []], ['an account of our domain', [owner]]])('says nothing of who has a name in a forest of several domains where no global catalog answers, though %s was found', async (_who, found) => {
  const references = ['scripted.test', 'child.scripted.test'].map((dnsRoot): Entry => ({ name: `CN=${dnsRoot},CN=Partitions,${configuration}`, attributes: { dnsRoot: [dnsRoot], systemFlags: ['3'] } }))
  const script = answering({ 'DC=scripted,DC=test': found, [directoryService.name]: [directoryService], [`CN=Partitions,${configuration}`]: references })
  await withReader(script, () => ({ globalCatalogs: [{ host: '127.0.0.1', port: 1 }] }), async (reader) => {
    const owners = await reader.findOwners([spn], calm)
    expect(owners.ok && owners.value.get(spn)).toMatchObject({ kind: 'notRead', why: expect.stringContaining('may belong to an account of child.scripted.test') })
  })
})

it('does not say that nobody has a name while it cannot know whether HOST/ stands for it', async () => {
  await withReader(answering({}), () => ({ globalCatalogs: [] }), async (reader) => {
    const found = await reader.findOwners([spn], calm)
    expect(found.ok && found.value.get(spn)).toMatchObject({ kind: 'notRead', why: expect.stringContaining('sPNMappings') })
  })
})

it('tells a name of nobody from one of a domain that nobody asked', async () => {
  const head: Entry = { name: 'DC=scripted,DC=test', attributes: { objectGUID: [Buffer.alloc(16, 1)], objectSid: [sidOctets('S-1-5-21-1-2-3')] } }
  const [ours, another] = ['S-1-5-21-1-2-3-4711', 'S-1-5-21-7-8-9-1104'].flatMap((text) => { const sid = parseSid(text); return sid.ok ? [sid.value] : [] })
  await withReader(answering({ 'DC=scripted,DC=test': [head] }), () => ({ globalCatalogs: [] }), async (reader) => {
    if (ours === undefined || another === undefined) throw new Error('no SIDs')
    const names = await reader.nameSids([ours, another], calm)
    expect(names.ok && [names.value.get(ours), names.value.get(another)]).toMatchObject([{ kind: 'read', value: null }, { kind: 'notRead', why: expect.stringContaining('no global catalog') }])
  })
})

it('says of each part of a domain why it was not read, a controller that does not answer included', async () => {
  const head: Entry = { name: 'DC=scripted,DC=test', attributes: { objectGUID: [Buffer.alloc(16, 1)], objectSid: [sidOctets('S-1-5-21-1-2-3')] } }
  const script = answering({ 'DC=scripted,DC=test': [head] })
  await withReader(script, ({ servers }) => ({ servers: [...servers, { host: '127.0.0.1', port: 1 }] }), async (reader) => {
    const domain = await reader.readDomain(calm)
    expect(domain.ok && domain.value).toMatchObject({
      dnsName: 'scripted.test', sid: 'S-1-5-21-1-2-3',
      controllers: [{ skew: { kind: 'notRead', why: expect.stringContaining('currentTime') } }, { skew: { kind: 'notRead', why: expect.stringContaining('127.0.0.1') } }],
      controllerLevel: { kind: 'notRead', why: expect.stringContaining('domainControllerFunctionality') }, directoryHeuristics: { kind: 'notRead' }, userPrincipalNameSuffixes: { kind: 'notRead' },
    })
  })
})

it('is cancelled as a whole', async () => {
  const cancelled = AbortSignal.abort()
  await withReader(answering({}), () => ({}), async (reader) => {
    const outcomes = [await reader.readDomain(cancelled), await reader.findOwners([spn], cancelled), await reader.findPrincipals({ by: 'accountName', accountName: 'x' }, cancelled)]
    expect(outcomes.map((outcome) => !outcome.ok && outcome.problem.kind)).toEqual(['cancelled', 'cancelled', 'cancelled'])
  })
})
