import { describe, expect, test } from 'vitest'
import { account, dn, guest, guid, linkTo, person } from '../rows.ts'
import { beginRun, emptyBatch, importAll, openWriter, writePersons } from '../worlds.ts'

const counted = (adds: number, updates: number, renames: number, deletes: number, unchanged: number) => ({
  stagingAdds: adds, stagingUpdates: updates, stagingRenames: renames, stagingDeletes: deletes, stagingUnchanged: unchanged,
})

describe('a full import', () => {
  test('counts adds, updates, renames, deletes and unchanged objects, each object once', async () => {
    const store = await openWriter()
    const first = await importAll(store, [account(1), account(2), account(3), account(4)])
    expect(first.counters).toEqual(counted(4, 0, 0, 0, 0))
    const moved = account(3, { sn: ['Moved'] }, 'CN=account 3,OU=Elsewhere,DC=contoso,DC=local')
    const second = await importAll(store, [account(1), account(2, { sn: ['Changed'] }), moved, account(5)])
    expect(second.counters).toEqual(counted(1, 1, 1, 1, 1))
    expect(await store.countConnectorObjects('ad')).toBe(4)
    expect((await store.connectorRow('ad', guid(3)))?.object).toEqual(moved)
    expect(await store.connectorRow('ad', guid(4))).toBeNull()
  })

  test('writes no new version of an object whose values came in another order', async () => {
    const store = await openWriter()
    const { run } = await importAll(store, [account(1, { memberOf: ['CN=a', 'CN=b'], sn: ['x'] })])
    const again = await importAll(store, [account(1, { sn: ['x'], memberOf: ['CN=b', 'CN=a'] })])
    expect(again.counters).toEqual(counted(0, 0, 0, 0, 1))
    expect((await store.connectorRow('ad', guid(1)))?.importedBy).toBe(run)
  })

  test('tells a number from its text and one value from two', async () => {
    const store = await openWriter()
    await importAll(store, [account(1, { adminCount: [1] }), account(2, { description: ['a b'] })])
    const again = await importAll(store, [account(1, { adminCount: ['1'] }), account(2, { description: ['a', 'b'] })])
    expect(again.counters).toEqual(counted(0, 2, 0, 0, 0))
  })

  test('takes a DN that changed in case only for a rename', async () => {
    const store = await openWriter()
    await importAll(store, [account(1, {}, 'CN=anna,DC=contoso,DC=local')])
    const again = await importAll(store, [account(1, {}, 'CN=Anna,DC=contoso,DC=local')])
    expect(again.counters).toEqual(counted(0, 0, 1, 0, 0))
  })

  test('keeps the current version of objects that came but could not be read', async () => {
    const store = await openWriter()
    await importAll(store, [account(1), account(2)])
    const run = await beginRun(store)
    await store.stageUnreadable(run, 'ad', [guid(1), 'CN=never seen'])
    expect(await store.applyFullImport(run, 'ad', {})).toEqual(counted(0, 0, 0, 1, 0))
    expect((await store.connectorRow('ad', guid(1)))?.object).toEqual(account(1))
    expect(await store.connectorRow('ad', guid(2))).toBeNull()
  })

  test('takes the later one of two pages that show the same object', async () => {
    const store = await openWriter()
    const run = await beginRun(store)
    await store.stagePage(run, [account(1, { sn: ['before'] })])
    await store.stagePage(run, [account(1, { sn: ['after'] })])
    expect(await store.stagedCount(run, 'ad')).toBe(1)
    expect(await store.applyFullImport(run, 'ad', {})).toEqual(counted(1, 0, 0, 0, 0))
    expect(await store.stagedCount(run, 'ad')).toBe(0)
    expect((await store.connectorRow('ad', guid(1)))?.object.attributes['sn']).toEqual(['after'])
  })

  test('leaves the other connector alone', async () => {
    const store = await openWriter()
    await importAll(store, [guest(1), guest(2)], 'entra')
    await importAll(store, [account(1)])
    await importAll(store, [], 'ad')
    expect(await store.countConnectorObjects('entra')).toBe(2)
    expect(await store.countConnectorObjects('ad')).toBe(0)
  })

  test('shows nothing before it is applied, and nothing at all when its staging was dropped', async () => {
    const store = await openWriter()
    const run = await beginRun(store)
    await store.stagePage(run, [account(1)])
    expect(await store.countConnectorObjects('ad')).toBe(0)
    await store.dropStaging(run)
    expect(await store.stagedCount(run, 'ad')).toBe(0)
  })

  test('stores its watermarks with the objects', async () => {
    const store = await openWriter()
    const run = await beginRun(store)
    expect(await store.watermark('ad.domainSid')).toBeNull()
    await store.applyFullImport(run, 'ad', { 'ad.domainSid': 'S-1-5-21-1' })
    expect(await store.watermark('ad.domainSid')).toBe('S-1-5-21-1')
    await store.setWatermark('ad.domainSid', 'S-1-5-21-2')
    expect(await store.watermark('ad.domainSid')).toBe('S-1-5-21-2')
  })
})

