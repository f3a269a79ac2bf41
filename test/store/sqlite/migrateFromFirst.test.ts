import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { migrate } from '../../../src/main/store/sqlite/migrate.ts'
import { first } from '../../../src/main/store/sqlite/migrations/0001-first.ts'
import { openStoreReader, openStoreWriter, storeFile } from '../../../src/main/store/sqlite/openStore.ts'
import type { PendingExport } from '../../../src/main/store/store.ts'
import { createOf, guid, linkTo, account, guest, options, person } from '../rows.ts'
import { openWriter, temporaryWorkspace } from '../worlds.ts'

const anna = person(1, { displayName: 'Ánna Rossi' }, [linkTo(account(1)), linkTo(guest(1))])
const boris = person(2, { displayName: 'Boris' }, [linkTo(account(2))])

/** As the first version wrote it: Anna whole, Boris without guest, Carla's guest gone, two objects that nobody has. */
function storeOfFirstVersion(): string {
  const folder = temporaryWorkspace()
  const database = new DatabaseSync(storeFile(folder))
  database.exec('PRAGMA journal_mode = WAL')
  migrate(database, storeFile(folder), [first])
  const object = database.prepare('INSERT INTO connector_object VALUES (?, ?, ?, ?, ?, ?, ?, 1)')
  const link = database.prepare('INSERT INTO connector_link VALUES (?, ?, ?, ?, 3)')
  const metaverse = database.prepare('INSERT INTO metaverse_object VALUES (?, ?, ?, 3)')
  database.exec(`INSERT INTO run (profile, step, connector, started_at, status, counters) VALUES ('full', 'fullImport', 'ad', '2026-01-01T00:00:00Z', 'succeeded', '{}')`)
  for (const number of [1, 2, 3, 4]) object.run('ad', guid(number), 'user', `CN=${number}`, `cn=${number}`, JSON.stringify({ userPrincipalName: [`ÁCCOUNT${number}@x.example`] }), new Uint8Array(32))
  for (const number of [1, 5]) object.run('entra', guid(number), 'user', null, null, '{}', new Uint8Array(32))
  database.exec('BEGIN')
  for (const { id, attributes, links } of [anna, boris, person(3, {}, [linkTo(guest(3)), linkTo(account(3))])]) {
    metaverse.run(id, 'person', JSON.stringify({ attributes, links }))
    for (const { connector, anchor } of links) link.run(connector, anchor, id, null)
  }
  link.run('ad', guid(4), null, '{"kind":"noMatch"}')
  database.prepare('INSERT INTO pending_export VALUES (?, ?, 3, ?, ?)').run('create', boris.id, 'hash', JSON.stringify(createOf(2)))
  database.prepare('INSERT INTO watermark VALUES (?, ?)').run('plan.header', JSON.stringify({ runs: { synchronization: 3 } }))
  database.exec('COMMIT')
  database.close()
  return folder
}

test('a store of version 1 is brought up to date with what only version 2 knows, and a copy is kept', async () => {
  const folder = storeOfFirstVersion()
  const store = await openWriter(folder)
  expect((await store.unlinkedBatch('ad', null, 10)).map((row) => row.object.anchor)).toEqual([guid(4)])
  expect((await store.unlinkedBatch('entra', null, 10)).map((row) => row.object.anchor)).toEqual([guid(5)])
  expect(await store.danglingLinks('entra')).toEqual([{ anchor: guid(3), metaverseId: person(3, {}).id }])
  expect(await store.missingGuests(null, 10)).toEqual([
    { metaverseId: person(2, {}).id, entraId: guid(2) }, { metaverseId: person(3, {}).id, entraId: guid(3) },
  ])
  expect((await store.findByUserPrincipalName('ad', ['áccount2@X.EXAMPLE'])).get('áccount2@x.example')?.object.anchor).toBe(guid(2))
  expect(await store.searchMetaverse({ clauses: [], text: 'áNNA' }, null, 10)).toEqual([anna])
  const exports: PendingExport[] = []
  for await (const pending of (await store.planOfRun(3))?.exports ?? []) exports.push(pending)
  expect(exports).toEqual([{ run: 3, change: createOf(2), hash: 'hash' }])
  expect(existsSync(`${storeFile(folder)}.version-1`)).toBe(true)
  expect(await store.integrity()).toEqual([])
})

test('a store of version 1 cannot be read before a writer has brought it up to date', async () => {
  const folder = storeOfFirstVersion()
  expect(await openStoreReader(folder, options)).toMatchObject({ ok: false, problem: { kind: 'notFoundInWorkspace', detail: { version: 1 } } })
  const writer = await openStoreWriter(folder, options)
  if (writer.ok) await writer.value.close()
  expect((await openStoreReader(folder, options)).ok).toBe(true)
})
