import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import type { Migration } from '../../../src/main/store/sqlite/migrate.ts'
import { migrate, versionOf } from '../../../src/main/store/sqlite/migrate.ts'
import { migrations } from '../../../src/main/store/sqlite/migrations/migrations.ts'
import { temporaryWorkspace } from '../worlds.ts'

const one: Migration = { version: 1, sql: 'CREATE TABLE person (name TEXT)' }
const two: Migration = { version: 2, sql: `ALTER TABLE person ADD COLUMN mail TEXT; UPDATE person SET mail = lower(name) || '@contoso.com'` }
const broken: Migration = { version: 3, sql: 'CREATE TABLE address (city TEXT); INSERT INTO nowhere VALUES (1)' }

function open(): { readonly file: string; readonly database: DatabaseSync } {
  const file = join(temporaryWorkspace(), 'store.sqlite')
  const database = new DatabaseSync(file)
  onTestFinished(() => database.close())
  return { file, database }
}

const namesIn = (database: DatabaseSync) => database.prepare('SELECT * FROM person').all().map((row) => ({ ...row }))

test('the released versions count up from one without a gap', () => {
  expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, index) => index + 1))
})

test('goes from any version to the newest and keeps a copy of a store that holds something', () => {
  const { file, database } = open()
  migrate(database, file, [one])
  expect(existsSync(`${file}.version-0`)).toBe(false)
  database.exec(`INSERT INTO person VALUES ('Anna')`)
  expect(versionOf(database, file, [one, two])).toEqual({ kind: 'older', version: 1 })
  migrate(database, file, [one, two])
  expect(versionOf(database, file, [one, two])).toEqual({ kind: 'current' })
  expect(namesIn(database)).toEqual([{ name: 'Anna', mail: 'anna@contoso.com' }])

  expect(statSync(`${file}.version-1`).mode & 0o777).toBe(0o600)
  const copy = new DatabaseSync(`${file}.version-1`)
  expect(versionOf(copy, file, [one])).toEqual({ kind: 'current' })
  expect(namesIn(copy)).toEqual([{ name: 'Anna' }])
  copy.close()
})

test('does nothing to a store of the newest version', () => {
  const { file, database } = open()
  migrate(database, file, [one, two])
  migrate(database, file, [one, two])
  expect(existsSync(`${file}.version-2`)).toBe(false)
})

test('stays at the version before a migration that fails, and goes on from there the next time', () => {
  const { file, database } = open()
  migrate(database, file, [one])
  expect(() => migrate(database, file, [one, two, broken])).toThrow(/nowhere/)
  expect(versionOf(database, file, [one, two])).toEqual({ kind: 'current' })
  migrate(database, file, [one, two, { version: 3, sql: 'CREATE TABLE address (city TEXT)' }])
  expect(database.prepare('SELECT count(*) AS rows FROM address').get()?.['rows']).toBe(0)
})
