import { randomUUID } from 'node:crypto'
import type { Client } from 'ldapts'
import { Control } from 'ldapts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDirectory } from './testDirectory.ts'
import { addUser, administrator, attributesOf, base, change, find, guests, read, refusalOf, startTestDirectory, sync } from './testDirectory.ts'

let directory: TestDirectory
let client: Client
beforeAll(async () => {
  directory = await startTestDirectory()
  client = await directory.connect(administrator)
})
afterAll(() => directory.close())

class ShowDeleted extends Control {
  constructor() { super('1.2.840.113556.1.4.417', { critical: true }) }
}
class TreeDelete extends Control {
  constructor() { super('1.2.840.113556.1.4.805', { critical: true }) }
}
const employees = `OU=Employees,${base}`
const staff = `CN=Staff,${employees}`

async function addUnit(parent: string = guests): Promise<string> {
  const dn = `OU=${randomUUID()},${parent}`
  await client.add(dn, attributesOf({ objectClass: 'organizationalUnit' }))
  return dn
}

async function identityOf(dn: string): Promise<readonly string[]> {
  const binary = ['objectGUID', 'objectSid']
  const { searchEntries: [entry] } = await client.search(dn, { scope: 'base', attributes: binary, explicitBufferAttributes: binary })
  return binary.map((name) => { const value = entry?.[name]; return Buffer.isBuffer(value) ? value.toString('hex') : 'none' })
}

describe('rename and move', () => {
  test('keep objectGUID and objectSid, and every link follows', async () => {
    const dn = await addUser(client)
    const before = await identityOf(dn)
    await client.modify(staff, change('add', 'member', dn))
    const moved = `CN=Moved \\+ renamed,${employees}`
    await client.modifyDN(dn, moved)
    expect(await identityOf(moved)).toEqual(before)
    expect(await read(client, moved, 'cn', 'name', 'memberOf')).toMatchObject({ cn: ['Moved + renamed'], name: ['Moved + renamed'], memberOf: [staff] })
    expect((await read(client, staff, 'member')).member).toContain(moved)
    expect(await find(client, `(distinguishedName=${dn})`)).toEqual([])
  })

  test('of an OU carry everything below along', async () => {
    const [unit, dn] = [await addUnit(), `CN=below`]
    await client.add(`${dn},${unit}`, attributesOf({ objectClass: 'user' }))
    await client.modify(staff, change('add', 'member', `${dn},${unit}`))
    await client.modifyDN(unit, `OU=Carried,${employees}`)
    expect((await read(client, `${dn},OU=Carried,${employees}`, 'memberOf')).memberOf).toEqual([staff])
  })

  test('take a change of case alone', async () => {
    const dn = await addUser(client, {}, 'lower')
    await client.modifyDN(dn, 'CN=LOWER')
    expect(await find(client, '(cn=lower)')).toEqual([`CN=LOWER,${guests}`])
  })

  test.each([
    ['to a name that is taken', () => `CN=Staff,${employees}`, '68 00002071'],
    ['to where no parent is', () => `CN=a,OU=nowhere,${base}`, '32 00002089'],
    ['to another kind of name', () => `OU=a,${guests}`, '64 00002073'],
    ['to a name over 64 characters', () => `CN=${'x'.repeat(65)},${guests}`, '19 00002082'],
    ['below a user', () => `CN=a,CN=Berta Berg,${employees}`, '64 00002099'],
    ['into another naming context', () => `CN=a,CN=Services,CN=Configuration,${base}`, '53 00002077'],
  ])('are refused %s', async (_, target, refusal) => {
    expect(await refusalOf(client.modifyDN(await addUser(client), target()))).toBe(refusal)
  })

  test('are refused into the entry itself', async () => {
    const unit = await addUnit()
    expect(await refusalOf(client.modifyDN(unit, `OU=inner,${unit}`))).toBe('53 00002077')
  })
})

describe('delete', () => {
  test('leaves a tombstone that only administrators see, and only when they ask for it', async () => {
    const dn = await addUser(client, { sAMAccountName: 'leaver', userPrincipalName: 'leaver@x.example', displayName: 'Lea Ver' }, 'leaver')
    await client.modify(staff, change('add', 'member', dn))
    const [guid, sid] = await identityOf(dn)
    await client.del(dn)
    const filter = '(&(isDeleted=TRUE)(sAMAccountName=leaver))'
    const deleted = `CN=Deleted Objects,${base}`
    expect(await find(client, filter)).toEqual([])
    const { searchEntries: [tombstone] } = await client.search(deleted, { scope: 'one', filter, attributes: ['*'], explicitBufferAttributes: ['objectGUID', 'objectSid'] }, new ShowDeleted())
    expect(tombstone?.dn).toMatch(/^CN=leaver\\0ADEL:[0-9a-f-]{36},CN=Deleted Objects,DC=contoso,DC=lab$/)
    expect([tombstone?.objectGUID, tombstone?.objectSid].map((value) => (Buffer.isBuffer(value) ? value.toString('hex') : 'none'))).toEqual([guid, sid])
    expect(tombstone).toMatchObject({ isDeleted: 'TRUE', lastKnownParent: guests, sAMAccountName: 'leaver' })
    expect(tombstone).not.toHaveProperty('displayName')
    expect((await read(client, staff, 'member')).member).not.toContain(dn)
    const ordinary = await directory.connect(sync)
    expect((await ordinary.search(base, { scope: 'sub', filter }, new ShowDeleted())).searchEntries).toEqual([])
    expect(await refusalOf(ordinary.search(deleted, { scope: 'base' }, new ShowDeleted()))).toBe('32 0000208D')
  })

  test('frees the names of the account', async () => {
    const names = { sAMAccountName: 'again', userPrincipalName: 'again@x.example' }
    const dn = await addUser(client, names, 'again')
    await client.del(dn)
    expect(await addUser(client, names, 'again')).toBe(dn)
  })

  test('is refused for an entry that has others below, unless the whole tree is meant', async () => {
    const unit = await addUnit()
    const inner = await addUnit(unit)
    await client.add(`CN=deep,${inner}`, attributesOf({ objectClass: 'user' }))
    expect(await refusalOf(client.del(unit))).toBe('66 00002015')
    expect(await refusalOf(client.del(unit, new TreeDelete()))).toBe('done')
    expect(await find(client, '(|(cn=deep)(ou=deep))')).toEqual([])
  })

  test.each([
    ['that is not there', `CN=nobody,${guests}`, '32 0000208D'],
    ['that the system needs', `CN=Domain Users,CN=Users,${base}`, '53 000020CE'],
    ['that heads the domain', base, '66 00002015'],
  ])('is refused for an entry %s', async (_, dn, refusal) => {
    expect(await refusalOf(client.del(dn))).toBe(refusal)
  })
})

describe('the file', () => {
  test('keeps every entry, password, name and number over a restart', async () => {
    const dn = await addUser(client, { displayName: 'Jané', jpegPhoto: Buffer.from([0xff, 0xd8, 0, 1]) })
    await client.modify(staff, change('add', 'member', dn))
    const [before, identity, usn] = [await read(client, dn), await identityOf(dn), await read(client, '', 'highestCommittedUSN')]
    await directory.restart()
    client = await directory.connect(administrator)
    expect(await read(client, dn)).toEqual(before)
    expect(await identityOf(dn)).toEqual(identity)
    expect(Number((await read(client, '', 'highestCommittedUSN')).highestCommittedUSN?.[0])).toBeGreaterThanOrEqual(Number(usn.highestCommittedUSN?.[0]))
    expect(await identityOf(await addUser(client))).not.toEqual(identity)
  })
})
