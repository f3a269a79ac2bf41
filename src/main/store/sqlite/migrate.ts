import { closeSync, openSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import type { Problem } from '../../../shared/domain/problem.ts'
import { integerIn } from './columns.ts'
import { damaged } from './failures.ts'
import { inTransaction } from './transaction.ts'

/** Leads from the version before to `version` (the database's user_version). */
export type Migration = {
  readonly version: number
  readonly sql: string
  /** What SQL alone cannot compute for the rows that are there, in the same transaction. */
  readonly fill?: (database: DatabaseSync) => void
}

export type StoreVersion = { readonly kind: 'empty' } | { readonly kind: 'current' } | { readonly kind: 'older'; readonly version: number }

/** "GBsy": says in the header of the file that it is ours. */
const applicationId = 0x47427379

/** Reads the header only; the answer is a problem where the file must not be touched. */
export function versionOf(database: DatabaseSync, file: string, migrations: readonly Migration[]): StoreVersion | Problem {
  const version = pragma(database, 'user_version')
  const tables = integerIn(database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() ?? {}, 'tables')
  if (version === 0 && tables === 0) return { kind: 'empty' }
  if (pragma(database, 'application_id') !== applicationId) return damaged(file, 'it is a database, but not one of Guestbridge')
  const newest = migrations.at(-1)?.version ?? 0
  if (version > newest) return newer(file, version, newest)
  return version === newest ? { kind: 'current' } : { kind: 'older', version }
}

/**
 * Brings the store to the newest version, one transaction a migration. Before the first of them a store that holds
 * something is copied to `<file>.version-<n>`, so that the former application can go on with it.
 */
export function migrate(database: DatabaseSync, file: string, migrations: readonly Migration[]): void {
  const version = pragma(database, 'user_version')
  const missing = migrations.filter((migration) => migration.version > version)
  if (missing.length > 0 && version > 0) copyStore(database, `${file}.version-${version}`)
  for (const migration of missing) {
    inTransaction(database, () => {
      database.exec(migration.sql)
      migration.fill?.(database)
      database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${migration.version}`)
    })
  }
}

/** A copy that a former attempt left behind is of the same version and is replaced. */
function copyStore(database: DatabaseSync, copy: string): void {
  // VACUUM INTO takes an empty file as it is, and with it the permissions: the copy is for this user alone.
  closeSync(openSync(copy, 'w', 0o600))
  database.prepare('VACUUM INTO ?').run(copy)
}

function pragma(database: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return integerIn(database.prepare(`PRAGMA ${name}`).get() ?? {}, name)
}

function newer(file: string, version: number, newest: number): Problem {
  return {
    kind: 'storeNewer',
    message: `The store ${file} was written by a newer Guestbridge (version ${version}, this one knows up to ${newest}).`,
    remedy: 'Install the newer Guestbridge. Nothing was changed in the store.',
    detail: { file, version, newest },
  }
}
