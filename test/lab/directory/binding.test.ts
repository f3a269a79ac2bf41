import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDirectory } from './testDirectory.ts'
import { addUser, administrator, base, change, find, guests, logonOf, read, reader, refusalOf, startTestDirectory, sync, unicodePwd } from './testDirectory.ts'

let directory: TestDirectory
beforeAll(async () => { directory = await startTestDirectory() })
afterAll(() => directory.close())

test.each([
  ['userPrincipalName', 'svc-sync@contoso.lab'],
  ['userPrincipalName in other case', 'SVC-Sync@CONTOSO.lab'],
  ['DN', `CN=svc-sync,CN=Users,${base}`],
  ['DOMAIN\\name', 'contoso\\SVC-SYNC'],
])('signs in by %s', async (_, name) => {
  const client = await directory.connect({ name, password: sync.password })
  expect(await client.exop('1.3.6.1.4.1.4203.1.11.3')).toMatchObject({ value: 'u:CONTOSO\\svc-sync' })
})

test('signs in by name@domain where the userPrincipalName is another', async () => {
  const client = await directory.connect(administrator)
  await addUser(client, { sAMAccountName: 'implicit', userPrincipalName: 'other@partner.example', unicodePwd: unicodePwd('Str0ng!Pass'), userAccountControl: '512' })
  expect(await logonOf(directory, { name: 'implicit@contoso.lab', password: 'Str0ng!Pass' })).toBe('signed in')
  expect(await logonOf(directory, { name: 'other@partner.example', password: 'Str0ng!Pass' })).toBe('signed in')
})

test.each([
  ['a wrong password', sync.name, 'wrong', '52e'],
  ['no such user', 'nobody@contoso.lab', 'wrong', '525'],
  ['another domain', 'FABRIKAM\\svc-sync', sync.password, '525'],
])('says which logon error %s is', async (_, name, password, data) => {
  await expect(directory.connect({ name, password })).rejects.toThrow(new RegExp(`80090308: LdapErr: DSID-[0-9A-F]{8}, comment: AcceptSecurityContext error, data ${data}, v4563`))
})

test.each<[string, string, Record<string, string>, string]>([
  ['disabled', '514', {}, '533'],
  ['expired', '512', { accountExpires: '116444736000000000' }, '701'],
  ['made to change the password', '512', { pwdLastSet: '0' }, '773'],
  ['bound to a smart card', '262656', {}, '52e'],
])('refuses an account that is %s', async (_, userAccountControl, more, data) => {
  const client = await directory.connect(administrator)
  const name = `${data}.${userAccountControl}@contoso.lab`
  await addUser(client, { userPrincipalName: name, unicodePwd: unicodePwd('Str0ng!Pass'), userAccountControl, ...more })
  expect(await logonOf(directory, { name, password: 'Str0ng!Pass' })).toBe(`data ${data}`)
})

test('locks an account after as many wrong passwords as the domain allows, until lockoutTime is cleared', async () => {
  const client = await directory.connect(administrator)
  const dn = await addUser(client, { userPrincipalName: 'locked@contoso.lab', unicodePwd: unicodePwd('Str0ng!Pass'), userAccountControl: '512' })
  const attempt = (password: string) => logonOf(directory, { name: 'locked@contoso.lab', password })
  await client.modify(base, change('replace', 'lockoutThreshold', '2'))
  expect(await attempt('wrong')).toBe('data 52e')
  expect(await attempt('wrong')).toBe('data 52e')
  expect(await attempt('Str0ng!Pass')).toBe('data 775')
  expect(await read(client, dn, 'msDS-User-Account-Control-Computed', 'badPwdCount')).toMatchObject({ 'msDS-User-Account-Control-Computed': ['16'], badPwdCount: ['2'] })
  await client.modify(dn, change('replace', 'lockoutTime', '0'))
  expect(await attempt('Str0ng!Pass')).toBe('signed in')
  await client.modify(base, change('replace', 'lockoutThreshold', '0'))
})

test('takes a password only over TLS', async () => {
  const client = directory.open('plain')
  expect(await refusalOf(client.bind(sync.name, sync.password))).toBe('8 00002028')
})

test('speaks TLS after StartTLS on the plain port', async () => {
  const client = directory.open('plain')
  await client.startTLS({ ca: directory.authority.certificatePem, servername: 'dc1.contoso.lab' })
  await client.bind(sync.name, sync.password)
  expect(await find(client, '(sAMAccountName=berta)')).toEqual([`CN=Berta Berg,OU=Employees,${base}`])
})

test('shows the rootDSE, and nothing else, to somebody who has not signed in', async () => {
  const client = directory.open('ldaps')
  expect(await read(client, '', 'defaultNamingContext')).toMatchObject({ defaultNamingContext: [base] })
  expect(await refusalOf(client.search(base, { scope: 'sub' }))).toBe('1 000004DC')
  expect(await refusalOf(client.del(guests))).toBe('1 000004DC')
  await client.bind('', '')
  expect(await refusalOf(client.search(base, { scope: 'base' }))).toBe('1 000004DC')
})

test('leaves a connection anonymous when a second bind on it fails', async () => {
  const client = await directory.connect(reader)
  await expect(client.bind(reader.name, 'wrong')).rejects.toThrow('52e')
  expect(await refusalOf(client.search(base, { scope: 'base' }))).toBe('1 000004DC')
})

test('refuses SASL mechanisms that it cannot do', async () => {
  const client = directory.open('ldaps')
  expect(await refusalOf(client.bind('PLAIN', sync.password))).toBe('7 00002027')
})

test('counts logons without touching uSNChanged a second time', async () => {
  expect(await logonOf(directory, reader)).toBe('signed in')
  const client = await directory.connect(administrator)
  const dn = `CN=reader,CN=Users,${base}`
  const before = await read(client, dn, 'uSNChanged', 'logonCount')
  expect(await logonOf(directory, reader)).toBe('signed in')
  const after = await read(client, dn, 'uSNChanged', 'logonCount')
  expect(after.uSNChanged).toEqual(before.uSNChanged)
  expect(Number(after.logonCount?.[0])).toBe(Number(before.logonCount?.[0]) + 1)
})
