import type { Client } from 'ldapts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { flag, readAnswer, readRound } from './dirSyncClient.ts'
import type { Round } from './dirSyncClient.ts'
import type { TestDirectory } from './testDirectory.ts'
import { addUser, administrator, attributesOf, base, change, guests, refusalOf, startTestDirectory, sync } from './testDirectory.ts'

let directory: TestDirectory
let client: Client
let cookie: Buffer
beforeAll(async () => {
  directory = await startTestDirectory()
  client = await directory.connect(administrator)
})
afterAll(() => directory.close())
beforeEach(async () => { cookie = (await readRound(client, { filter: '(objectClass=*)' })).cookie })

const staff = `CN=Staff,OU=Employees,${base}`
const since = (request: Parameters<typeof readRound>[1] = {}) => readRound(client, { cookie, ...request })
const namesIn = (round: Round) => round.entries.map(({ dn }) => dn)
/** Names of the attributes told, but for the two that always are. */
const toldIn = ({ entries: [entry] }: Round) => Object.keys(entry ?? {}).filter((name) => !['dn', 'objectGUID', 'instanceType'].includes(name)).toSorted()

describe('DirSync', () => {
  test('tells every entry of the context in the first round, and nothing in the next', async () => {
    const first = await readRound(client, { attributes: ['sAMAccountName'] })
    expect(namesIn(first)).toContain(`CN=Berta Berg,OU=Employees,${base}`)
    expect((await readRound(client, { cookie: first.cookie })).entries).toEqual([])
  })

  test('tells the attributes that changed and no others, with the objectGUID', async () => {
    const dn = await addUser(client, { displayName: 'Before', mail: 'a@x.example' })
    const { cookie: later } = await since()
    await client.modify(dn, change('replace', 'displayName', 'After'))
    const round = await readRound(client, { cookie: later })
    expect(toldIn(round)).toEqual(['displayName'])
    expect(round.entries[0]).toMatchObject({ dn, displayName: 'After', objectGUID: expect.any(Buffer) as Buffer })
  })

  test('tells a cleared attribute without values', async () => {
    const dn = await addUser(client, { mail: 'a@x.example' })
    const { cookie: later } = await since()
    await client.modify(dn, change('delete', 'mail'))
    // Not asked for by name: ldapts fills in what it misses among those.
    expect((await readRound(client, { cookie: later })).entries[0]).toMatchObject({ dn, mail: [] })
  })

  test('leaves out an entry of which nothing that was asked for changed', async () => {
    const dn = await addUser(client)
    const { cookie: later } = await since()
    await client.modify(dn, change('replace', 'displayName', 'After'))
    expect((await readRound(client, { cookie: later, attributes: ['mail'] })).entries).toEqual([])
  })

  test('tells name and parentGUID of an entry that moved, never cn', async () => {
    const dn = await addUser(client, {}, 'mover')
    const { cookie: later } = await since()
    await client.modifyDN(dn, `CN=mover,OU=Employees,${base}`)
    const round = await readRound(client, { cookie: later })
    const { searchEntries: [parent] } = await client.search(`OU=Employees,${base}`, { scope: 'base', attributes: ['objectGUID'], explicitBufferAttributes: ['objectGUID'] })
    expect(namesIn(round)).toEqual([`CN=mover,OU=Employees,${base}`])
    expect(toldIn(round)).toEqual(['name', 'parentGUID'])
    expect(round.entries[0]?.parentGUID).toEqual(parent?.objectGUID)
  })

  test('says nothing of the entries below an OU that moved', async () => {
    await client.add(`OU=outer,${guests}`, attributesOf({ objectClass: 'organizationalUnit' }))
    await client.add(`CN=inner,OU=outer,${guests}`, attributesOf({ objectClass: 'user' }))
    const { cookie: later } = await since({ filter: '(objectClass=*)' })
    await client.modifyDN(`OU=outer,${guests}`, `OU=outer,OU=Employees,${base}`)
    expect(namesIn(await readRound(client, { cookie: later, filter: '(objectClass=*)' }))).toEqual([`OU=outer,OU=Employees,${base}`])
  })

  test('tells a deletion, with isDeleted and the place of deleted objects', async () => {
    const dn = await addUser(client, { mail: 'a@x.example' }, 'leaver')
    const { cookie: later } = await since()
    await client.del(dn)
    const round = await readRound(client, { cookie: later })
    expect(round.entries).toHaveLength(1)
    expect(round.entries[0]).toMatchObject({ isDeleted: 'TRUE', dn: expect.stringMatching(/^CN=leaver\\0ADEL:[0-9a-f-]{36},CN=Deleted Objects,/) as string })
    expect(round.entries[0]).not.toHaveProperty('mail')
  })

  test('does not tell a failed logon or another change that stays on this controller', async () => {
    const failed = directory.open('ldaps')
    expect(await refusalOf(failed.bind('berta@contoso.lab', 'wrong'))).toBe('49 80090308')
    expect((await since()).entries).toEqual([])
  })

  test('goes on through as many answers as maxBytes makes of a round, each change in it', async () => {
    const names = await Promise.all(Array.from({ length: 30 }, () => addUser(client)))
    const round = await since({ maxBytes: 1_500, attributes: ['sAMAccountName'] })
    expect(round.answers).toBeGreaterThan(2)
    expect(namesIn(round).toSorted()).toEqual(names.toSorted())
  })

  test('sends at most a thousand entries in an answer, whatever the limit', async () => {
    const first = await readAnswer(client, { filter: '(objectClass=*)', base: `CN=Schema,CN=Configuration,${base}` })
    expect(first.found.length).toBeLessThanOrEqual(1_000)
  })

  test('does not lose what changes between two answers of a round', async () => {
    const dns = await Promise.all(Array.from({ length: 12 }, () => addUser(client)))
    const first = await readAnswer(client, { cookie, maxBytes: 1 })
    expect(first.answer.more).toBe(true)
    for (const dn of dns) await client.modify(dn, change('replace', 'displayName', 'in between'))
    const rest = await readRound(client, { cookie: first.answer.cookie, maxBytes: 3_000 })
    const after = await readRound(client, { cookie: rest.cookie })
    const told = [...rest.entries, ...after.entries].filter((entry) => entry.displayName === 'in between').map(({ dn }) => dn)
    expect(new Set(told)).toEqual(new Set(dns))
  })

  test('puts ancestors before what lies below them, if asked to', async () => {
    await client.add(`OU=late parent,${guests}`, attributesOf({ objectClass: 'organizationalUnit' }))
    await client.add(`CN=child,OU=late parent,${guests}`, attributesOf({ objectClass: 'user' }))
    await client.modify(`OU=late parent,${guests}`, change('replace', 'description', 'changed after its child came'))
    const [child, parent] = [`CN=child,OU=late parent,${guests}`, `OU=late parent,${guests}`]
    expect(namesIn(await since({ filter: '(objectClass=*)' }))).toEqual([child, parent])
    expect(namesIn(await since({ filter: '(objectClass=*)', flags: flag.ancestorsFirst, maxBytes: 1 }))).toEqual([parent, child])
  })

  test('tells whole lists of members, or with incremental values who came and who went', async () => {
    const [anna, ben] = [await addUser(client), await addUser(client)]
    await client.modify(staff, change('add', 'member', anna))
    const { cookie: later } = await since()
    await client.modify(staff, change('add', 'member', ben))
    await client.modify(staff, change('delete', 'member', anna))
    const group = { cookie: later, filter: '(objectClass=group)', attributes: ['member'] }
    const incremental = await readRound(client, { ...group, flags: flag.incrementalValues })
    expect(incremental.entries[0]).toMatchObject({ 'member;range=1-1': ben, 'member;range=0-0': anna })
    expect((await readRound(client, group)).entries[0]).toMatchObject({ member: [`CN=Berta Berg,OU=Employees,${base}`, ben] })
  })

  test('keeps a cookie over a restart', async () => {
    const dn = await addUser(client)
    await directory.restart()
    client = await directory.connect(administrator)
    expect(namesIn(await since())).toEqual([dn])
  })

  test('tells everything again to a cookie of another controller', async () => {
    const other = await startTestDirectory()
    const foreign = (await readRound(await other.connect(administrator))).cookie
    await other.close()
    expect(namesIn(await readRound(client, { cookie: foreign }))).toContain(`CN=Berta Berg,OU=Employees,${base}`)
  })

  test.each([
    ['a part of a naming context', { base: guests }, '50 00002105'],
    ['a part of a naming context with object security', { base: guests, flags: flag.objectSecurity }, '53 000020F7'],
    ['a cookie that nobody made', { cookie: Buffer.from('nonsense') }, '2 00000057'],
  ])('is refused for %s', async (_, request, refusal) => {
    expect(await refusalOf(readRound(client, request))).toBe(refusal)
  })

  test('is refused to an account without the replication right, but not with object security', async () => {
    const ordinary = await directory.connect(sync)
    expect(await refusalOf(readRound(ordinary))).toBe('50 00002105')
    expect(namesIn(await readRound(ordinary, { flags: flag.objectSecurity }))).toContain(`CN=Berta Berg,OU=Employees,${base}`)
  })

  test('is silent about deletions to an account that may not see deleted objects', async () => {
    const ordinary = await directory.connect(sync)
    const dn = await addUser(client)
    const { cookie: later } = await readRound(ordinary, { flags: flag.objectSecurity })
    await client.del(dn)
    expect((await readRound(ordinary, { flags: flag.objectSecurity, cookie: later })).entries).toEqual([])
  })
})
