import type { DatabaseSync } from 'node:sqlite'
import type { DomainName } from '../../../shared/domain/connectorObject.ts'
import { listParameter, textIn } from './columns.ts'

export function readNames(database: DatabaseSync) {
  const byKeys = database.prepare('SELECT * FROM domain_name WHERE name_key IN (SELECT value FROM json_each(?))')
  return {
    find(accountNames: readonly string[]): ReadonlyMap<string, DomainName> {
      const rows = byKeys.all(listParameter(accountNames.map((name) => name.toLowerCase())))
      return new Map(rows.map((row) => [textIn(row, 'name_key'), { accountName: textIn(row, 'account_name'), dn: textIn(row, 'dn'), anchor: textIn(row, 'anchor') }]))
    },
  }
}

/**
 * The names of the domain as a whole, inside of the import's transaction. No domain is without names, so a run that
 * staged none did not read them, and the former index stays.
 */
export function replaceNames(database: DatabaseSync) {
  const hasStaged = database.prepare('SELECT 1 FROM staged_name WHERE run = ? LIMIT 1')
  const deleteGone = database.prepare('DELETE FROM domain_name WHERE name_key NOT IN (SELECT name_key FROM staged_name WHERE run = ?)')
  const put = database.prepare(
    `INSERT INTO domain_name SELECT name_key, account_name, dn, anchor FROM staged_name WHERE run = ?
     ON CONFLICT (name_key) DO UPDATE SET account_name = excluded.account_name, dn = excluded.dn, anchor = excluded.anchor
     WHERE account_name IS NOT excluded.account_name OR dn IS NOT excluded.dn OR anchor IS NOT excluded.anchor`,
  )
  return (run: number): void => {
    if (hasStaged.get(run) === undefined) return
    deleteGone.run(run)
    put.run(run)
  }
}
