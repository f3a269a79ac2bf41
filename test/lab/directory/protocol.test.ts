import type { Client } from 'ldapts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RawClient } from './rawClient.ts'
import { connectRaw } from './rawClient.ts'
import type { TestDirectory } from './testDirectory.ts'
import { administrator, base, change, guests, read, startTestDirectory } from './testDirectory.ts'

let directory: TestDirectory
let client: Client
beforeAll(async () => {
  directory = await startTestDirectory()
  client = await directory.connect(administrator)
})
afterAll(() => directory.close())

describe('pages', () => {
  const groups = '(objectClass=group)'
  let raw: RawClient
  beforeEach(async () => { raw = await connectRaw(directory) })
  afterEach(() => raw.close())

  test('go on where the last one ended, and end with an empty cookie', async () => {
    const first = await raw.search(groups, { size: 15 })
    const second = await raw.search(groups, { size: 15, cookie: first.cookie })
    expect([first.names.length, second.names.length, new Set([...first.names, ...second.names]).size, second.cookie.length]).toEqual([15, 9, 24, 0])
  })

  test('leave out what was deleted in between', async () => {
    await client.add(`CN=short-lived,${guests}`, { objectClass: 'group' })
    const first = await raw.search(groups, { size: 15 })
    await client.del(`CN=short-lived,${guests}`)
    expect((await raw.search(groups, { size: 100, cookie: first.cookie })).names).toHaveLength(9)
  })

  test('take a cookie once, from its own connection, for its own search', async () => {
    const { cookie } = await raw.search(groups, { size: 5 })
    const other = await connectRaw(directory)
    expect((await other.search(groups, { size: 5, cookie })).status).toBe(12)
    expect((await raw.search('(objectClass=user)', { size: 5, cookie })).status).toBe(12)
    expect((await raw.search(groups, { size: 5, cookie })).status).toBe(0)
    expect((await raw.search(groups, { size: 5, cookie })).status).toBe(12)
    expect((await raw.search(groups, { size: 5, cookie: Buffer.from('invented') })).status).toBe(12)
    other.close()
  })

  test('are given up by a size of 0', async () => {
    const { cookie } = await raw.search(groups, { size: 5 })
    expect(await raw.search(groups, { size: 0, cookie })).toEqual({ names: [], status: 0, cookie: Buffer.alloc(0) })
    expect((await raw.search(groups, { size: 5, cookie })).status).toBe(12)
  })

  test('are kept for ten searches at a time, the oldest goes first', async () => {
    const { cookie } = await raw.search(groups, { size: 5 })
    const later = await Promise.all(Array.from({ length: 10 }, () => raw.search(groups, { size: 5 })))
    expect((await raw.search(groups, { size: 5, cookie })).status).toBe(12)
    expect((await raw.search(groups, { size: 5, cookie: later.at(-1)?.cookie ?? Buffer.alloc(0) })).status).toBe(0)
  })

  test('and searches without them end without an answer when they are abandoned', async () => {
    expect(await raw.abandonedSearch('(displayName=*nobody*)')).toEqual({ entries: 0, isEnded: false })
  })
})

