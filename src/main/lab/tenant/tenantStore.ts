import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { TenantUser } from './tenantUser.ts'

/** What must survive a restart: users, the key that signs tokens, the key that seals page tokens. */
export interface TenantStore {
  /** PKCS#8 PEM of an RSA key. */
  readonly signingKeyPem: string
  /** 32 bytes. */
  readonly pageTokenKey: Buffer
  /** Users who exist, sorted by id. */
  listUsers(): readonly TenantUser[]
  /** Soft-deleted users, sorted by id. */
  listDeletedUsers(): readonly TenantUser[]
  /** By id, deleted or not. */
  findById(id: string): TenantUser | null
  /** A user who exists; the case of a UPN does not matter. */
  findByUserPrincipalName(userPrincipalName: string): TenantUser | null
  close(): void
}

const schema = `
  CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
  CREATE TABLE user (
    id TEXT PRIMARY KEY,
    user_principal_name TEXT NOT NULL COLLATE NOCASE,
    is_deleted INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX user_by_user_principal_name ON user (user_principal_name) WHERE is_deleted = 0;
  PRAGMA user_version = 1;
`

/** Opens the file, or makes it with the seed in one transaction: a start that was interrupted leaves no half tenant. */
export function openTenantStore(file: string, seed: readonly TenantUser[]): TenantStore {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
  const version = database.prepare('PRAGMA user_version').get()?.['user_version']
  if (version === 0) createTenant(database, seed)
  else if (version !== 1) throw new Error(`${file} was written by another version (${String(version)}); remove the lab folder to begin anew`)
  const users = loadUsers(database)
  const byName = new Map([...users.values()].filter(exists).map((user) => [user.userPrincipalName.toLowerCase(), user]))
  const sorted = [...users.values()].sort((left, right) => (left.id < right.id ? -1 : 1))
  return {
    signingKeyPem: readSecret(database, 'signingKey').toString('utf8'),
    pageTokenKey: readSecret(database, 'pageTokenKey'),
    listUsers: () => sorted.filter(exists),
    listDeletedUsers: () => sorted.filter((user) => !exists(user)),
    findById: (id) => users.get(id.toLowerCase()) ?? null,
    findByUserPrincipalName: (name) => byName.get(name.toLowerCase()) ?? null,
    close: () => database.close(),
  }
}

function exists(user: TenantUser): boolean {
  return user.deletedDateTime === null
}

function createTenant(database: DatabaseSync, seed: readonly TenantUser[]): void {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } })
  database.exec('BEGIN IMMEDIATE')
  database.exec(schema)
  const addSecret = database.prepare('INSERT INTO secret (name, value) VALUES (?, ?)')
  addSecret.run('signingKey', Buffer.from(privateKey, 'utf8'))
  addSecret.run('pageTokenKey', randomBytes(32))
  const addUser = database.prepare('INSERT INTO user (id, user_principal_name, is_deleted, body) VALUES (?, ?, ?, ?)')
  for (const user of seed) addUser.run(user.id, user.userPrincipalName, exists(user) ? 0 : 1, JSON.stringify(user))
  database.exec('COMMIT')
}

function loadUsers(database: DatabaseSync): ReadonlyMap<string, TenantUser> {
  const rows = database.prepare('SELECT id, body FROM user').all()
  // The column is written by this file alone, from a TenantUser.
  return new Map(rows.map((row) => [String(row['id']), JSON.parse(String(row['body'])) as TenantUser]))
}

function readSecret(database: DatabaseSync, name: string): Buffer {
  const value = database.prepare('SELECT value FROM secret WHERE name = ?').get(name)?.['value']
  if (!(value instanceof Uint8Array)) throw new Error(`The tenant's file has no ${name}`)
  return Buffer.from(value)
}
