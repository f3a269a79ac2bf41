import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { openStoreReader, openStoreWriter, storeFile } from '../../../src/main/store/sqlite/openStore.ts'
import { account, guid, options } from '../rows.ts'
import { importAll, openReader, openWriter, temporaryWorkspace } from '../worlds.ts'

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8)

describe('opening a store', () => {
  test('makes files that only this user may read', async () => {
    const folder = temporaryWorkspace()
    await openWriter(folder)
    for (const file of ['', '-wal', '-shm'].map((suffix) => storeFile(folder) + suffix)) expect(modeOf(file)).toBe('600')
  })

  test('for reading says that nothing was stored yet, and makes no file', async () => {
    const folder = temporaryWorkspace()
    const opened = await openStoreReader(folder, options)
    expect(opened).toMatchObject({ ok: false, problem: { kind: 'notFoundInWorkspace' } })
    expect(() => statSync(storeFile(folder))).toThrow(/ENOENT/)
  })

  test('for reading works without a writer and after one was closed', async () => {
    const folder = temporaryWorkspace()
    const writer = await openWriter(folder)
    await importAll(writer, [account(1)])
    await writer.close()
    const reader = await openReader(folder)
    expect((await reader.connectorRow('ad', guid(1)))?.object).toEqual(account(1))
  })

  test('a second time finds what was there', async () => {
    const folder = temporaryWorkspace()
    const first = await openWriter(folder)
    await importAll(first, [account(1)])
    await first.close()
    const second = await openWriter(folder)
    expect(await second.countConnectorObjects('ad')).toBe(1)
  })

  test.each(['reader', 'writer'])('as %s refuses a store of a newer version and leaves it as it is', async (role) => {
    const folder = temporaryWorkspace()
    await (await openWriter(folder)).close()
    const database = new DatabaseSync(storeFile(folder))
    database.exec('PRAGMA user_version = 99')
    database.close()
    const before = readFileSync(storeFile(folder))
    const opened = role === 'reader' ? await openStoreReader(folder, options) : await openStoreWriter(folder, options)
    expect(opened).toMatchObject({ ok: false, problem: { kind: 'storeNewer', detail: { version: 99 } } })
    expect(readFileSync(storeFile(folder)).equals(before)).toBe(true)
  })

  test('for reading refuses a store that a writer must bring up to date first', async () => {
    const folder = temporaryWorkspace()
    await (await openWriter(folder)).close()
    const database = new DatabaseSync(storeFile(folder))
    database.exec('PRAGMA user_version = 0')
    database.close()
    expect(await openStoreReader(folder, options)).toMatchObject({ ok: false, problem: { kind: 'notFoundInWorkspace', detail: { version: 0 } } })
  })

  test.each(['reader', 'writer'])('as %s refuses a file that is no database, names it and leaves it as it is', async (role) => {
    const folder = temporaryWorkspace()
    const text = 'not a database '.repeat(500)
    writeFileSync(storeFile(folder), text)
    const opened = role === 'reader' ? await openStoreReader(folder, options) : await openStoreWriter(folder, options)
    expect(opened).toMatchObject({ ok: false, problem: { kind: 'storeDamaged', detail: { file: storeFile(folder) } } })
    expect(readFileSync(storeFile(folder), 'utf8')).toBe(text)
  })

  test('refuses a database of another application', async () => {
    const folder = temporaryWorkspace()
    const database = new DatabaseSync(storeFile(folder))
    database.exec('CREATE TABLE customer (name TEXT)')
    database.close()
    expect(await openStoreWriter(folder, options)).toMatchObject({ ok: false, problem: { kind: 'storeDamaged' } })
  })
})

describe('a store that is damaged inside', () => {
  async function damagedWorkspace(): Promise<string> {
    const folder = temporaryWorkspace()
    const store = await openWriter(folder)
    await importAll(store, Array.from({ length: 200 }, (_, number) => account(number, { description: ['x'.repeat(500)] })))
    await store.close()
    return folder
  }

  test('rejects the read that meets the damage with a problem that names the file', async () => {
    const folder = await damagedWorkspace()
    truncateSync(storeFile(folder), 40_000)
    const opened = await openStoreReader(folder, options)
    const problem = opened.ok ? await opened.value.connectorBatch('ad', null, 1_000).then(() => null, (error: unknown) => error) : { name: 'StoreError', problem: opened.problem }
    expect(problem).toMatchObject({ name: 'StoreError', problem: { kind: 'storeDamaged', detail: { file: storeFile(folder) } } })
    if (opened.ok) await opened.value.close()
  })

  test('is found by the check of the whole file, which finds nothing in a sound one', async () => {
    const folder = await damagedWorkspace()
    const sound = await openReader(folder)
    expect(await sound.integrity()).toEqual([])
    await sound.close()
    const bytes = readFileSync(storeFile(folder))
    // The last pages hold rows; the schema, which opening reads, is before them.
    bytes.fill(0xff, bytes.length - 8 * 8192)
    writeFileSync(storeFile(folder), bytes)
    const reader = await openReader(folder)
    expect((await reader.integrity()).length).toBeGreaterThan(0)
  })
})

describe('a backup', () => {
  test('is a whole store for this user alone, made beside an open writer', async () => {
    const folder = temporaryWorkspace()
    const writer = await openWriter(folder)
    await importAll(writer, [account(1)])
    const copyFolder = temporaryWorkspace()
    expect(await writer.backup(storeFile(copyFolder))).toEqual({ ok: true, value: null })
    await importAll(writer, [])
    expect(modeOf(storeFile(copyFolder))).toBe('600')
    const copy = await openReader(copyFolder)
    expect((await copy.connectorRow('ad', guid(1)))?.object).toEqual(account(1))
  })

  test('never overwrites a file', async () => {
    const folder = temporaryWorkspace()
    const writer = await openWriter(folder)
    const target = join(folder, 'precious.txt')
    writeFileSync(target, 'precious')
    expect(await writer.backup(target)).toMatchObject({ ok: false, problem: { kind: 'usage' } })
    expect(readFileSync(target, 'utf8')).toBe('precious')
  })
})
