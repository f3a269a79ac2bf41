import type { Client } from 'ldapts'
import { Control, EqualityFilter } from 'ldapts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDirectory } from './testDirectory.ts'
import { addUser, administrator, base, domainSid, find, guests, read, reader, refusalOf, startTestDirectory } from './testDirectory.ts'

let directory: TestDirectory
let client: Client
const people = Array.from({ length: 1_205 }, (_, index) => ({
  dn: `CN=Person ${index},OU=Many,${base}`, objectClass: 'contact', attributes: { department: [index % 2 === 0 ? 'even' : 'odd'] },
}))
beforeAll(async () => {
  directory = await startTestDirectory({ seed: [{ dn: `OU=Many,${base}`, objectClass: 'organizationalUnit', attributes: {} }, ...people] })
  client = await directory.connect(administrator)
  await addUser(client, { sAMAccountName: 'g.muller', displayName: 'Jané Müller', mail: 'jane@fabrikam.com', department: 'R&D', userAccountControl: '546', adminCount: '7' }, 'jane')
})
afterAll(() => directory.close())

describe('filters', () => {
  const jane = [`CN=jane,${guests}`]
  test.each<[string, string, readonly string[]]>([
    ['equality without case', '(sAMAccountName=G.MULLER)', jane],
    ['equality without accents, as Windows collates', '(displayName=jane muller)', jane],
    ['equality of an integer as a number', '(adminCount=07)', jane],
    ['equality of objectClass by any ancestor', '(&(objectClass=person)(mail=jane@fabrikam.com))', jane],
    ['objectCategory by the name of a class', '(&(objectCategory=person)(mail=jane@fabrikam.com))', jane],
    ['approximation as equality', '(mail~=JANE@fabrikam.com)', jane],
    ['a prefix', '(displayName=jan*)', jane],
    ['pieces in their order', '(mail=j*n*@fab*.com)', jane],
    ['pieces in another order', '(mail=j*com*fab*)', []],
    ['overlapping pieces', '(mail=jane@fabrikam.com*.com)', []],
    ['at least', '(&(mail=jane*)(adminCount>=7))', jane],
    ['not at least', '(&(mail=jane*)(adminCount>=8))', []],
    ['at most', '(&(mail=jane*)(adminCount<=10))', jane],
    ['text in its order', '(&(mail=jane*)(sAMAccountName<=h))', jane],
    ['all of some bits', '(&(mail=jane*)(userAccountControl:1.2.840.113556.1.4.803:=34))', jane],
    ['not all of some bits', '(&(mail=jane*)(userAccountControl:1.2.840.113556.1.4.803:=65538))', []],
    ['one of some bits', '(&(mail=jane*)(userAccountControl:1.2.840.113556.1.4.804:=65538))', jane],
    ['presence', '(&(mail=*)(department=*))', jane],
    ['an attribute that the schema lacks is undefined', '(nonsense=1)', []],
    ['the opposite of undefined is undefined too', '(&(mail=jane*)(!(nonsense=1)))', []],
    ['undefined or true is true', '(|(nonsense=1)(mail=jane*))', jane],
    ['an absent attribute is false, so its opposite is true', '(&(mail=jane*)(!(title=x)))', jane],
    ['a name prefix in any naming attribute', '(anr=jané)', jane],
    ['an escaped character', '(department=R\\26D)', jane],
    ['a DN in other spelling', `(&(objectClass=user)(memberOf=cn=staff, ou=EMPLOYEES,${base}))`, [`CN=Berta Berg,OU=Employees,${base}`]],
    ['a DN that is nobody', `(memberOf=CN=Nobody,${base})`, []],
    ['a SID as text', `(objectSid=${domainSid}-500)`, [`CN=Administrator,CN=Users,${base}`]],
    ['group membership over several steps', `(&(sAMAccountName=administrator)(memberOf:1.2.840.113556.1.4.1941:=CN=Administrators,CN=Builtin,${base}))`, [`CN=Administrator,CN=Users,${base}`]],
    ['groups that hold a member over several steps', `(&(cn=Administrators)(member:1.2.840.113556.1.4.1941:=CN=Administrator,CN=Users,${base}))`, [`CN=Administrators,CN=Builtin,${base}`]],
  ])('finds by %s', async (_, filter, expected) => {
    expect(await find(client, filter)).toEqual(expected)
  })

  test('finds an object by the octets of its objectGUID, and by <GUID=…> as base', async () => {
    const { searchEntries } = await client.search(`CN=jane,${guests}`, { scope: 'base', attributes: ['objectGUID'], explicitBufferAttributes: ['objectGUID'] })
    const guid = searchEntries[0]?.objectGUID
    if (!Buffer.isBuffer(guid)) throw new Error('no objectGUID')
    const found = await client.search(base, { filter: new EqualityFilter({ attribute: 'objectGUID', value: guid }) })
    expect(found.searchEntries.map((entry) => entry.dn)).toEqual(jane)
    expect((await read(client, `<GUID=${guid.toString('hex')}>`, 'mail')).dn).toEqual(jane)
    expect((await read(client, `<SID=${domainSid}-500>`, 'cn')).cn).toEqual(['Administrator'])
  })
})

