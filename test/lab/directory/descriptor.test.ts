import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BerWriter, Client } from 'ldapts'
import { BerWriter as Writer, Control } from 'ldapts'
import type { TestDirectory } from './testDirectory.ts'
import { addUser, administrator, attributesOf, base, change, domainSid, guests, read, reader, refusalOf, startTestDirectory, sync, unicodePwd } from './testDirectory.ts'
import { formatDescriptor, parseDescriptor } from '../../../src/main/lab/directory/access/descriptor/descriptorOctets.ts'
import type { Descriptor } from '../../../src/main/lab/directory/access/descriptor/descriptor.ts'
import { parseAces } from '../../../src/main/lab/directory/access/descriptor/sddl.ts'
import { sidFromOctets } from '../../../src/main/lab/directory/names/octets.ts'

let directory: TestDirectory
let client: Client
let own: Client
let ordinary: Client
let readerSid: string
beforeAll(async () => {
  directory = await startTestDirectory()
  client = await directory.connect(administrator)
  own = await directory.connect(sync)
  ordinary = await directory.connect(reader)
  const { searchEntries: [entry] } = await client.search(`CN=reader,CN=Users,${base}`, { scope: 'base', attributes: ['objectSid'], explicitBufferAttributes: ['objectSid'] })
  readerSid = Buffer.isBuffer(entry?.objectSid) ? sidFromOctets(entry.objectSid) : ''
})
afterAll(() => directory.close())

