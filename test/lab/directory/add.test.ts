import type { Client } from 'ldapts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDirectory, UserValues } from './testDirectory.ts'
import { addUser, administrator, attributesOf, base, delegator, guests, read, reader, refusalOf, startTestDirectory, sync, unicodePwd } from './testDirectory.ts'

let directory: TestDirectory
let client: Client
beforeAll(async () => {
  directory = await startTestDirectory()
  client = await directory.connect(administrator)
  await addUser(client, { sAMAccountName: 'taken', userPrincipalName: 'taken@partner.example', servicePrincipalName: 'HTTP/taken.contoso.lab' }, 'taken')
})
afterAll(() => directory.close())

const add = (dn: string, values: UserValues, by: Client = client) => refusalOf(by.add(dn, attributesOf(values)))
const strong = unicodePwd('Str0ng!Pass')

describe('a new user', () => {
  test('has the classes, the names and the defaults that a domain controller gives it', async () => {
    await client.add(`CN=Fresh\\, Frida,${guests}`, attributesOf({ objectClass: 'user', sAMAccountName: 'fresh' }))
    expect(await read(client, `cn=fresh\\2c frida,${guests}`)).toMatchObject({
      dn: [`CN=Fresh\\, Frida,${guests}`], cn: ['Fresh, Frida'], name: ['Fresh, Frida'], objectClass: ['top', 'person', 'organizationalPerson', 'user'],
      userAccountControl: ['546'], sAMAccountType: ['805306368'], primaryGroupID: ['513'], accountExpires: ['9223372036854775807'], pwdLastSet: ['0'],
      objectCategory: [`CN=Person,CN=Schema,CN=Configuration,${base}`], instanceType: ['4'],
    })
  })

  test('gets a SID of the domain and an objectGUID that nobody else has', async () => {
    const dns = [await addUser(client), await addUser(client)]
    const found = await Promise.all(dns.map((dn) => client.search(dn, { scope: 'base', attributes: ['objectSid', 'objectGUID'], explicitBufferAttributes: ['objectSid', 'objectGUID'] })))
    const [first, second] = found.map(({ searchEntries: [entry] }) => [entry?.objectSid, entry?.objectGUID].map((value) => (Buffer.isBuffer(value) ? value.toString('hex') : 'none')))
    expect([first?.[0]?.length, first?.[1]?.length]).toEqual([56, 32])
    expect(first?.[0]?.slice(0, 48)).toBe(second?.[0]?.slice(0, 48))
    expect(first).not.toEqual(second)
  })

  test('gets an account name when it brings none', async () => {
    const dn = await addUser(client)
    expect((await read(client, dn, 'sAMAccountName')).sAMAccountName?.[0]).toMatch(/^\$[0-9A-Z]{6}-[0-9A-Z]{12}$/)
  })

  test('is stamped with uSNCreated and whenCreated', async () => {
    const before = Number((await read(client, '', 'highestCommittedUSN')).highestCommittedUSN?.[0])
    const { uSNCreated, uSNChanged, whenCreated } = await read(client, await addUser(client), 'uSNCreated', 'uSNChanged', 'whenCreated')
    expect(Number(uSNCreated?.[0])).toBe(before + 1)
    expect(uSNChanged).toEqual(uSNCreated)
    expect(whenCreated?.[0]).toMatch(/^\d{14}\.0Z$/)
  })

  test('may be enabled at once with a password, with the smart card bit, as the tutorial does', async () => {
    const dn = await addUser(client, { userAccountControl: '262656', unicodePwd: strong })
    const { userAccountControl, pwdLastSet } = await read(client, dn, 'userAccountControl', 'pwdLastSet')
    expect(userAccountControl).toEqual(['262656'])
    expect(pwdLastSet).not.toEqual(['0'])
  })
})

