import type { Client } from 'ldapts'
import { Control } from 'ldapts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDirectory } from './testDirectory.ts'
import { addUser, administrator, base, change, delegator, find, guests, logonOf, read, reader, refusalOf, startTestDirectory, sync, unicodePwd } from './testDirectory.ts'

let directory: TestDirectory
let client: Client
beforeAll(async () => {
  directory = await startTestDirectory()
  client = await directory.connect(administrator)
  await addUser(client, { sAMAccountName: 'taken', userPrincipalName: 'taken@partner.example' }, 'taken')
})
afterAll(() => directory.close())

class Permissive extends Control {
  constructor() { super('1.2.840.113556.1.4.1413', { critical: true }) }
}
const strong = unicodePwd('Str0ng!Pass')
const berta = `CN=Berta Berg,OU=Employees,${base}`
const staff = `CN=Staff,OU=Employees,${base}`

describe('values', () => {
  test('replaces an old value by a new one in one modify, or neither', async () => {
    const dn = await addUser(client, { sn: 'Old', mail: 'old@x.example' })
    await client.modify(dn, [change('delete', 'sn', 'Old'), change('add', 'sn', 'New')])
    expect((await read(client, dn, 'sn')).sn).toEqual(['New'])
    expect(await refusalOf(client.modify(dn, [change('replace', 'mail', 'new@x.example'), change('delete', 'sn', 'Old'), change('add', 'sn', 'Newer')]))).toBe('16 0000200A')
    expect(await read(client, dn, 'sn', 'mail')).toMatchObject({ sn: ['New'], mail: ['old@x.example'] })
  })

  test('clears by replacing with nothing, present or not', async () => {
    const dn = await addUser(client, { title: 'Dr' })
    await client.modify(dn, change('replace', 'title'))
    await client.modify(dn, change('replace', 'title'))
    expect((await read(client, dn, 'title')).title).toEqual([])
  })

  test('writes a change of case alone', async () => {
    const dn = await addUser(client, { sn: 'mcdonald' })
    await client.modify(dn, change('replace', 'sn', 'McDonald'))
    expect((await read(client, dn, 'sn')).sn).toEqual(['McDonald'])
  })

  test('raises uSNChanged for a change and not for what is the same already', async () => {
    const dn = await addUser(client, { sn: 'Same' })
    const usn = async () => Number((await read(client, dn, 'uSNChanged')).uSNChanged?.[0])
    const before = await usn()
    await client.modify(dn, change('replace', 'sn', 'Same'))
    expect(await usn()).toBe(before)
    await client.modify(dn, change('replace', 'sn', 'Other'))
    expect(await usn()).toBe(before + 1)
  })

  test.each<[string, ReturnType<typeof change>, string]>([
    ['adding a value that is there', change('add', 'url', 'HTTP://a'), '20 00002083'],
    ['adding to a single value', change('add', 'sn', 'Second'), '20 0000200D'],
    ['deleting a value that is not there', change('delete', 'sn', 'Other'), '16 0000200A'],
    ['deleting an attribute that is not there', change('delete', 'title'), '16 0000200A'],
    ['two values for a single one', change('replace', 'sn', 'a', 'b'), '19 00002081'],
    ['a value that is too long', change('replace', 'givenName', 'x'.repeat(65)), '19 00002082'],
    ['an empty value', change('replace', 'givenName', ''), '21 0000200B'],
    ['the attribute that names the entry', change('replace', 'cn', 'other'), '67 00002016'],
    ['the objectSid', change('delete', 'objectSid'), '19 000020B1'],
    ['the memberOf of a user', change('add', 'memberOf', staff), '19 000020B1'],
    ['the object class', change('replace', 'objectClass', 'computer'), '69 00002017'],
    ['an attribute that does not exist', change('replace', 'nonsense', 'x'), '16 00000057'],
    ['an attribute of another class', change('replace', 'groupType', '2'), '65 0000207D'],
    ['a mandatory attribute', change('delete', 'sAMAccountName'), '65 0000207C'],
    ['the userPrincipalName of another', change('replace', 'userPrincipalName', 'taken@partner.example'), '19 000021C8'],
    ['the sAMAccountName of another', change('replace', 'sAMAccountName', 'taken'), '68 00000524'],
    ['a time of the last password', change('replace', 'pwdLastSet', '1234'), '53 00000057'],
    ['a manager who is not there', change('replace', 'manager', `CN=nobody,${guests}`), '19 000020B5'],
  ])('refuses %s', async (_, modification, refusal) => {
    const dn = await addUser(client, { sn: 'First', url: 'http://a' })
    expect(await refusalOf(client.modify(dn, modification))).toBe(refusal)
  })

  test('takes values that are there already, or gone already, with the permissive control', async () => {
    const dn = await addUser(client, { url: 'http://a' })
    await client.modify(dn, [change('add', 'url', 'http://a', 'http://b'), change('delete', 'title'), change('delete', 'url', 'http://c')], new Permissive())
    expect((await read(client, dn, 'url')).url).toEqual(['http://a', 'http://b'])
  })

  test('speaks of members in the words of the account database', async () => {
    expect(await refusalOf(client.modify(staff, change('add', 'member', berta)))).toBe('68 00000562')
    expect(await refusalOf(client.modify(staff, change('delete', 'member', await addUser(client))))).toBe('53 00000561')
    expect(await refusalOf(client.modify(staff, change('add', 'member', `CN=nobody,${base}`)))).toBe('19 000020B5')
  })
})

