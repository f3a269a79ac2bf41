import { describe, expect, it } from 'vitest'
import { createDirectoryReader } from '../../src/main/connectors/ad/directoryReader.ts'
import { createDirectoryWriter } from '../../src/main/connectors/ad/directoryWriter.ts'
import type { DirectoryReader, ImportPage } from '../../src/main/connectors/connector.ts'
import { firstValue, textOf, valuesOf } from '../../src/shared/domain/attributes.ts'
import type { Attributes } from '../../src/shared/domain/attributes.ts'
import { childDn } from '../../src/shared/domain/dn.ts'
import type { ObjectGuid } from '../../src/shared/domain/ids.ts'
import { addAsAdministrator, calm, collect, connectionTo, dn, outcomeOf, valueOf } from './directoryUnderTest.ts'
import type { DirectoryUnderTest } from './directoryUnderTest.ts'

/** What every directory answers to whom asks; `directory` is started by then. */
export function describeReading(directory: () => DirectoryUnderTest): void {
  const inOu = (name: string) => childDn('CN', name, dn(directory().guestOu))
  const absent = () => dn(`OU=nowhere,${directory().baseDn}`)

  async function withReader<Value>(use: (reader: DirectoryReader) => Promise<Value>, changes: Parameters<typeof connectionTo>[1] = {}): Promise<Value> {
    const reader = createDirectoryReader(connectionTo(directory(), changes))
    try {
      return await use(reader)
    } finally {
      await reader.close()
    }
  }

  async function addUser(name: string, attributes: Attributes = {}): Promise<ObjectGuid> {
    const writer = createDirectoryWriter(connectionTo(directory()))
    try {
      return valueOf(await writer.addDisabledUser(inOu(name), attributes, calm))
    } finally {
      await writer.close()
    }
  }

  describe('identify', () => {
    it('says which domain it is, which controller answers, and as whom we are signed in', async () => {
      const identity = valueOf(await withReader((reader) => reader.identify(calm)))
      expect(identity.domainDn.toLowerCase()).toBe(directory().baseDn.toLowerCase())
      expect(identity.domainSid).toMatch(/^S-1-5-21-\d+-\d+-\d+$/)
      expect(identity.controller.toLowerCase()).toBe(directory().controllerName)
      expect(identity.boundAs).toContain(directory().sync.account.split('@')[0])
    })

    it('goes over StartTLS as well', async () => {
      const servers = [{ host: directory().host, port: directory().ldapPort }]
      const identity = await withReader((reader) => reader.identify(calm), { servers, security: 'startTls' })
      expect(outcomeOf(identity)).toBe('accepted')
    })

    it.each([
      ['a wrong password', { password: 'wrong' }], ['an unknown account', { account: 'nobody@contoso.test' }], ['an empty password', { password: '' }],
    ])('refuses %s as wrong credentials', async (_, changes) => {
      expect(outcomeOf(await withReader((reader) => reader.identify(calm), changes))).toBe('credentialsRefused')
    })

    it('does not talk to a server whose authority it does not know, and says what the certificate is', async () => {
      const result = await withReader((reader) => reader.identify(calm), { caPem: null })
      expect(result).toMatchObject({ ok: false, problem: { kind: 'certificateNotTrusted', detail: { subject: expect.stringContaining('CN=') as string, issuer: expect.stringContaining('CN=') as string } } })
    })

    it('takes the next server where the first cannot be reached', async () => {
      const servers = [{ host: directory().host, port: 1 }, { host: directory().host, port: directory().ldapsPort }]
      expect(outcomeOf(await withReader((reader) => reader.identify(calm), { servers }))).toBe('accepted')
      expect(outcomeOf(await withReader((reader) => reader.identify(calm), { servers: servers.slice(0, 1) }))).toBe('unreachable')
    })
  })

  describe('readSchema', () => {
    it('tells syntax, number of values and length, whatever the case of the name', async () => {
      const names = ['DISPLAYNAME', 'objectGUID', 'objectSid', 'memberOf', 'userAccountControl', 'accountExpires', 'isCriticalSystemObject', 'whenCreated', 'noSuchAttribute']
      const schema = valueOf(await withReader((reader) => reader.readSchema(names, calm)))
      expect(schema).toMatchObject({
        displayname: { name: 'displayName', syntax: 'text', isMultiValued: false, maximum: 256 },
        objectguid: { name: 'objectGUID', syntax: 'guid', isMultiValued: false },
        objectsid: { name: 'objectSid', syntax: 'sid', isMultiValued: false },
        memberof: { name: 'memberOf', syntax: 'dn', isMultiValued: true },
        useraccountcontrol: { name: 'userAccountControl', syntax: 'integer', isMultiValued: false },
        accountexpires: { name: 'accountExpires', syntax: 'largeInteger', isMultiValued: false },
        iscriticalsystemobject: { name: 'isCriticalSystemObject', syntax: 'boolean', isMultiValued: false },
        whencreated: { name: 'whenCreated', syntax: 'time', isMultiValued: false },
      })
      expect(schema['nosuchattribute']).toBeUndefined()
    })

    it('knows the lengths that accounts must keep to', async () => {
      const expected = { cn: 64, displayname: 256, givenname: 64, sn: 64, mail: 256, employeetype: 256, userprincipalname: 1024, samaccountname: 20 }
      const schema = valueOf(await withReader((reader) => reader.readSchema(Object.keys(expected), calm)))
      const actual = Object.fromEntries(Object.entries(schema).map(([name, { maximum }]) => [name, maximum]))
      expect(actual).toEqual(expected)
    })
  })

  describe('importAll', () => {
    async function importPages(changes: Parameters<typeof connectionTo>[1], attributes: readonly string[] = []): Promise<readonly ImportPage[]> {
      return withReader(async (reader) => {
        const pages: ImportPage[] = []
        for await (const page of reader.importAll({ attributes, signal: calm })) pages.push(valueOf(page))
        return pages
      }, changes)
    }

    it('brings each user of all managed OUs once, in pages, and no computer', async () => {
      const ou = childDn('OU', 'Paging', dn(directory().guestOu))
      const below = childDn('OU', 'Below', ou)
      for (const name of [ou, below]) await addAsAdministrator(directory(), name, { objectClass: 'organizationalUnit' })
      await addAsAdministrator(directory(), childDn('CN', 'PAGINGPC', ou), { objectClass: 'computer', sAMAccountName: 'PAGINGPC$', userAccountControl: '4098' })
      const wanted = Array.from({ length: 34 }, (_, index) => childDn('CN', `paged ${index}`, index % 3 === 0 ? below : ou))
      for (const [index, name] of wanted.entries()) {
        await addAsAdministrator(directory(), name, { objectClass: ['top', 'person', 'organizationalPerson', 'user'], sAMAccountName: `paged${index}`, userAccountControl: '514' })
      }
      const pages = await importPages({ managedOus: [below, ou, dn(ou.toUpperCase()), below], pageSize: 10 })
      expect(pages.map(({ isLast }) => isLast)).toEqual([...pages.slice(1).map(() => false), true])
      expect(pages.length).toBeGreaterThanOrEqual(4)
      expect(Math.max(...pages.map(({ objects }) => objects.length))).toBeLessThanOrEqual(10)
      const imported = pages.flatMap(({ objects }) => objects)
      expect(imported.map(({ dn: name }) => name).sort()).toEqual([...wanted].sort())
      expect(new Set(imported.map(({ objectType }) => objectType))).toEqual(new Set(['user']))
      expect(pages.flatMap(({ problems }) => problems)).toEqual([])
    })

    it('brings values in the form of the domain, under the names of the schema', async () => {
      const anchor = await addUser('Smith, Jané 😀', { sAMAccountName: ['jane'], userPrincipalName: ['jane_x.com#EXT#@contoso.test'], displayName: ['Jané'] })
      const pages = await importPages({}, ['DISPLAYNAME', 'mail', 'whencreated'])
      const jane = pages.flatMap(({ objects }) => objects).find((object) => object.anchor === anchor)
      expect(jane).toMatchObject({ connector: 'ad', objectType: 'user', dn: inOu('Smith, Jané 😀') })
      expect(jane?.attributes).toMatchObject({
        objectGUID: [anchor], displayName: ['Jané'], sAMAccountName: ['jane'], userPrincipalName: ['jane_x.com#EXT#@contoso.test'], userAccountControl: [514], distinguishedName: [inOu('Smith, Jané 😀')],
        cn: ['Smith, Jané 😀'], objectClass: ['top', 'person', 'organizationalPerson', 'user'],
      })
      expect(textOf(jane?.attributes ?? {}, 'objectSid')).toMatch(/^S-1-5-21-/)
      expect(textOf(jane?.attributes ?? {}, 'whenCreated')).toMatch(/^\d{14}\.0Z$/)
      expect(jane?.attributes).not.toHaveProperty('mail')
    })

    it('does not take an OU that is missing for an empty one', async () => {
      const results = await withReader(async (reader) => collect(reader.importAll({ attributes: [], signal: calm })), { managedOus: [dn(directory().guestOu), absent()] })
      const last = results.at(-1)
      expect(last?.ok === false && last.problem.kind).toBe('objectNotFound')
      expect(results.some((result) => result.ok && result.value.isLast)).toBe(false)
    })

    it('ends at once with "cancelled" when it is cancelled between two pages', async () => {
      const cancel = new AbortController()
      const kinds = await withReader(async (reader) => {
        const seen: string[] = []
        for await (const page of reader.importAll({ attributes: [], signal: cancel.signal })) {
          seen.push(page.ok ? 'page' : page.problem.kind)
          cancel.abort()
        }
        return seen
      }, { pageSize: 1, managedOus: [dn(directory().baseDn)] })
      expect(kinds).toEqual(['page', 'cancelled'])
    })
  })

  describe('importNames', () => {
    it('brings the names of users, groups and computers of the whole domain', async () => {
      await addUser('named', { sAMAccountName: ['named'] })
      const found = await withReader(async (reader) => collect(reader.importNames(calm)), { pageSize: 20 })
      const pages = found.map(valueOf)
      const names = pages.flatMap((page) => page.names)
      expect(names.map(({ accountName }) => accountName)).toEqual(expect.arrayContaining(['named', 'Administrator', 'Domain Users', `${directory().controllerName.split('.')[0]?.toUpperCase()}$`]))
      expect(names.find(({ accountName }) => accountName === 'named')?.dn).toBe(inOu('named'))
      expect(new Set(names.map(({ anchor }) => anchor)).size).toBe(names.length)
      expect(pages.map(({ isLast }) => isLast)).toEqual([...pages.slice(1).map(() => false), true])
    })
  })

  describe('readObject', () => {
    it('finds an object by its anchor and by its DN, with the attributes that were asked for', async () => {
      const anchor = await addUser('readable', { sAMAccountName: ['readable'], sn: ['Able'] })
      const [byAnchor, byDn] = await withReader((reader) => Promise.all([reader.readObject(anchor, ['sn'], calm), reader.readObject(inOu('READABLE'), ['SN'], calm)]))
      expect(valueOf(byAnchor)).toEqual(valueOf(byDn))
      expect(valuesOf(valueOf(byAnchor)?.attributes ?? {}, 'sn')).toEqual(['Able'])
    })

    it('answers null for what is not there', async () => {
      const nobody = '7c0e6a5e-0c4b-4a53-9d0f-1f6f9f0f2a11' as ObjectGuid
      const found = await withReader((reader) => Promise.all([reader.readObject(nobody, [], calm), reader.readObject(inOu('nobody'), [], calm), reader.readObject(childDn('CN', 'x', absent()), [], calm)]))
      expect(found.map(valueOf)).toEqual([null, null, null])
    })

    it('reads what a binary value is made of', async () => {
      const photo = Buffer.from(Array.from({ length: 256 }, (_, index) => index)).toString('base64')
      const anchor = await addUser('photo', { sAMAccountName: ['photo'], thumbnailPhoto: [photo] })
      const object = valueOf(await withReader((reader) => reader.readObject(anchor, ['thumbnailPhoto'], calm)))
      expect(firstValue(object?.attributes ?? {}, 'thumbnailPhoto')).toBe(photo)
    })
  })

  describe('findByValue', () => {
    it('finds by text without case, by GUID and by SID', async () => {
      const anchor = await addUser('findable', { sAMAccountName: ['findable'], userPrincipalName: ['Find_x.com#EXT#@contoso.test'] })
      await withReader(async (reader) => {
        const sid = textOf(valueOf(await reader.readObject(anchor, [], calm))?.attributes ?? {}, 'objectSid') ?? ''
        for (const [attribute, value] of [['userPrincipalName', 'FIND_X.COM#ext#@contoso.test'], ['objectGUID', anchor], ['objectSid', sid], ['SAMACCOUNTNAME', 'findable']] as const) {
          expect(valueOf(await reader.findByValue(attribute, value, calm)).map((object) => object.anchor), attribute).toEqual([anchor])
        }
      })
    })

    it('takes no character of the value for a wildcard or a bracket', async () => {
      const anchor = await addUser('odd', { sAMAccountName: ['odd'], displayName: ['a*(b)\\c é'] })
      await withReader(async (reader) => {
        expect(valueOf(await reader.findByValue('displayName', 'a*(b)\\c é', calm)).map((object) => object.anchor)).toEqual([anchor])
        expect(valueOf(await reader.findByValue('displayName', 'a*', calm))).toEqual([])
        expect(valueOf(await reader.findByValue('objectGUID', 'not a guid', calm))).toEqual([])
        expect(outcomeOf(await reader.findByValue('noSuchAttribute', 'x', calm))).toBe('attributeNotInClass')
      })
    })
  })

  describe('mayCreateUsersIn', () => {
    it('says yes for the delegated OU, no elsewhere, null where there is no OU', async () => {
      const answers = await withReader((reader) => Promise.all([dn(directory().guestOu), dn(`CN=Users,${directory().baseDn}`), absent()].map((ou) => reader.mayCreateUsersIn(ou, calm))))
      expect(answers.map(valueOf)).toEqual([true, false, null])
    })
  })

  describe('cancellation', () => {
    it('answers a call whose signal is aborted already, without connecting', async () => {
      const result = await withReader((reader) => reader.identify(AbortSignal.abort()))
      expect(outcomeOf(result)).toBe('cancelled')
    })
  })
}
