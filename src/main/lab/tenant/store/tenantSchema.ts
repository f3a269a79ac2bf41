import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { TenantSeed } from '../tenantSettings.ts'

const version = 2

const firstTables = `
  CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
  CREATE TABLE user (
    id TEXT PRIMARY KEY,
    user_principal_name TEXT NOT NULL COLLATE NOCASE,
    is_deleted INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX user_by_user_principal_name ON user (user_principal_name) WHERE is_deleted = 0;
`

/** Since version 2: groups, the change log from which delta queries are answered, and what the administration has set. */
const laterTables = `
  CREATE TABLE user_group (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE change (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE policy (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`

/** Makes the tables and the seed of a new file in one transaction, or adds what a file of version 1 lacks. Throws for a version that is not known. */
export function prepareTenantFile(database: DatabaseSync, file: string, seed: TenantSeed): void {
  const found = database.prepare('PRAGMA user_version').get()?.['user_version']
  if (found === version) return
  if (found !== 0 && found !== 1) throw new Error(`${file} was written by another version (${String(found)}); remove the lab folder to begin anew`)
  database.exec('BEGIN IMMEDIATE')
  if (found === 0) {
    database.exec(firstTables)
    addSecrets(database)
    addUsers(database, seed)
  }
  database.exec(laterTables)
  addGroupsAndHistory(database, seed)
  database.exec(`PRAGMA user_version = ${version}; COMMIT`)
}

function addSecrets(database: DatabaseSync): void {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } })
  const addSecret = database.prepare('INSERT INTO secret (name, value) VALUES (?, ?)')
  addSecret.run('signingKey', Buffer.from(privateKey, 'utf8'))
  addSecret.run('pageTokenKey', randomBytes(32))
}

function addUsers(database: DatabaseSync, seed: TenantSeed): void {
  const addUser = database.prepare('INSERT INTO user (id, user_principal_name, is_deleted, body) VALUES (?, ?, ?, ?)')
  for (const user of seed.users) addUser.run(user.id, user.userPrincipalName, user.deletedDateTime === null ? 0 : 1, JSON.stringify(user))
}

function addGroupsAndHistory(database: DatabaseSync, seed: TenantSeed): void {
  const addGroup = database.prepare('INSERT INTO user_group (id, body) VALUES (?, ?)')
  for (const group of seed.groups) addGroup.run(group.id, JSON.stringify(group))
  const addChange = database.prepare('INSERT INTO change (type, id, body) VALUES (?, ?, ?)')
  for (const { object, change } of seed.history) addChange.run(object.type, object.id, JSON.stringify(change))
}