describe('refuses an entry', () => {
  const long = (length: number) => 'x'.repeat(length)
  test.each<[string, UserValues, string]>([
    ['whose sAMAccountName a user has', { sAMAccountName: 'TAKEN' }, '68 00000524'],
    ['whose sAMAccountName a group has', { sAMAccountName: 'domain users' }, '68 00000524'],
    ['whose sAMAccountName is over 20 characters', { sAMAccountName: long(21) }, '80 00000523'],
    ['whose sAMAccountName has a forbidden character', { sAMAccountName: 'a+b' }, '80 00000523'],
    ['whose sAMAccountName ends with a dot', { sAMAccountName: 'jane.' }, '80 00000523'],
    ['whose userPrincipalName is taken', { userPrincipalName: 'Taken@Partner.example' }, '19 000021C8'],
    ["whose userPrincipalName is another's implicit one", { userPrincipalName: 'berta@contoso.lab' }, '19 000021C8'],
    ['whose userPrincipalName is taken by an accent less', { userPrincipalName: 'tákén@partner.example' }, '19 000021C8'],
    ['whose servicePrincipalName is taken', { servicePrincipalName: 'http/TAKEN.contoso.lab' }, '19 000021C7'],
    ['with a value that is too long', { employeeID: long(17) }, '19 00002082'],
    ['with several values for one', { mail: ['a@x.example', 'b@x.example'] }, '19 00002081'],
    ['with several descriptions of an account', { description: ['one', 'two'] }, '19 00002081'],
    ['with the same value twice', { url: ['http://a', 'http://a'] }, '20 00002083'],
    ['with an attribute of another class', { groupType: '2' }, '65 0000207D'],
    ['with an attribute that does not exist', { nonsense: 'x' }, '16 00000057'],
    ['with an empty value', { displayName: '' }, '21 0000200B'],
    ['with a number that is none', { userAccountControl: 'x' }, '21 0000200B'],
    ['with a manager who is not there', { manager: `CN=nobody,${guests}` }, '19 000020B5'],
    ['with an objectGUID of its own', { objectGUID: Buffer.alloc(16, 1) }, '53 000020A6'],
    ['with a computed attribute', { canonicalName: 'x' }, '19 0000211B'],
    ['that is enabled without a password', { userAccountControl: '512' }, '53 0000052D'],
    ['that needs a smart card and is enabled without a password', { userAccountControl: '262656' }, '53 0000052D'],
    ['whose password is too short', { unicodePwd: unicodePwd('aB3!x7') }, '53 0000052D'],
    ['whose password is too simple', { unicodePwd: unicodePwd('simplesimple') }, '53 0000052D'],
    ['whose password holds its name', { sAMAccountName: 'frida', unicodePwd: unicodePwd('1!Frida!Frida') }, '53 0000052D'],
    ['whose password is not in quotes', { unicodePwd: Buffer.from('Str0ng!Pass', 'utf16le') }, '53 0000216C'],
    ['of no class', { objectClass: [] }, '65 0000207B'],
    ['of an unknown class', { objectClass: 'alien' }, '16 00000057'],
    ['of an abstract class', { objectClass: 'top' }, '65 000020A7'],
  ])('%s', async (_, values, refusal) => {
    expect(await add(`CN=refused,${guests}`, { objectClass: 'user', ...values })).toBe(refusal)
  })

  test.each([
    ['that exists', `cn=TAKEN,${guests}`, '68 00002071'],
    ['without a parent', `CN=a,OU=nowhere,${base}`, '32 0000208D'],
    ['in another forest', 'CN=a,DC=fabrikam,DC=com', '10 0000202B'],
    ['below a user', `CN=a,CN=taken,${guests}`, '64 00002099'],
    ['named by another attribute', `OU=a,${guests}`, '64 00002073'],
    ['whose name is over 64 characters', `CN=${long(65)},${guests}`, '19 00002082'],
    ['whose name is no DN', `CN=a"b,${guests}`, '34 0000208F'],
    ['in the schema', `CN=a,CN=Schema,CN=Configuration,${base}`, '53 0000213D'],
  ])('%s', async (_, dn, refusal) => {
    expect(await add(dn, { objectClass: 'user' })).toBe(refusal)
  })
})

describe('rights', () => {
  test.each([
    ['a reader, anywhere', reader, `CN=a,${guests}`, 'user', '50 00002098'],
    ['a delegated account outside of its OU', sync, `CN=a,OU=Employees,${base}`, 'user', '50 00002098'],
    ['a delegated account, another class', sync, `CN=a,${guests}`, 'group', '50 00002098'],
  ])('refuses to %s', async (_, who, dn, objectClass, refusal) => {
    expect(await add(dn, { objectClass }, await directory.connect(who))).toBe(refusal)
  })

  test('lets a delegated account create a user in its OU', async () => {
    expect(await add(`CN=by sync,${guests}`, { objectClass: 'user' }, await directory.connect(sync))).toBe('done')
  })

  test('needs SeEnableDelegationPrivilege for the delegation bits and list', async () => {
    const [plain, privileged] = [await directory.connect(sync), await directory.connect(delegator)]
    const trusted = { objectClass: 'user', userAccountControl: String(512 + 0x1000000), unicodePwd: strong }
    expect(await add(`CN=trusted,${guests}`, trusted, plain)).toBe('50 00000522')
    expect(await add(`CN=trusted,${guests}`, { objectClass: 'user', 'msDS-AllowedToDelegateTo': 'HTTP/app' }, plain)).toBe('50 00000522')
    expect(await add(`CN=trusted,${guests}`, trusted, privileged)).toBe('done')
  })
})