describe('the rootDSE', () => {
  test('says what the domain is, where its parts are, and what the server can do', async () => {
    const root = await read(client, '')
    expect(root).toMatchObject({
      defaultNamingContext: [base], rootDomainNamingContext: [base], configurationNamingContext: [`CN=Configuration,${base}`], schemaNamingContext: [`CN=Schema,CN=Configuration,${base}`],
      namingContexts: [base, `CN=Configuration,${base}`, `CN=Schema,CN=Configuration,${base}`], dnsHostName: ['dc1.contoso.lab'],
      serverName: [`CN=DC1,CN=Servers,CN=Default-First-Site-Name,CN=Sites,CN=Configuration,${base}`], ldapServiceName: ['contoso.lab:dc1$@CONTOSO.LAB'],
      isSynchronized: ['TRUE'], isGlobalCatalogReady: ['TRUE'], domainFunctionality: ['7'], supportedLDAPVersion: ['3', '2'],
    })
    expect(root.supportedControl).toContain('1.2.840.113556.1.4.319')
    expect(root.currentTime?.[0]).toMatch(/^\d{14}\.0Z$/)
    expect(root).not.toHaveProperty('supportedExtension')
  })

  test('names entries that are there', async () => {
    const { dsServiceName, serverName, subschemaSubentry } = await read(client, '', 'dsServiceName', 'serverName', 'subschemaSubentry')
    const named = await Promise.all([dsServiceName, serverName, subschemaSubentry].map((dn) => read(client, dn?.[0] ?? 'none', 'objectClass')))
    expect(named.map((entry) => entry.objectClass?.at(-1))).toEqual(['nTDSDSA', 'server', 'subSchema'])
  })

  test('gives operational attributes for + and nothing for 1.1', async () => {
    expect((await read(client, '', '+')).supportedExtension).toEqual(['1.3.6.1.4.1.1466.20037', '1.3.6.1.4.1.4203.1.11.3'])
    expect(await read(client, '', '1.1')).toEqual({ dn: [''], '1.1': [] })
  })

  test('tells the highest uSNChanged that was given', async () => {
    await client.modify(guests, change('replace', 'description', String(Math.random())))
    const [{ highestCommittedUSN }, { uSNChanged }] = [await read(client, '', 'highestCommittedUSN'), await read(client, guests, 'uSNChanged')]
    expect(highestCommittedUSN).toEqual(uSNChanged)
  })
})

describe('the schema', () => {
  const schema = `CN=Schema,CN=Configuration,${base}`
  test.each([
    ['sAMAccountName', { attributeSyntax: ['2.5.5.12'], oMSyntax: ['64'], isSingleValued: ['TRUE'], rangeUpper: ['256'], attributeID: ['1.2.840.113556.1.4.221'] }],
    ['objectGUID', { attributeSyntax: ['2.5.5.10'], oMSyntax: ['4'], rangeLower: ['16'], rangeUpper: ['16'], systemOnly: ['TRUE'] }],
    ['member', { attributeSyntax: ['2.5.5.1'], oMSyntax: ['127'], isSingleValued: ['FALSE'], linkID: ['2'] }],
    ['description', { isSingleValued: ['FALSE'], rangeUpper: ['1024'] }],
    ['msDS-ExternalDirectoryObjectId', { rangeUpper: ['256'] }],
  ])('describes %s', async (name, expected) => {
    const { searchEntries: [entry] } = await client.search(schema, { filter: `(lDAPDisplayName=${name})`, attributes: ['dn'] })
    expect(await read(client, entry?.dn ?? 'none')).toMatchObject(expected)
  })

  test('describes classes, and itself in the words of RFC 4512', async () => {
    const { searchEntries } = await client.search(schema, { filter: '(&(objectClass=classSchema)(lDAPDisplayName=user))', attributes: ['subClassOf', 'systemAuxiliaryClass'] })
    expect(searchEntries[0]).toMatchObject({ subClassOf: 'organizationalPerson' })
    const aggregate = await read(client, `CN=Aggregate,${schema}`, 'attributeTypes', 'objectClasses')
    expect(aggregate.attributeTypes).toContain("( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' SYNTAX '1.3.6.1.4.1.1466.115.121.1.15' SINGLE-VALUE )")
    expect(aggregate.objectClasses?.some((text) => text.startsWith("( 1.2.840.113556.1.5.8 NAME 'group' SUP top STRUCTURAL MUST (groupType ) MAY ("))).toBe(true)
  })
})

test('compares', async () => {
  const administratorDn = `CN=Administrator,CN=Users,${base}`
  expect(await client.compare(administratorDn, 'sAMAccountName', 'ADMINISTRATOR')).toBe(true)
  expect(await client.compare(administratorDn, 'sAMAccountName', 'other')).toBe(false)
})

test('answers many requests of one connection, each with its own answer', async () => {
  const filters = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? '(sAMAccountName=berta)' : '(sAMAccountName=guest)'))
  const found = await Promise.all(filters.map((filter) => client.search(base, { filter, attributes: ['sAMAccountName'] })))
  expect(found.map(({ searchEntries }) => searchEntries[0]?.sAMAccountName)).toEqual(filters.map((filter) => (filter.includes('berta') ? 'berta' : 'Guest')))
})

test('refuses to start on a file that another server works with', async () => {
  await expect(directory.startAnother()).rejects.toThrow('database is locked')
})