/** LDAP_SERVER_SD_FLAGS_OID. */
class Parts extends Control {
  readonly #parts: number
  constructor(parts: number) {
    super('1.2.840.113556.1.4.801', { critical: true })
    this.#parts = parts
  }
  protected override writeControl(writer: BerWriter): void {
    const value = new Writer()
    value.startSequence()
    value.writeInt(this.#parts)
    value.endSequence()
    writer.writeBuffer(value.buffer, 4)
  }
}
class ShowDeleted extends Control {
  constructor() { super('1.2.840.113556.1.4.417', { critical: true }) }
}

const user = 'bf967aba-0de6-11d0-a285-00aa003049e2'
const displayName = 'bf967953-0de6-11d0-a285-00aa003049e2'
const dacl = 4

async function readDescriptor(as: Client, dn: string, parts = 7): Promise<Descriptor | null> {
  const { searchEntries: [entry] } = await as.search(dn, { scope: 'base', attributes: ['nTSecurityDescriptor'], explicitBufferAttributes: ['nTSecurityDescriptor'] }, [new Parts(parts), new ShowDeleted()])
  return Buffer.isBuffer(entry?.nTSecurityDescriptor) ? parseDescriptor(entry.nTSecurityDescriptor) : null
}

/** Puts entries in front of those that are there, as an administrator's tool does. */
async function grant(dn: string, aces: string): Promise<void> {
  const present = await readDescriptor(client, dn)
  const octets = formatDescriptor({ owner: null, group: null, inheritance: present?.inheritance ?? 'open', sacl: null, dacl: [...parseAces(aces, domainSid), ...(present?.dacl ?? [])] })
  await client.modify(dn, change('replace', 'nTSecurityDescriptor', octets), [new Parts(dacl), new ShowDeleted()])
}

describe('nTSecurityDescriptor', () => {
  test('is the binary form that Windows sends, which reads and writes to the same octets', async () => {
    const { searchEntries: [entry] } = await client.search(base, { scope: 'base', attributes: ['nTSecurityDescriptor'], explicitBufferAttributes: ['nTSecurityDescriptor'] })
    const octets = entry?.nTSecurityDescriptor
    expect(Buffer.isBuffer(octets)).toBe(true)
    if (!Buffer.isBuffer(octets)) return
    const parsed = parseDescriptor(octets)
    expect(octets[0]).toBe(1)
    expect(octets.readUInt16LE(2) & 0x8014).toBe(0x8014)
    expect(parsed === null ? null : formatDescriptor(parsed).equals(octets)).toBe(true)
    expect(parsed?.dacl?.length).toBeGreaterThan(40)
  })

  test('comes only by name, or with everything where its parts are named', async () => {
    expect(await read(client, guests)).not.toHaveProperty('nTSecurityDescriptor')
    const { searchEntries: [entry] } = await client.search(guests, { scope: 'base' }, new Parts(dacl))
    expect(entry).toHaveProperty('nTSecurityDescriptor')
  })

  test('stays hidden from an ordinary account that does not leave the audit list out', async () => {
    expect((await read(ordinary, guests, 'nTSecurityDescriptor')).nTSecurityDescriptor).toEqual([])
    expect(await readDescriptor(ordinary, guests, 15)).toBeNull()
    expect((await readDescriptor(ordinary, guests, 7))?.dacl?.length).toBeGreaterThan(5)
  })

  test('has only the parts that were asked for', async () => {
    expect(await readDescriptor(client, guests, 1)).toMatchObject({ owner: `${domainSid}-512`, group: null, dacl: null, sacl: null })
  })

  test('of an account shows what its OU hands down for users, marked as inherited, and not what is for others', async () => {
    const dn = await addUser(client)
    const delegated = (await readDescriptor(client, dn))?.dacl?.filter((ace) => ace.inheritedType === user && (ace.flags & 0x18) === 0x10)
    expect(delegated?.length).toBeGreaterThan(1)
    const group = (await readDescriptor(client, `CN=Staff,OU=Employees,${base}`))?.dacl ?? []
    expect(group.filter((ace) => ace.inheritedType === user && (ace.flags & 0x8) === 0)).toEqual([])
  })

  test('of a protected account is that of AdminSDHolder', async () => {
    const holder = await readDescriptor(client, `CN=AdminSDHolder,CN=System,${base}`)
    expect(holder?.inheritance).toBe('blocked')
    expect(await readDescriptor(client, `CN=Administrator,CN=Users,${base}`)).toEqual(holder)
  })

  test('names the account that made an entry as its owner, which may change the list', async () => {
    const dn = await addUser(own)
    expect((await readDescriptor(client, dn, 1))?.owner).toMatch(/-1\d{3}$/)
    expect((await read(own, dn, 'sDRightsEffective')).sDRightsEffective).toEqual(['4'])
    expect((await read(own, await addUser(client), 'sDRightsEffective')).sDRightsEffective).toEqual(['0'])
    expect((await read(client, dn, 'sDRightsEffective')).sDRightsEffective).toEqual(['15'])
  })

  test('is written by those only who may', async () => {
    const empty = formatDescriptor({ owner: null, group: null, inheritance: 'open', sacl: null, dacl: [] })
    expect(await refusalOf(own.modify(guests, change('replace', 'nTSecurityDescriptor', empty), new Parts(dacl)))).toBe('50 00000005')
    expect(await refusalOf(client.modify(guests, change('replace', 'nTSecurityDescriptor', Buffer.from('nonsense')), new Parts(dacl)))).toBe('21 0000200B')
  })

  test('keeps what was written over a restart', async () => {
    const dn = await addUser(client)
    await grant(dn, `(A;;WP;;;${readerSid})`)
    const before = await readDescriptor(client, dn)
    await directory.restart()
    ;[client, own, ordinary] = await Promise.all([administrator, sync, reader].map((account) => directory.connect(account))) as [Client, Client, Client]
    expect(await readDescriptor(client, dn)).toEqual(before)
  })
})

describe('rights', () => {
  test('to one attribute are rights to that one only', async () => {
    const dn = await addUser(client)
    await grant(dn, `(OA;;WP;${displayName};;${readerSid})`)
    expect(await refusalOf(ordinary.modify(dn, change('replace', 'displayName', 'New')))).toBe('done')
    expect(await refusalOf(ordinary.modify(dn, change('replace', 'mail', 'a@x.example')))).toBe('50 00000005')
    expect((await read(ordinary, dn, 'allowedAttributesEffective')).allowedAttributesEffective).toEqual(['displayName'])
  })

  test('to a property set are rights to its attributes', async () => {
    const dn = await addUser(client)
    await grant(dn, `(OA;;WP;4c164200-20c0-11d0-a768-00aa006e0529;;${readerSid})`)
    expect((await read(ordinary, dn, 'allowedAttributesEffective')).allowedAttributesEffective).toEqual(expect.arrayContaining(['userAccountControl', 'pwdLastSet', 'accountExpires']))
    expect(await refusalOf(ordinary.modify(dn, change('replace', 'displayName', 'New')))).toBe('50 00000005')
  })

  test('to create one class do not let create another', async () => {
    await client.add(`OU=computers only,${base}`, attributesOf({ objectClass: 'organizationalUnit' }))
    await grant(`OU=computers only,${base}`, `(OA;;CC;bf967a86-0de6-11d0-a285-00aa003049e2;;${readerSid})`)
    expect(await refusalOf(ordinary.add(`CN=c,OU=computers only,${base}`, attributesOf({ objectClass: 'computer', sAMAccountName: 'c$' })))).toBe('done')
    expect(await refusalOf(ordinary.add(`CN=u,OU=computers only,${base}`, attributesOf({ objectClass: 'user' })))).toBe('50 00002098')
    expect((await read(ordinary, `OU=computers only,${base}`, 'allowedChildClassesEffective')).allowedChildClassesEffective).toEqual(['computer'])
  })

  test('to reset passwords are a right of their own', async () => {
    const [withRight, without] = [await addUser(client), await addUser(client)]
    await grant(withRight, `(OA;;CR;00299570-246d-11d0-a768-00aa006e0529;;${readerSid})`)
    await grant(without, `(A;;WP;;;${readerSid})`)
    const reset = (dn: string) => refusalOf(ordinary.modify(dn, change('replace', 'unicodePwd', unicodePwd('Gu3st!Account#7'))))
    expect([await reset(withRight), await reset(without)]).toEqual(['done', '50 00000005'])
  })

  test('that are denied outweigh those that are granted further down', async () => {
    const dn = await addUser(client)
    await grant(dn, `(OD;;WP;${displayName};;${readerSid})(A;;WP;;;${readerSid})`)
    expect(await refusalOf(ordinary.modify(dn, change('replace', 'displayName', 'New')))).toBe('50 00000005')
    expect(await refusalOf(ordinary.modify(dn, change('replace', 'mail', 'a@x.example')))).toBe('done')
  })

  test('stop where inheritance is blocked', async () => {
    const dn = await addUser(client)
    const blocked = formatDescriptor({ owner: null, group: null, inheritance: 'blocked', sacl: null, dacl: parseAces('(A;;GA;;;DA)(A;;GR;;;AU)', domainSid) })
    await client.modify(dn, change('replace', 'nTSecurityDescriptor', blocked), new Parts(dacl))
    expect(await refusalOf(own.modify(dn, change('replace', 'displayName', 'New')))).toBe('50 00000005')
  })

  test('come with groups, from the next sign-in on', async () => {
    const dn = await addUser(client)
    await client.add(`CN=Editors,${guests}`, attributesOf({ objectClass: 'group', member: `CN=reader,CN=Users,${base}` }))
    const { searchEntries: [group] } = await client.search(`CN=Editors,${guests}`, { scope: 'base', attributes: ['objectSid'], explicitBufferAttributes: ['objectSid'] })
    await grant(dn, `(A;;WP;;;${Buffer.isBuffer(group?.objectSid) ? sidFromOctets(group.objectSid) : ''})`)
    expect(await refusalOf(ordinary.modify(dn, change('replace', 'displayName', 'New')))).toBe('50 00000005')
    expect(await refusalOf((await directory.connect(reader)).modify(dn, change('replace', 'displayName', 'New')))).toBe('done')
  })

  test('to see deleted objects are those to list and read their container', async () => {
    const dn = await addUser(client, { sAMAccountName: 'seen-deleted' })
    await client.del(dn)
    const find = async () => (await ordinary.search(base, { scope: 'sub', filter: '(sAMAccountName=seen-deleted)' }, new ShowDeleted())).searchEntries.length
    expect(await find()).toBe(0)
    const container = `CN=Deleted Objects,${base}`
    const owned = formatDescriptor({ owner: `${domainSid}-512`, group: null, inheritance: 'blocked', sacl: null, dacl: null })
    expect(await refusalOf(client.modify(container, change('replace', 'nTSecurityDescriptor', owned), [new Parts(1), new ShowDeleted()]))).toBe('done')
    await grant(container, `(A;;LCRP;;;${readerSid})`)
    expect(await find()).toBe(1)
  })

  test('of the token are listed on the rootDSE, Authenticated Users and the own SID included', async () => {
    const { searchEntries: [entry] } = await ordinary.search('', { scope: 'base', attributes: ['tokenGroups'], explicitBufferAttributes: ['tokenGroups'] })
    const sids = [entry?.tokenGroups].flat().map((sid) => (Buffer.isBuffer(sid) ? sidFromOctets(sid) : ''))
    expect(sids).toEqual(expect.arrayContaining([readerSid, 'S-1-5-11', 'S-1-1-0', `${domainSid}-513`]))
  })
})
