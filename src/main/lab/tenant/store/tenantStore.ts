import { DatabaseSync } from 'node:sqlite'
import type { ObjectChange } from '../tenantChange.ts'
import type { TenantGroup } from '../tenantGroup.ts'
import { firstPolicies } from '../tenantPolicies.ts'
import type { TenantPolicies } from '../tenantPolicies.ts'
import type { TenantSeed } from '../tenantSettings.ts'
import type { TenantUser } from '../tenantUser.ts'
import { openChangeLog } from './changeLog.ts'
import type { ChangeLog } from './changeLog.ts'
import { prepareTenantFile } from './tenantSchema.ts'
import { openUserTable } from './userTable.ts'

/** What must survive a restart: users, groups, what happened to them, policies, the key that signs tokens and the one that seals page tokens. */
export interface TenantStore {
  /** PKCS#8 PEM of an RSA key. */
  readonly signingKeyPem: string
  /** 32 bytes; seals page and delta tokens. */
  readonly pageTokenKey: Buffer
  /** Users who exist, sorted by id. */
  listUsers(): readonly TenantUser[]
  /** Soft-deleted users, sorted by id. */
  listDeletedUsers(): readonly TenantUser[]
  /** By id, deleted or not. */
  findById(id: string): TenantUser | null
  /** A user who exists; the case of a UPN does not matter. */
  findByUserPrincipalName(userPrincipalName: string): TenantUser | null
  /** Groups that exist, sorted by id. */
  listGroups(): readonly TenantGroup[]
  /** Soft-deleted groups, sorted by id. */
  listDeletedGroups(): readonly TenantGroup[]
  /** By id, deleted or not. */
  findGroup(id: string): TenantGroup | null
  readonly changes: Omit<ChangeLog, 'append'>
  policies(): TenantPolicies
  /** New or changed, with its line of the change log, in one transaction. Throws where the UPN is another's: callers look first. */
  saveUser(user: TenantUser, change: ObjectChange): void
  eraseUser(id: string): void
  saveGroup(group: TenantGroup, change: ObjectChange): void
  savePolicies(policies: TenantPolicies): void
  close(): void
}

/** Opens the file, or makes it with the seed in one transaction: a start that was interrupted leaves no half tenant. */
export function openTenantStore(file: string, seed: TenantSeed): TenantStore {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;')
  prepareTenantFile(database, file, seed)
  const users = openUserTable(database)
  const groups = loadGroups(database)
  const sortedGroups = () => [...groups.values()].sort((left, right) => (left.id < right.id ? -1 : 1))
  const log = openChangeLog(database)
  const state = { policies: loadPolicies(database) }
  const inTransaction = (write: () => void) => runInTransaction(database, write)
  return {
    signingKeyPem: readSecret(database, 'signingKey').toString('utf8'),
    pageTokenKey: readSecret(database, 'pageTokenKey'),
    listUsers: users.listExisting,
    listDeletedUsers: users.listDeleted,
    findById: users.findById,
    findByUserPrincipalName: users.findByUserPrincipalName,
    listGroups: () => sortedGroups().filter((group) => group.deletedDateTime === null),
    listDeletedGroups: () => sortedGroups().filter((group) => group.deletedDateTime !== null),
    findGroup: (id) => groups.get(id.toLowerCase()) ?? null,
    changes: log,
    policies: () => state.policies,
    saveUser: (user, change) => inTransaction(() => {
      users.save(user)
      log.append({ type: 'user', id: user.id }, change)
    }),
    eraseUser: (id) => inTransaction(() => {
      users.remove(id)
      log.append({ type: 'user', id }, { kind: 'erased' })
    }),
    saveGroup: (group, change) => inTransaction(() => {
      database.prepare('INSERT INTO user_group (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body').run(group.id, JSON.stringify(group))
      groups.set(group.id, group)
      log.append({ type: 'group', id: group.id }, change)
    }),
    savePolicies: (policies) => inTransaction(() => {
      database.prepare("INSERT INTO policy (name, value) VALUES ('all', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value").run(JSON.stringify(policies))
      state.policies = policies
    }),
    close: () => database.close(),
  }
}

function runInTransaction(database: DatabaseSync, write: () => void): void {
  database.exec('BEGIN IMMEDIATE')
  try {
    write()
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

function loadGroups(database: DatabaseSync): Map<string, TenantGroup> {
  const rows = database.prepare('SELECT id, body FROM user_group').all()
  // The column is written by this file and the seed alone, from a TenantGroup.
  return new Map(rows.map((row) => [String(row['id']), JSON.parse(String(row['body'])) as TenantGroup]))
}

function loadPolicies(database: DatabaseSync): TenantPolicies {
  const value = database.prepare("SELECT value FROM policy WHERE name = 'all'").get()?.['value']
  return value === undefined ? firstPolicies : { ...firstPolicies, ...(JSON.parse(String(value)) as Partial<TenantPolicies>) }
}

function readSecret(database: DatabaseSync, name: string): Buffer {
  const value = database.prepare('SELECT value FROM secret WHERE name = ?').get(name)?.['value']
  if (!(value instanceof Uint8Array)) throw new Error(`The tenant's file has no ${name}`)
  return Buffer.from(value)
}