describe('passwords', () => {
  test('resets by replace, and the account signs in with the new one', async () => {
    const dn = await addUser(client, { userPrincipalName: 'reset@x.example', userAccountControl: '514' })
    await client.modify(dn, change('replace', 'unicodePwd', strong))
    await client.modify(dn, change('replace', 'userAccountControl', '512'))
    expect(await logonOf(directory, { name: 'reset@x.example', password: 'Str0ng!Pass' })).toBe('signed in')
    expect(Number((await read(client, dn, 'pwdLastSet')).pwdLastSet?.[0])).toBeGreaterThan(130_000_000_000_000_000)
  })

  test('changes by delete and add for whoever knows the old one, once it is old enough', async () => {
    const dn = await addUser(client, { userPrincipalName: 'own@x.example', userAccountControl: '512', unicodePwd: strong })
    const own = await directory.connect({ name: 'own@x.example', password: 'Str0ng!Pass' })
    const to = (before: string, after: string) => own.modify(dn, [change('delete', 'unicodePwd', unicodePwd(before)), change('add', 'unicodePwd', unicodePwd(after))])
    expect(await refusalOf(to('Wr0ng!Pass', 'N3w!Passw'))).toBe('19 00000056')
    expect(await refusalOf(to('Str0ng!Pass', 'N3w!Passw'))).toBe('19 0000052D')
    await client.modify(base, change('replace', 'minPwdAge', '0'))
    expect(await refusalOf(to('Str0ng!Pass', 'simple'))).toBe('19 0000052D')
    expect(await refusalOf(to('Str0ng!Pass', 'N3w!Passw'))).toBe('done')
    expect(await logonOf(directory, { name: 'own@x.example', password: 'N3w!Passw' })).toBe('signed in')
    expect(await logonOf(directory, { name: 'own@x.example', password: 'Str0ng!Pass' })).toBe('data 52e')
  })

  test.each([
    ['a weak one', unicodePwd('weak'), '53 0000052D'],
    ['one without quotes', Buffer.from('Str0ng!Pass', 'utf16le'), '53 0000216C'],
  ])('refuses %s', async (_, value, refusal) => {
    expect(await refusalOf(client.modify(await addUser(client), change('replace', 'unicodePwd', value)))).toBe(refusal)
  })

  test('forgets the password when the smart card bit is set', async () => {
    const dn = await addUser(client, { userPrincipalName: 'card@x.example', userAccountControl: '512', unicodePwd: strong })
    await client.modify(dn, change('replace', 'userAccountControl', '262656'))
    await client.modify(dn, change('replace', 'userAccountControl', '512'))
    expect(await logonOf(directory, { name: 'card@x.example', password: 'Str0ng!Pass' })).toBe('data 52e')
  })
})

