import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { storeFile } from '../../../src/main/store/sqlite/openStore.ts'
import { account, guid, linkTo, person } from '../rows.ts'
import { beginRun, emptyBatch, importAll, openWriter, temporaryWorkspace, writePersons } from '../worlds.ts'

describe('a connector space row as of a run', () => {
  test('is what that run left, through updates, deletion and return', async () => {
    const store = await openWriter()
    const before = await beginRun(store)
    const first = await importAll(store, [account(1, { sn: ['one'] })])
    const unchanged = await importAll(store, [account(1, { sn: ['one'] })])
    const second = await importAll(store, [account(1, { sn: ['two'] }, 'CN=moved,DC=contoso,DC=local')])
    const deleted = await importAll(store, [])
    const returned = await importAll(store, [account(1, { sn: ['three'] })])
    const asOf = async (run: number) => {
      const row = await store.connectorRowAsOf('ad', guid(1), run)
      return row === null ? null : { sn: row.object.attributes['sn']?.[0], dn: row.object.dn, importedBy: row.importedBy }
    }
    expect(await asOf(before)).toBeNull()
    expect(await asOf(first.run)).toEqual({ sn: 'one', dn: account(1).dn, importedBy: first.run })
    expect(await asOf(unchanged.run)).toEqual({ sn: 'one', dn: account(1).dn, importedBy: first.run })
    expect(await asOf(second.run)).toEqual({ sn: 'two', dn: 'CN=moved,DC=contoso,DC=local', importedBy: second.run })
    expect(await asOf(deleted.run)).toBeNull()
    expect(await asOf(returned.run)).toEqual({ sn: 'three', dn: account(1).dn, importedBy: returned.run })
    expect(await asOf(returned.run + 10)).toEqual({ sn: 'three', dn: account(1).dn, importedBy: returned.run })
  })

  test('has the link or the disconnector reason of that time', async () => {
    const store = await openWriter()
    const imported = await importAll(store, [account(1)])
    const noMatch = await beginRun(store, 'fullSync', null)
    await store.writeMetaverse(noMatch, { ...emptyBatch, disconnectors: [{ connector: 'ad', anchor: guid(1), reason: { kind: 'noMatch' } }] })
    const joined = await writePersons(store, [person(1, {}, [linkTo(account(1))])])
    const unlinked = await writePersons(store, [person(1, {})])
    const asOf = async (run: number) => {
      const row = await store.connectorRowAsOf('ad', guid(1), run)
      return [row?.metaverseId, row?.disconnector]
    }
    expect(await asOf(imported.run)).toEqual([null, null])
    expect(await asOf(noMatch)).toEqual([null, { kind: 'noMatch' }])
    expect(await asOf(joined)).toEqual([person(1, {}).id, null])
    expect(await asOf(unlinked)).toEqual([null, null])
  })

  test('still has the reason of a disconnector that was deleted since', async () => {
    const store = await openWriter()
    await importAll(store, [account(1)])
    const noMatch = await beginRun(store, 'fullSync', null)
    await store.writeMetaverse(noMatch, { ...emptyBatch, disconnectors: [{ connector: 'ad', anchor: guid(1), reason: { kind: 'noMatch' } }] })
    await importAll(store, [])
    expect((await store.connectorRowAsOf('ad', guid(1), noMatch))?.disconnector).toEqual({ kind: 'noMatch' })
  })

  test('knows no state from the middle of a run', async () => {
    const store = await openWriter()
    const run = await beginRun(store)
    for (const sn of ['half', 'whole']) {
      await store.stagePage(run, [account(1, { sn: [sn] })])
      await store.applyFullImport(run, 'ad', {})
    }
    const next = await importAll(store, [account(1, { sn: ['next'] })])
    const asOf = async (of: number) => (await store.connectorRowAsOf('ad', guid(1), of))?.object.attributes['sn']
    expect([await asOf(run - 1), await asOf(run), await asOf(next.run)]).toEqual([undefined, ['whole'], ['next']])
  })

  test('has one version a run, even where an import was applied twice in it', async () => {
    const folder = temporaryWorkspace()
    const store = await openWriter(folder)
    const run = await beginRun(store)
    for (const sn of ['half', 'whole']) {
      await store.stagePage(run, [account(1, { sn: [sn] })])
      await store.applyFullImport(run, 'ad', {})
    }
    const database = new DatabaseSync(storeFile(folder), { readOnly: true })
    expect(database.prepare('SELECT count(*) AS versions FROM connector_object_history').get()?.['versions']).toBe(0)
    database.close()
  })
})

describe('a metaverse object as of a run', () => {
  test('is what that run left, through changes, deletion and return', async () => {
    const store = await openWriter()
    const before = await beginRun(store, 'fullSync', null)
    const first = await writePersons(store, [person(1, { sn: 'one' })])
    const same = await writePersons(store, [person(1, { sn: 'one' })])
    const second = await writePersons(store, [person(1, { sn: 'two' })])
    const deleted = await beginRun(store, 'fullSync', null)
    await store.writeMetaverse(deleted, { ...emptyBatch, deletes: [person(1, {}).id] })
    const returned = await writePersons(store, [person(1, { sn: 'three' })])
    const asOf = async (run: number) => (await store.metaverseObjectAsOf(person(1, {}).id, run))?.attributes['sn']?.values[0]
    expect(await asOf(before)).toBeUndefined()
    expect(await asOf(first)).toBe('one')
    expect(await asOf(same)).toBe('one')
    expect(await asOf(second)).toBe('two')
    expect(await asOf(deleted)).toBeUndefined()
    expect(await asOf(returned)).toBe('three')
  })

  test('knows no state from the middle of a run', async () => {
    const store = await openWriter()
    const first = await writePersons(store, [person(1, { sn: 'one' })])
    const second = await beginRun(store, 'fullSync', null)
    await store.writeMetaverse(second, { ...emptyBatch, upserts: [person(1, { sn: 'half' })] })
    await store.writeMetaverse(second, { ...emptyBatch, upserts: [person(1, { sn: 'whole' })] })
    const third = await writePersons(store, [person(1, { sn: 'three' })])
    const asOf = async (run: number) => (await store.metaverseObjectAsOf(person(1, {}).id, run))?.attributes['sn']?.values[0]
    expect([await asOf(first), await asOf(second), await asOf(third)]).toEqual(['one', 'whole', 'three'])
  })
})