describe('objects that an import no longer finds', () => {
  test('leave their link behind until a synchronisation takes it off', async () => {
    const store = await openWriter()
    await importAll(store, [account(1), account(2)])
    await writePersons(store, [person(1, {}, [linkTo(account(1))]), person(2, {}, [linkTo(account(2))])])
    await importAll(store, [account(2)])
    expect(await store.danglingLinks('ad')).toEqual([{ anchor: guid(1), metaverseId: person(1, {}).id }])
    expect(await store.countLinked('ad')).toBe(1)
    await writePersons(store, [person(1, {})])
    expect(await store.danglingLinks('ad')).toEqual([])
  })

  test('come back with their link when the next import finds them again', async () => {
    const store = await openWriter()
    await importAll(store, [account(1)])
    await writePersons(store, [person(1, {}, [linkTo(account(1))])])
    await importAll(store, [])
    await importAll(store, [account(1)])
    expect((await store.connectorRow('ad', guid(1)))?.metaverseId).toBe(person(1, {}).id)
  })

  test('are new to the synchronisation when they come back after they were disconnectors', async () => {
    const store = await openWriter()
    await importAll(store, [account(1)])
    const run = await beginRun(store, 'fullSync', null)
    await store.writeMetaverse(run, { ...emptyBatch, disconnectors: [{ connector: 'ad', anchor: guid(1), reason: { kind: 'noMatch' } }] })
    expect((await store.connectorRow('ad', guid(1)))?.disconnector).toEqual({ kind: 'noMatch' })
    await importAll(store, [])
    await importAll(store, [account(1)])
    expect((await store.connectorRow('ad', guid(1)))?.disconnector).toBeNull()
  })
})

describe('the names of the domain', () => {
  const named = (accountName: string, number: number) => ({ accountName, dn: `CN=${accountName},DC=contoso,DC=local`, anchor: guid(number) })

  test('are replaced as a whole by the next import of the directory', async () => {
    const store = await openWriter()
    const first = await beginRun(store)
    await store.stageNames(first, [named('Anna', 1), named('ÅSE', 2)])
    expect(await store.findNames(['anna'])).toEqual(new Map())
    await store.applyFullImport(first, 'ad', {})
    expect(await store.findNames(['ANNA', 'åse', 'nobody'])).toEqual(new Map([['anna', named('Anna', 1)], ['åse', named('ÅSE', 2)]]))
    const second = await beginRun(store)
    await store.stageNames(second, [named('anna', 3)])
    await store.applyFullImport(second, 'ad', {})
    expect(await store.findNames(['anna', 'åse'])).toEqual(new Map([['anna', named('anna', 3)]]))
  })

  test('stay when an import read none, and when the guests are imported', async () => {
    const store = await openWriter()
    const first = await beginRun(store)
    await store.stageNames(first, [named('Anna', 1)])
    await store.applyFullImport(first, 'ad', {})
    await importAll(store, [account(1)])
    await importAll(store, [guest(1)], 'entra')
    expect([...(await store.findNames(['anna'])).keys()]).toEqual(['anna'])
  })
})