describe('answers', () => {
  test('spells attribute names as the schema does, whatever was asked for', async () => {
    expect(Object.keys(await read(client, `CN=jane,${guests}`, 'MAIL', 'samaccountname'))).toEqual(['dn', 'mail', 'sAMAccountName'])
  })

  test('gives computed attributes by name only', async () => {
    expect(await read(client, `CN=jane,${guests}`)).not.toHaveProperty('canonicalName')
    expect(await read(client, `CN=jane,${guests}`, 'canonicalName', 'distinguishedName')).toMatchObject({ canonicalName: ['contoso.lab/Guests/jane'], distinguishedName: [`CN=jane,${guests}`] })
  })

  test('gives types without values when asked to', async () => {
    const { searchEntries } = await client.search(`CN=jane,${guests}`, { scope: 'base', returnAttributeValues: false, attributes: ['mail'] })
    expect(searchEntries).toEqual([{ dn: `CN=jane,${guests}`, mail: [] }])
  })

  test('shows nobody a password', async () => {
    expect(await read(client, `CN=Administrator,CN=Users,${base}`, 'unicodePwd', 'sAMAccountName')).toMatchObject({ unicodePwd: [], sAMAccountName: ['Administrator'] })
  })

  test('gives tokenGroups for one object only', async () => {
    const { searchEntries } = await client.search(`CN=Administrator,CN=Users,${base}`, { scope: 'base', attributes: ['tokenGroups'], explicitBufferAttributes: ['tokenGroups'] })
    expect([searchEntries[0]?.tokenGroups].flat().length).toBe(6)
    expect(await refusalOf(client.search(base, { scope: 'sub', attributes: ['tokenGroups'] }))).toBe('1 00002120')
  })

  test('refers to the configuration instead of entering it', async () => {
    const { searchEntries, searchReferences } = await client.search(base, { filter: '(objectClass=configuration)' })
    expect(searchEntries).toEqual([])
    expect(searchReferences).toEqual([`ldap://contoso.lab/CN=Configuration,${base}`])
  })

  test.each([
    ['an entry that is not there', `CN=nobody,${guests}`, '32 0000208D'],
    ['another forest', 'DC=fabrikam,DC=com', '10 0000202B'],
    ['no DN', 'nonsense', '34 0000208F'],
    ['the level above the domain', 'DC=lab', '32 0000208D'],
  ])('refuses a search below %s', async (_, dn, refusal) => {
    expect(await refusalOf(client.search(dn, { scope: 'sub' }))).toBe(refusal)
  })

  test('names the nearest entry above the missing one', async () => {
    await expect(client.search(`CN=x,CN=y,${guests}`, { scope: 'base' })).rejects.toThrow(`best match of:\n\t'${guests}'`)
  })

  test('refuses a critical control that it does not know and ignores an uncritical one', async () => {
    class Strange extends Control {}
    expect(await refusalOf(client.search(base, { scope: 'base' }, new Strange('1.2.3.4.5', { critical: true })))).toBe('12 00002040')
    expect(await refusalOf(client.search(base, { scope: 'base' }, new Strange('1.2.3.4.5')))).toBe('done')
  })
})

describe('limits and pages', () => {
  const everybody = { scope: 'sub', filter: '(objectClass=contact)', attributes: ['cn'] } as const

  test('ends an unpaged search after 1,000 entries', async () => {
    expect(await refusalOf(client.search(base, { ...everybody, attributes: ['cn'] }))).toBe('4 without digits')
  })

  test('keeps to a size limit of the client', async () => {
    // ldapts takes code 4 for success where it set the limit itself.
    expect((await client.search(base, { ...everybody, attributes: ['cn'], sizeLimit: 5 })).searchEntries).toHaveLength(5)
    expect((await client.search(base, { scope: 'sub', filter: '(cn=Person 77)', sizeLimit: 1 })).searchEntries).toHaveLength(1)
  })

  test('gives every entry once over its pages', async () => {
    const { searchEntries } = await client.search(base, { ...everybody, attributes: ['cn'], paged: { pageSize: 100 } })
    expect(new Set(searchEntries.map((entry) => entry.dn)).size).toBe(1_205)
    expect(searchEntries).toHaveLength(1_205)
  })

  test('cuts a page to 1,000 entries', async () => {
    const sizes: number[] = []
    for await (const result of client.searchPaginated(base, { ...everybody, attributes: ['cn'], paged: { pageSize: 5_000 } })) sizes.push(result.searchEntries.length)
    expect(sizes).toEqual([1_000, 205])
  })

  test('pages through the schema', async () => {
    const { searchEntries } = await client.search(`CN=Schema,CN=Configuration,${base}`, { filter: '(objectClass=attributeSchema)', attributes: ['lDAPDisplayName', 'rangeUpper', 'isSingleValued'], paged: { pageSize: 50 } })
    const named = new Map(searchEntries.map((entry) => [entry.lDAPDisplayName, entry]))
    expect(named.size).toBeGreaterThan(600)
    expect([named.get('displayName')?.rangeUpper, named.get('cn')?.rangeUpper, named.get('employeeID')?.rangeUpper]).toEqual(['256', '64', '16'])
    expect([named.get('member')?.isSingleValued, named.get('mail')?.isSingleValued]).toEqual(['FALSE', 'TRUE'])
  })
})

test('an ordinary account reads what an administrator reads', async () => {
  const ordinary = await directory.connect(reader)
  expect(await read(ordinary, `CN=jane,${guests}`, 'mail')).toEqual(await read(client, `CN=jane,${guests}`, 'mail'))
})

test('keeps an answer of more than 64 KiB whole', async () => {
  const values = Array.from({ length: 1_100 }, (_, index) => `HTTP/server-with-a-long-name-to-fill-the-answer-${index}.contoso.lab`)
  const dn = await addUser(client, { servicePrincipalName: values })
  expect((await read(client, dn, 'servicePrincipalName')).servicePrincipalName).toEqual(values)
})
