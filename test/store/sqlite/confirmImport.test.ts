import { describe, expect, test } from 'vitest'
import { account, createOf, entryOf, guest, guid, linkTo, morning, person } from '../rows.ts'
import { beginRun, importAll, openWriter, writePersons } from '../worlds.ts'

describe('a confirming import', () => {
  const provisioned = (number: number) => ({ metaverseId: person(number, {}).id, link: { ...linkTo(account(number)), origin: { kind: 'provisioned' as const, rule: 'Accounts out' } } })

  test('makes the account current, links it on both sides and ends the waiting, other objects untouched', async () => {
    const store = await openWriter()
    await importAll(store, [account(5)])
    await writePersons(store, [person(1, { uid: 'one' }, [linkTo(guest(1))])])
    const run = await beginRun(store, 'export')
    await store.journalAfter(await store.journalBefore(entryOf(run, createOf(1))), { kind: 'done', at: morning, anchor: guid(1) })
    await store.confirmImport(run, [{ object: account(1, { sn: ['One'] }), link: provisioned(1) }])
    expect(await store.connectorRow('ad', guid(1))).toEqual({ object: account(1, { sn: ['One'] }), metaverseId: person(1, {}).id, disconnector: null, importedBy: run })
    expect((await store.metaverseObject(person(1, {}).id))?.links).toEqual([provisioned(1).link, linkTo(guest(1))])
    expect(await store.awaitingConfirmation()).toEqual([])
    expect(await store.countConnectorObjects('ad')).toBe(2)
  })

  test('keeps the version before the write', async () => {
    const store = await openWriter()
    const imported = await importAll(store, [account(1, { sn: ['before'] }), account(2)])
    const run = await beginRun(store, 'export')
    await store.confirmImport(run, [{ object: account(1, { sn: ['after'] }), link: null }, { object: account(2), link: null }])
    const asOf = async (number: number, of: number) => (await store.connectorRowAsOf('ad', guid(number), of))?.object.attributes['sn']
    expect([await asOf(1, imported.run), await asOf(1, run)]).toEqual([['before'], ['after']])
    expect((await store.connectorRow('ad', guid(2)))?.importedBy).toBe(imported.run)
  })

  test('done twice changes nothing more', async () => {
    const store = await openWriter()
    await writePersons(store, [person(1, {})])
    const confirmation = { object: account(1), link: provisioned(1) }
    const first = await beginRun(store, 'export')
    await store.confirmImport(first, [confirmation])
    await store.confirmImport(await beginRun(store, 'export'), [confirmation])
    expect((await store.connectorRow('ad', guid(1)))?.importedBy).toBe(first)
    expect((await store.metaverseObject(person(1, {}).id))?.links).toEqual([provisioned(1).link])
  })

  test('leaves an account unlinked whose metaverse object is gone', async () => {
    const store = await openWriter()
    await store.confirmImport(await beginRun(store, 'export'), [{ object: account(1), link: provisioned(1) }])
    expect((await store.connectorRow('ad', guid(1)))?.metaverseId).toBeNull()
  })

  test('refuses to link an account that belongs to somebody else, and stores nothing of the batch', async () => {
    const store = await openWriter()
    await importAll(store, [account(1)])
    await writePersons(store, [person(1, {}, [linkTo(account(1))]), person(2, {})])
    const stolen = { object: account(1, { sn: ['changed'] }), link: { ...provisioned(1), metaverseId: person(2, {}).id } }
    await expect(store.confirmImport(await beginRun(store, 'export'), [stolen])).rejects.toMatchObject({ problem: { kind: 'internal' } })
    expect((await store.connectorRow('ad', guid(1)))?.object).toEqual(account(1))
  })
})
