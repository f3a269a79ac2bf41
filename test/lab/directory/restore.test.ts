import type { Client } from 'ldapts'
import { Control } from 'ldapts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRound } from './dirSyncClient.ts'
import type { TestDirectory, UserValues } from './testDirectory.ts'
import { addUser, administrator, attributesOf, base, change, delta, find, guests, logonOf, read, reader, refusalOf, startTestDirectory, sync, unicodePwd } from './testDirectory.ts'

class ShowDeleted extends Control {
  constructor() { super('1.2.840.113556.1.4.417', { critical: true }) }
}
class ShowRecycled extends Control {
  constructor() { super('1.2.840.113556.1.4.2064', { critical: true }) }
}
const container = `CN=Deleted Objects,${base}`
const staff = `CN=Staff,OU=Employees,${base}`
const partitions = `CN=Partitions,CN=Configuration,${base}`
const feature = `CN=Recycle Bin Feature,CN=Optional Features,CN=Directory Service,CN=Windows NT,CN=Services,CN=Configuration,${base}`

async function deletedNamed(client: Client, name: string, control: Control = new ShowDeleted()): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { searchEntries } = await client.search(container, { scope: 'one', filter: `(name=${name}\\0aDEL:*)`, explicitBufferAttributes: ['objectGUID', 'objectSid'] }, control)
  return searchEntries[0]
}

function restore(client: Client, deletedDn: string, newDn: string): Promise<void> {
  return client.modify(deletedDn, [change('delete', 'isDeleted'), change('replace', 'distinguishedName', newDn)], new ShowDeleted())
}

async function addAndDelete(client: Client, name: string, values: UserValues = {}): Promise<string> {
  const dn = await addUser(client, values, name)
  await client.modify(dn, [change('replace', 'unicodePwd', unicodePwd('Gu3st!Account#7'))])
  await client.modify(dn, [change('replace', 'userAccountControl', '512')])
  await client.modify(staff, change('add', 'member', dn))
  await client.del(dn)
  return String((await deletedNamed(client, name))?.dn)
}

const profile = { displayName: 'Re Turner', mail: 'r@x.example', employeeType: 'Guest' }

