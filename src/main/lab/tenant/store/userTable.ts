import type { DatabaseSync } from 'node:sqlite'
import type { TenantUser } from '../tenantUser.ts'

/** The users, in memory as in the file. Its writes belong into a transaction of the store. */
export type UserTable = {
  readonly listExisting: () => readonly TenantUser[]
  readonly listDeleted: () => readonly TenantUser[]
  readonly findById: (id: string) => TenantUser | null
  readonly findByUserPrincipalName: (name: string) => TenantUser | null
  readonly save: (user: TenantUser) => void
  readonly remove: (id: string) => void
}

type Lists = { readonly existing: readonly TenantUser[]; readonly deleted: readonly TenantUser[] }

export function openUserTable(database: DatabaseSync): UserTable {
  const users = loadUsers(database)
  const byName = new Map([...users.values()].filter(exists).map((user) => [user.userPrincipalName.toLowerCase(), user]))
  // Sorted once and kept until the next write: a listing of 100,000 users asks for them on every page.
  let lists: Lists | null = null
  const list = () => (lists ??= sortUsers(users))
  const write = database.prepare(`INSERT INTO user (id, user_principal_name, is_deleted, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET user_principal_name = excluded.user_principal_name, is_deleted = excluded.is_deleted, body = excluded.body`)
  const forget = (id: string) => {
    const former = users.get(id)
    if (former !== undefined && exists(former)) byName.delete(former.userPrincipalName.toLowerCase())
    users.delete(id)
    lists = null
  }
  return {
    listExisting: () => list().existing,
    listDeleted: () => list().deleted,
    findById: (id) => users.get(id.toLowerCase()) ?? null,
    findByUserPrincipalName: (name) => byName.get(name.toLowerCase()) ?? null,
    save: (user) => {
      write.run(user.id, user.userPrincipalName, exists(user) ? 0 : 1, JSON.stringify(user))
      forget(user.id)
      users.set(user.id, user)
      if (exists(user)) byName.set(user.userPrincipalName.toLowerCase(), user)
    },
    remove: (id) => {
      database.prepare('DELETE FROM user WHERE id = ?').run(id)
      forget(id)
    },
  }
}

function sortUsers(users: ReadonlyMap<string, TenantUser>): Lists {
  const sorted = [...users.values()].sort((left, right) => (left.id < right.id ? -1 : 1))
  return { existing: sorted.filter(exists), deleted: sorted.filter((user) => !exists(user)) }
}

function exists(user: TenantUser): boolean {
  return user.deletedDateTime === null
}

function loadUsers(database: DatabaseSync): Map<string, TenantUser> {
  const rows = database.prepare('SELECT id, body FROM user').all()
  // The column is written by this file and the seed alone, from a TenantUser.
  return new Map(rows.map((row) => [String(row['id']), JSON.parse(String(row['body'])) as TenantUser]))
}