describe('userAccountControl', () => {
  test('enables no account without a password, unless it needs none', async () => {
    const dn = await addUser(client, { userAccountControl: '514' })
    expect(await refusalOf(client.modify(dn, change('replace', 'userAccountControl', '512')))).toBe('53 0000052D')
    expect(await refusalOf(client.modify(dn, change('replace', 'userAccountControl', '544')))).toBe('done')
    expect(await refusalOf(client.modify(dn, change('replace', 'userAccountControl', '512')))).toBe('53 0000052D')
  })

  test('drops the bits that only a domain controller sets, and keeps an account type', async () => {
    const dn = await addUser(client)
    await client.modify(dn, change('replace', 'userAccountControl', String(0x2 + 0x10 + 0x40 + 0x800000)))
    expect((await read(client, dn, 'userAccountControl')).userAccountControl).toEqual(['514'])
  })

  test('needs SeEnableDelegationPrivilege for the delegation bits and list', async () => {
    const dn = await addUser(client, { userAccountControl: '514' })
    const [plain, privileged] = [await directory.connect(sync), await directory.connect(delegator)]
    const bits = change('replace', 'userAccountControl', String(514 + 0x1000000))
    const list = change('add', 'msDS-AllowedToDelegateTo', 'HTTP/app.contoso.lab')
    expect([await refusalOf(plain.modify(dn, bits)), await refusalOf(plain.modify(dn, list))]).toEqual(['50 00000522', '50 00000522'])
    expect([await refusalOf(privileged.modify(dn, bits)), await refusalOf(privileged.modify(dn, list))]).toEqual(['done', 'done'])
  })
})

describe('rights', () => {
  test.each([['a reader', reader, guests], ['a delegated account outside of its OU', sync, `OU=Employees,${base}`]])('refuses %s', async (_, who, ou) => {
    const dn = ou === guests ? await addUser(client) : berta
    const other = await directory.connect(who)
    expect(await refusalOf(other.modify(dn, change('replace', 'sn', 'x')))).toBe('50 00000005')
    expect(await refusalOf(other.modify(dn, change('replace', 'unicodePwd', strong)))).toBe('50 00000005')
    expect(await refusalOf(other.del(dn))).toBe('50 00000005')
    expect(await refusalOf(other.modifyDN(dn, 'CN=other'))).toBe('50 00000005')
  })

  test('a delegated account manages users in its OU, and cannot carry them out of it', async () => {
    const own = await directory.connect(sync)
    const dn = await addUser(own, { userAccountControl: '514' })
    await own.modify(dn, [change('replace', 'sn', 'x'), change('replace', 'unicodePwd', strong)])
    expect(await refusalOf(own.modifyDN(dn, `CN=out,OU=Employees,${base}`))).toBe('50 00000005')
    await own.del(dn)
    expect(await find(client, `(distinguishedName=${dn})`)).toEqual([])
  })

  test('leaves protected accounts alone although they lie in a delegated OU', async () => {
    const dn = await addUser(client, { adminCount: '1' })
    const own = await directory.connect(sync)
    expect(await refusalOf(own.modify(dn, change('replace', 'sn', 'x')))).toBe('50 00000005')
  })

  test('are told by the effective attributes', async () => {
    const dn = await addUser(client)
    const [own, none] = [await directory.connect(sync), await directory.connect(reader)]
    const writable = (await read(own, dn, 'allowedAttributesEffective')).allowedAttributesEffective
    expect(writable).toEqual(expect.arrayContaining(['userAccountControl', 'unicodePwd', 'sAMAccountName', 'displayName']))
    expect(writable).not.toContain('objectSid')
    expect((await read(own, guests, 'allowedChildClassesEffective')).allowedChildClassesEffective).toEqual(['user'])
    expect((await read(client, guests, 'allowedChildClassesEffective')).allowedChildClassesEffective).toContain('group')
    expect(await read(none, guests, 'allowedChildClassesEffective', 'allowedAttributesEffective')).toMatchObject({ allowedChildClassesEffective: [], allowedAttributesEffective: [] })
  })

  test('come with membership in Domain Admins', async () => {
    const dn = await addUser(client, { userPrincipalName: 'newadmin@x.example', userAccountControl: '512', unicodePwd: strong })
    await client.modify(`CN=Domain Admins,CN=Users,${base}`, change('add', 'member', dn))
    const promoted = await directory.connect({ name: 'newadmin@x.example', password: 'Str0ng!Pass' })
    expect(await refusalOf(promoted.modify(berta, change('replace', 'title', 'Dr')))).toBe('done')
  })
})