describe('look-ups in the connector space', () => {
  test('go in order of anchor, batch by batch', async () => {
    const store = await openWriter()
    await importAll(store, [3, 1, 5, 2, 4].map((number) => account(number)))
    const first = await store.connectorBatch('ad', null, 2)
    expect(first.map((row) => row.object.anchor)).toEqual([guid(1), guid(2)])
    const rest = await store.connectorBatch('ad', guid(2), 10)
    expect(rest.map((row) => row.object.anchor)).toEqual([guid(3), guid(4), guid(5)])
    expect((await store.connectorRows('ad', [guid(5), guid(9), guid(1)])).map((row) => row.object.anchor)).toEqual([guid(1), guid(5)])
  })

  test('find a value whatever its case, also beyond ASCII', async () => {
    const store = await openWriter()
    await importAll(store, [account(1, { proxyAddresses: ['smtp:a@b', 'smtp:ÅSE@contoso.com'] }), account(2, { mail: ['smtp:åse@contoso.com'] })])
    const found = await store.findConnectorRows('ad', 'proxyAddresses', 'SMTP:åse@CONTOSO.com')
    expect(found.map((row) => row.object.anchor)).toEqual([guid(1)])
  })

  test('find a value whatever stands in it, and no other that only looks like it', async () => {
    const values = ['a_b%c\\d"e', 'aXb%c\\d"e', 'kiK', '\u212Ai', '4711', 'true', '0', 'ab']
    const store = await openWriter()
    await importAll(store, values.map((value, index) => account(index + 1, { mail: [value] })))
    const anchorsOf = async (value: string) => (await store.findConnectorRows('ad', 'mail', value)).map((row) => row.object.anchor)
    for (const [index, value] of values.entries()) expect(await anchorsOf(value.toUpperCase())).toEqual([guid(index + 1)])
    // The sign of the kelvin is a capital k, too.
    expect(await anchorsOf('ki')).toEqual([guid(4)])
    expect(await anchorsOf('a')).toEqual([])
  })

  test('find numbers, truth values and userPrincipalNames by their text', async () => {
    const store = await openWriter()
    await importAll(store, [account(1, { userAccountControl: [514], isCriticalSystemObject: [true] }), account(2, { userAccountControl: [5140], userPrincipalName: ['Åse_x.com#EXT#@contoso.com'] })])
    expect((await store.findConnectorRows('ad', 'userAccountControl', '514')).map((row) => row.object.anchor)).toEqual([guid(1)])
    expect((await store.findConnectorRows('ad', 'isCriticalSystemObject', 'TRUE')).map((row) => row.object.anchor)).toEqual([guid(1)])
    expect((await store.findConnectorRows('ad', 'userPrincipalName', 'åse_x.com#ext#@contoso.com')).map((row) => row.object.anchor)).toEqual([guid(2)])
    expect(await store.findConnectorRows('entra', 'userPrincipalName', 'åse_x.com#ext#@contoso.com')).toEqual([])
  })

  test('find an account by its DN whatever its case', async () => {
    const store = await openWriter()
    await importAll(store, [account(1, {}, 'CN=Ærø,OU=Guests,DC=contoso,DC=local')])
    const key = dn('CN=ÆRØ,OU=guests,DC=CONTOSO,DC=local').toLowerCase()
    const found = await store.findByDn([key, 'cn=nobody,dc=contoso,dc=local'])
    expect([...found].map(([asked, row]) => [asked, row.object.anchor])).toEqual([[key, guid(1)]])
  })
})
