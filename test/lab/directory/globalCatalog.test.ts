import type { Client } from 'ldapts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDirectory } from './testDirectory.ts'
import { addUser, administrator, attributesOf, base, change, guests, reader, refusalOf, startTestDirectory } from './testDirectory.ts'

let directory: TestDirectory
let client: Client
let catalog: Client
beforeAll(async () => {
  directory = await startTestDirectory({ globalCatalogPort: 0 })
  client = await directory.connect(administrator)
  catalog = directory.open('globalCatalog')
  await catalog.bind(reader.name, reader.password)
})
afterAll(() => directory.close())

const search = async (filter: string, searchBase = '') => (await catalog.search(searchBase, { scope: 'sub', filter })).searchEntries

describe('the global catalog', () => {
  test('finds a userPrincipalName from nowhere in particular', async () => {
    const dn = await addUser(client, { userPrincipalName: 'forest-wide@partner.example' })
    expect((await search('(userPrincipalName=forest-wide@partner.example)')).map((entry) => entry.dn)).toEqual([dn])
    expect(await search('(userPrincipalName=nobody@partner.example)')).toEqual([])
  })

  test('has the partial attribute set and nothing else, for answers and filters alike', async () => {
    await addUser(client, { displayName: 'In Set', company: 'Not in set', employeeType: 'Guest' }, 'partial')
    const [entry] = await search('(cn=partial)')
    expect(entry).toMatchObject({ displayName: 'In Set' })
    expect(entry).not.toHaveProperty('company')
    expect(entry).not.toHaveProperty('employeeType')
    expect(await search('(&(cn=partial)(company=Not in set))')).toEqual([])
  })

  test('spans all naming contexts, which LDAP keeps apart', async () => {
    expect((await search('(cn=Partitions)', base)).map((entry) => entry.dn)).toEqual([`CN=Partitions,CN=Configuration,${base}`])
    expect((await client.search(base, { scope: 'sub', filter: '(cn=Partitions)' })).searchEntries).toEqual([])
  })

  test('takes no writes, not even of an administrator', async () => {
    const dn = await addUser(client)
    const writer = directory.open('globalCatalog')
    await writer.bind(administrator.name, administrator.password)
    expect(await refusalOf(writer.modify(dn, change('replace', 'displayName', 'x')))).toBe('53 00002035')
    expect(await refusalOf(writer.add(`CN=new,${guests}`, attributesOf({ objectClass: 'user' })))).toBe('53 00002035')
  })

  test('wants a bind, as LDAP does', async () => {
    expect(await refusalOf(directory.open('globalCatalog').search('', { scope: 'sub', filter: '(cn=a)' }))).toBe('1 000004DC')
  })
})