describe('without the Recycle Bin, a restore', () => {
  let directory: TestDirectory
  let client: Client
  beforeAll(async () => {
    directory = await startTestDirectory()
    client = await directory.connect(administrator)
  })
  afterAll(() => directory.close())

  test('brings the account back as the same one, disabled and without what a tombstone loses', async () => {
    const deleted = await addAndDelete(client, 'returner', { ...profile, sAMAccountName: 'returner', userPrincipalName: 'returner@x.example' })
    const before = await deletedNamed(client, 'returner')
    await restore(client, deleted, `CN=returner,${guests}`)
    const { searchEntries: [after] } = await client.search(`CN=returner,${guests}`, { scope: 'base', explicitBufferAttributes: ['objectGUID', 'objectSid'] })
    expect([after?.objectGUID, after?.objectSid]).toEqual([before?.objectGUID, before?.objectSid])
    expect(after).toMatchObject({ cn: 'returner', name: 'returner', sAMAccountName: 'returner', userAccountControl: '514', primaryGroupID: '513', pwdLastSet: '0' })
    for (const lost of ['displayName', 'mail', 'employeeType', 'userPrincipalName', 'memberOf', 'isDeleted', 'lastKnownParent']) expect(after).not.toHaveProperty(lost)
  })

  test('leaves the account without password: it cannot be enabled until it has one', async () => {
    await restore(client, await addAndDelete(client, 'no password'), `CN=no password,${guests}`)
    expect(await refusalOf(client.modify(`CN=no password,${guests}`, change('replace', 'userAccountControl', '512')))).toBe('53 0000052D')
  })

  test('may go to another place and write attributes in the same request', async () => {
    const deleted = await addAndDelete(client, 'elsewhere')
    const changes = [change('delete', 'isDeleted'), change('replace', 'distinguishedName', `CN=here,OU=Employees,${base}`), change('replace', 'displayName', 'Here')]
    await client.modify(deleted, changes, new ShowDeleted())
    expect(await read(client, `CN=here,OU=Employees,${base}`, 'displayName', 'cn')).toMatchObject({ displayName: ['Here'], cn: ['here'] })
  })

  test('is told by DirSync as a return: isDeleted cleared, a new name and parent', async () => {
    const deleted = await addAndDelete(client, 'told')
    const { cookie } = await readRound(client)
    await restore(client, deleted, `CN=told,${guests}`)
    const { entries } = await readRound(client, { cookie })
    expect(entries.map((entry) => [entry.dn, entry.isDeleted, entry.name])).toEqual([[`CN=told,${guests}`, [], 'told']])
  })

  test.each([
    ['to a name that is taken', () => addUser(client, {}, 'occupied'), '68 00002071'],
    ['to where no parent is', async () => Promise.resolve(`CN=a,OU=nowhere,${base}`), '32 00002089'],
    ['below a user', async () => Promise.resolve(`CN=a,CN=Berta Berg,OU=Employees,${base}`), '64 00002099'],
    ['under another kind of name', async () => Promise.resolve(`OU=a,${guests}`), '64 00002073'],
    ['into another naming context', async () => Promise.resolve(`CN=a,CN=Services,CN=Configuration,${base}`), '53 00002077'],
  ])('is refused %s', async (what, target, refusal) => {
    const deleted = await addAndDelete(client, `refused ${what}`)
    expect(await refusalOf(restore(client, deleted, await target()))).toBe(refusal)
  })

  test('is refused where the account name was given away meanwhile', async () => {
    const deleted = await addAndDelete(client, 'given away', { sAMAccountName: 'given-away' })
    await addUser(client, { sAMAccountName: 'given-away' })
    expect(await refusalOf(restore(client, deleted, `CN=given away,${guests}`))).toBe('68 00000524')
  })

  test('is refused to an account without Reanimate Tombstones, and done for one that has it', async () => {
    const deleted = await addAndDelete(client, 'delegated return')
    expect(await refusalOf(restore(await directory.connect(sync), deleted, `CN=delegated return,${guests}`))).toBe('32 0000208D')
    const entitled = await directory.connect(delta)
    expect(await refusalOf(restore(entitled, deleted, `CN=delegated return,OU=Employees,${base}`))).toBe('50 00002098')
    expect(await refusalOf(restore(entitled, deleted, `CN=delegated return,${guests}`))).toBe('done')
  })

  test('is the only change, besides that of the descriptor, that a deleted entry takes', async () => {
    const deleted = await addAndDelete(client, 'untouchable')
    expect(await refusalOf(client.modify(deleted, change('replace', 'displayName', 'x'), new ShowDeleted()))).toBe('53 00002035')
    expect(await refusalOf(client.modify(deleted, change('delete', 'isDeleted'), new ShowDeleted()))).toBe('53 00002035')
    expect(await refusalOf(client.modify(deleted, [change('delete', 'isDeleted'), change('replace', 'distinguishedName', `CN=x,${guests}`)]))).toBe('32 0000208D')
  })

  test('and the feature says that it is off', async () => {
    expect((await read(client, partitions, 'msDS-EnabledFeature'))['msDS-EnabledFeature']).toEqual([])
    expect((await read(client, feature, 'msDS-EnabledFeatureBL', 'msDS-OptionalFeatureFlags'))).toMatchObject({ 'msDS-EnabledFeatureBL': [], 'msDS-OptionalFeatureFlags': ['1'] })
  })

  test('of deletions is possible for delegated accounts only because they see them, as DirSync tells', async () => {
    const entitled = await directory.connect(delta)
    const dn = await addUser(client, {}, 'seen')
    const { cookie } = await readRound(entitled)
    await client.del(dn)
    expect((await readRound(entitled, { cookie })).entries.map((entry) => entry.isDeleted)).toEqual(['TRUE'])
  })
})

