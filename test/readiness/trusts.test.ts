import { describe, expect, it, onTestFinished } from 'vitest'
import { createDirectoryInspector } from '../../src/main/connectors/ad/readiness/directoryInspector.ts'
import { createDirectoryReader } from '../../src/main/connectors/ad/directoryReader.ts'
import { rememberAnswers } from '../../src/main/readiness/rememberAnswers.ts'
import { resourceChecks } from '../../src/main/readiness/resourceChecks.ts'
import { bindChecks } from '../../src/main/readiness/runChecks.ts'
import { forestTrust } from '../../src/main/lab/seed/forestTrust.ts'
import type { ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import type { Dn } from '../../src/shared/domain/ids.ts'
import type { ReadinessFinding } from '../../src/shared/domain/readiness.ts'
import { succeed } from '../../src/shared/domain/result.ts'
import { startScriptedDirectory } from '../connectors/ad/scriptedDirectory.ts'
import type { Entry } from '../connectors/ad/scriptedDirectory.ts'
import { dnOf, guest, guestOu } from '../engine/world.ts'
import { openTestWorkspace } from '../runs/testWorkspace.ts'

const domain = 'DC=scripted,DC=test'
const configuration = `CN=Configuration,${domain}`
/** S-1-5-21-1-2-3 */
const domainSid = Buffer.from('010400000000000515000000010000000200000003000000', 'hex')

type Trust = { readonly partner: string; readonly direction: number; readonly attributes: number; readonly suffixes?: readonly string[]; readonly records?: Readonly<Record<string, { readonly flags: number; readonly type: number }>>; readonly domain?: { readonly name: string; readonly flags: number } }

type Circumstances = { readonly id?: string; readonly otherDomains?: readonly string[]; readonly guests?: readonly ConnectorObject[] }

/** The domain of the applications, with these trusts; the accounts are in `accounts`. */
async function examine(trusts: readonly Trust[], accounts: Dn | null, { id = 'resource-trust', otherDomains = [], guests = [] }: Circumstances = {}): Promise<ReadinessFinding> {
  const entries: Readonly<Record<string, readonly Entry[]>> = {
    [domain]: [{ name: domain, attributes: { objectGUID: [Buffer.alloc(16, 1)], objectSid: [domainSid] } }],
    [`CN=System,${domain}`]: trusts.map(describeTrust),
    [`CN=Partitions,${configuration}`]: ['scripted.test', ...otherDomains].map((dnsRoot) => ({ name: `CN=${dnsRoot},CN=Partitions,${configuration}`, attributes: { dnsRoot: [dnsRoot], systemFlags: ['3'] } })),
  }
  const directory = await startScriptedDirectory({
    rootDse: { configurationNamingContext: [configuration] }, onStartTls: (reply) => reply.done(),
    onSearch: ({ baseDN }, reply) => {
      for (const entry of entries[baseDN] ?? []) reply.entry(entry)
      reply.done()
    },
  })
  const [inspector, reader, workspace] = [createDirectoryInspector(directory.connection), createDirectoryReader(directory.connection), await openTestWorkspace()]
  onTestFinished(async () => {
    await Promise.all([inspector.close(), reader.close(), workspace.close()])
    await directory.stop()
  })
  if (guests.length > 0) await workspace.importAll('entra', guests)
  const settings = { account: directory.connection.account, guestOu, managedOus: [], leaverOu: null, deletesLeavers: false, renames: false, writtenAttributes: [], usedAttributes: [] }
  const world = { settings, inspector: rememberAnswers(inspector), reader: async () => succeed(reader), store: workspace.store, now: Date.now(), probe: null }
  const check = bindChecks(resourceChecks({ accounts: () => Promise.resolve(accounts), services: () => Promise.resolve([]) }), world).find((each) => each.id === id)
  if (check === undefined) throw new Error(`There is no check ${id}`)
  return check.find(new AbortController().signal)
}

/** As the lab's directory has it: octets where the attribute holds octets. */
function describeTrust({ partner, direction, attributes, suffixes, records = {}, domain: trusted }: Trust): Entry {
  const { dn, attributes: values } = forestTrust({ partner, flatName: 'PARTNER', direction, attributes, suffixes: suffixes ?? null }, domain)
  return { name: dn, attributes: Object.fromEntries(Object.entries(values).map(([name, texts]) => [name, name === 'msDS-TrustForestTrustInfo' ? texts.map((text) => withDomain(mark(Buffer.from(text, 'base64'), records), trusted)) : texts])) }
}

/** Other flags and another type for single names: 21 octets before each name, the flags at the fifth and the type at the seventeenth (MS-ADTS 6.1.6.9.3.1). */
function mark(information: Buffer, records: NonNullable<Trust['records']>): Buffer {
  for (const [name, { flags, type }] of Object.entries(records)) {
    const record = information.indexOf(name) - 21
    information.writeUInt32LE(flags, record + 4)
    information.writeUInt8(type, record + 16)
  }
  return information
}

/** And a domain of the other forest: SID, DNS name and NetBIOS name, each with its length before it. */
function withDomain(information: Buffer, trusted: Trust['domain']): Buffer {
  if (trusted === undefined) return information
  const header = Buffer.alloc(17)
  header.writeUInt32LE(trusted.flags, 4)
  header.writeUInt8(2, 16)
  const fields = [domainSid, Buffer.from(trusted.name), Buffer.from('PARTNER')].flatMap((field) => [Buffer.from([field.length, 0, 0, 0]), field])
  const record = Buffer.concat([header, ...fields])
  record.writeUInt32LE(record.length - 4, 0)
  information.writeUInt32LE(information.readUInt32LE(4) + 1, 4)
  return Buffer.concat([information, record])
}

describe('the trust between the domain of the accounts and that of the applications', () => {
  const accounts = dnOf('DC=guests,DC=contoso,DC=com')

  it.each<readonly [rule: string, trusts: readonly Trust[], state: ReadinessFinding['state'], words: RegExp]>([
    ['is missing', [], 'failed', /scripted\.test does not trust guests\.contoso\.com/],
    ['is with somebody else', [{ partner: 'fabrikam.com', direction: 3, attributes: 8 }], 'failed', /does not trust/],
    ['goes the wrong way', [{ partner: 'contoso.com', direction: 1, attributes: 8 }], 'failed', /does not trust/],
    ['is not one of the forests', [{ partner: 'guests.contoso.com', direction: 3, attributes: 0 }], 'warning', /not by a two-way trust of the forests/],
    ['goes one way', [{ partner: 'contoso.com', direction: 2, attributes: 8 }], 'warning', /not by a two-way trust/],
    ['is two-way, forest with forest, by the name of the forest', [{ partner: 'contoso.com', direction: 3, attributes: 8 }], 'passed', /trust each other/],
  ])('%s', async (_rule, trusts, state, words) => {
    const finding = await examine(trusts, accounts)
    expect(finding).toMatchObject({ state, message: expect.stringMatching(words) as string })
    expect(finding.remedy === null).toBe(state === 'passed')
  })

  it('is not needed within one forest', async () => {
    expect(await examine([], accounts, { otherDomains: ['guests.contoso.com'] })).toMatchObject({ state: 'passed', message: expect.stringContaining('one forest') as string })
  })

  it('is not checked where nobody knows the domain of the accounts', async () => {
    expect(await examine([], null)).toMatchObject({ state: 'notChecked' })
  })

  it('is not checked below the root of a forest, which keeps the trusts with others', async () => {
    const finding = await examine([{ partner: 'test', direction: 3, attributes: 0x20 }], accounts, { otherDomains: ['test'] })
    expect(finding).toMatchObject({ state: 'notChecked', message: expect.stringContaining('below test') as string, remedy: expect.stringContaining('trusts of test') as string })
  })
})

describe('the way of the guests\' names across the trust', () => {
  const accounts = dnOf('DC=contoso,DC=com')
  const guests = [guest('anna', { userPrincipalName: 'anna_fabrikam.com#EXT#@Contoso.onmicrosoft.com' }), guest('boris', { userPrincipalName: 'boris@partners.example' })]
  const sound: Trust = { partner: 'contoso.com', direction: 3, attributes: 8, suffixes: ['contoso.com', 'onmicrosoft.com', 'partners.example'] }

  it.each<readonly [rule: string, trust: Trust | null, state: ReadinessFinding['state'], words: RegExp]>([
    ['is open where every suffix, or a part at its end, is routed', sound, 'passed', /routes the suffixes/],
    ['ends at each suffix that is not routed', { ...sound, suffixes: ['contoso.com'] }, 'failed', /does not route contoso\.onmicrosoft\.com, partners\.example/],
    ['ends where nothing is routed', { ...sound, suffixes: [] }, 'failed', /does not route/],
    ['does not begin with a name that only ends alike', { ...sound, suffixes: ['onmicrosoft.com', 'ners.example'] }, 'failed', /does not route partners\.example:/],
    ['is not checked where the trust does not show what it routes', { partner: 'contoso.com', direction: 3, attributes: 8 }, 'notChecked', /no routing information that may be read/],
    ['is not checked where the trust is not one of the forests', { ...sound, attributes: 0 }, 'notChecked', /not one of the forests/],
    ['is not checked without a trust', null, 'notChecked', /no trust that could route/],
    ['is not checked where the trust goes the other way', { ...sound, direction: 1 }, 'notChecked', /no trust that could route/],
  ])('%s', async (_rule, trust, state, words) => {
    const finding = await examine(trust === null ? [] : [trust], accounts, { id: 'resource-upn-suffix', guests })
    expect(finding).toMatchObject({ state, message: expect.stringMatching(words) as string })
    expect(finding.remedy === null).toBe(state === 'passed')
  })

  it.each<readonly [rule: string, flags: number, type: number, words: RegExp, remedy: RegExp]>([
    ['is new and not enabled', 1, 0, /partners\.example was added after the trust/, /Enable partners\.example/],
    ['was switched off', 2, 0, /switched off by an administrator/, /why it was switched off/],
    ['is in conflict', 4, 0, /claimed by another trust/, /Find the other forest/],
    ['is excluded', 0, 1, /partners\.example is excluded/, /Remove partners\.example/],
  ])('ends where a suffix %s, which is said with what to do', async (_rule, flags, type, words, remedy) => {
    const finding = await examine([{ ...sound, records: { 'partners.example': { flags, type } } }], accounts, { id: 'resource-upn-suffix', guests })
    expect(finding).toMatchObject({ state: 'failed', message: expect.stringMatching(words) as string, remedy: expect.stringMatching(remedy) as string })
    expect(finding.message).not.toContain('contoso.onmicrosoft.com')
  })

  it.each([['the SIDs of their domain are let in', 'contoso.com', 0, 'passed'], ['they are switched off', 'contoso.com', 1, 'failed'], ['those of another domain are switched off', 'emea.contoso.com', 1, 'passed']] as const)('where %s', async (_rule, name, flags, state) => {
    const finding = await examine([{ ...sound, domain: { name, flags } }], accounts, { id: 'resource-upn-suffix', guests })
    expect(finding.state).toBe(state)
    if (state === 'failed') expect(finding).toMatchObject({ message: expect.stringContaining('does not let in the SIDs of contoso.com (switched off by an administrator)') as string, remedy: expect.stringContaining('Enable the domain contoso.com') as string })
  })

  it('is not checked before guests were imported', async () => {
    expect(await examine([sound], accounts, { id: 'resource-upn-suffix' })).toMatchObject({ state: 'notChecked', remedy: expect.stringContaining('import') as string })
  })
})

describe('selective authentication', () => {
  const accounts = dnOf('DC=contoso,DC=com')

  it.each<readonly [rule: string, trusts: readonly Trust[], state: ReadinessFinding['state']]>([
    ['is asked for by the trust with the accounts', [{ partner: 'contoso.com', direction: 3, attributes: 0x18 }], 'warning'],
    ['of a trust with somebody else does not matter', [{ partner: 'contoso.com', direction: 3, attributes: 0x8 }, { partner: 'adatum.com', direction: 3, attributes: 0x18 }], 'passed'],
    ['is not checked without a trust', [], 'notChecked'],
  ])('%s', async (_rule, trusts, state) => {
    const finding = await examine(trusts, accounts, { id: 'resource-authentication' })
    expect(finding.state).toBe(state)
    if (state === 'warning') expect(finding).toMatchObject({ message: expect.stringContaining('"Allowed to authenticate"') as string, remedy: expect.stringContaining('shadow accounts') as string })
  })
})