describe('with the Recycle Bin', () => {
  let directory: TestDirectory
  let client: Client
  beforeAll(async () => {
    directory = await startTestDirectory({ recycleBin: 'on' })
    client = await directory.connect(administrator)
  })
  afterAll(() => directory.close())

  test('the feature says that it is on, for everybody and after a restart', async () => {
    expect((await read(await directory.connect(reader), partitions, 'msDS-EnabledFeature'))['msDS-EnabledFeature']).toEqual([feature])
    await directory.restart()
    client = await directory.connect(administrator)
    expect((await read(client, feature, 'msDS-EnabledFeatureBL'))['msDS-EnabledFeatureBL']).toContain(partitions)
  })

  test('a deleted account keeps its attributes, and its groups do not show it', async () => {
    await addAndDelete(client, 'kept', profile)
    expect(await deletedNamed(client, 'kept')).toMatchObject({ ...profile, isDeleted: 'TRUE', lastKnownParent: guests, 'msDS-LastKnownRDN': 'kept' })
    expect((await read(client, staff, 'member')).member?.join()).not.toContain('kept')
    expect(await deletedNamed(client, 'kept')).not.toHaveProperty('memberOf')
  })

  test('a restore brings back attributes, groups, password and an enabled account', async () => {
    const deleted = await addAndDelete(client, 'whole', { ...profile, sAMAccountName: 'whole', userPrincipalName: 'whole@contoso.lab' })
    expect(await logonOf(directory, { name: 'whole@contoso.lab', password: 'Gu3st!Account#7' })).toBe('data 525')
    await restore(client, deleted, `CN=whole,${guests}`)
    const after = await read(client, `CN=whole,${guests}`, '*')
    expect(after).toMatchObject({ displayName: ['Re Turner'], memberOf: [staff], userAccountControl: ['512'], userPrincipalName: ['whole@contoso.lab'] })
    expect(after).not.toHaveProperty('msDS-LastKnownRDN')
    expect((await read(client, staff, 'member')).member).toContain(`CN=whole,${guests}`)
    expect(await logonOf(directory, { name: 'whole@contoso.lab', password: 'Gu3st!Account#7' })).toBe('signed in')
  })

  test('a restore is refused where another account holds the UPN by now', async () => {
    const deleted = await addAndDelete(client, 'upn lost', { userPrincipalName: 'lost@x.example' })
    await addUser(client, { userPrincipalName: 'lost@x.example' })
    expect(await refusalOf(restore(client, deleted, `CN=upn lost,${guests}`))).toBe('19 000021C8')
  })

  test('what is deleted twice is recycled: shown by another control only, and gone for good', async () => {
    const deleted = await addAndDelete(client, 'recycled', profile)
    await client.del(deleted, new ShowDeleted())
    expect(await deletedNamed(client, 'recycled')).toBeUndefined()
    const left = await deletedNamed(client, 'recycled', new ShowRecycled())
    expect(left).toMatchObject({ isDeleted: 'TRUE', isRecycled: 'TRUE' })
    expect(left).not.toHaveProperty('displayName')
    const changes = [change('delete', 'isDeleted'), change('replace', 'distinguishedName', `CN=recycled,${guests}`)]
    expect(await refusalOf(client.modify(deleted, changes, new ShowRecycled()))).toBe('53 00002035')
  })

  test('an OU and what was below it come back one after the other', async () => {
    await client.add(`OU=tree,${guests}`, attributesOf({ objectClass: 'organizationalUnit' }))
    await client.add(`CN=leaf,OU=tree,${guests}`, attributesOf({ objectClass: 'user' }))
    await client.del(`CN=leaf,OU=tree,${guests}`)
    await client.del(`OU=tree,${guests}`)
    expect((await deletedNamed(client, 'leaf'))?.lastKnownParent).toMatch(/^OU=tree\\0ADEL:/)
    await restore(client, String((await deletedNamed(client, 'tree'))?.dn), `OU=tree,${guests}`)
    expect((await deletedNamed(client, 'leaf'))?.lastKnownParent).toBe(`OU=tree,${guests}`)
    await restore(client, String((await deletedNamed(client, 'leaf'))?.dn), `CN=leaf,OU=tree,${guests}`)
    expect(await find(client, '(cn=leaf)')).toEqual([`CN=leaf,OU=tree,${guests}`])
  })
})
