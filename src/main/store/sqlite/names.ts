import type { DatabaseSync } from 'node:sqlite'
import { textOf } from '../../../shared/domain/attributes.ts'
import type { ConnectorObject, DomainName } from '../../../shared/domain/connectorObject.ts'
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
 * The names of the domain, inside of an import's transaction. A full import brings them as a whole; no domain is without
 * names, so a run that staged none did not read them, and the former index stays.
 */
export function writeNames(database: DatabaseSync) {
  const hasStaged = database.prepare('SELECT 1 FROM staged_name WHERE run = ? LIMIT 1')
  const deleteGone = database.prepare('DELETE FROM domain_name WHERE name_key NOT IN (SELECT name_key FROM staged_name WHERE run = ?)')
  const put = database.prepare(
    `INSERT INTO domain_name SELECT name_key, account_name, dn, anchor FROM staged_name WHERE run = ?
     ON CONFLICT (name_key) DO UPDATE SET account_name = excluded.account_name, dn = excluded.dn, anchor = excluded.anchor
     WHERE account_name IS NOT excluded.account_name OR dn IS NOT excluded.dn OR anchor IS NOT excluded.anchor`,
  )
  const deleteFormer = database.prepare(
    `DELETE FROM domain_name AS n WHERE n.anchor IN (SELECT anchor FROM staged_name WHERE run = :run)
     AND NOT EXISTS (SELECT 1 FROM staged_name s WHERE s.run = :run AND s.name_key = n.name_key)`,
  )
  const removeOfAccount = database.prepare('DELETE FROM domain_name WHERE anchor = ? AND name_key IS NOT ?')
  const putOne = database.prepare(
    `INSERT INTO domain_name VALUES (?, ?, ?, ?)
     ON CONFLICT (name_key) DO UPDATE SET account_name = excluded.account_name, dn = excluded.dn, anchor = excluded.anchor`,
  )
  return {
    replace: (run: number): void => {
      if (hasStaged.get(run) === undefined) return
      deleteGone.run(run)
      put.run(run)
    },
    /** Of a delta import: what was not named stays, since a name that is free only counts as taken until the next full import. */
    merge(run: number): void {
      deleteFormer.run({ run })
      put.run(run)
    },
    putAccount({ anchor, dn, attributes }: ConnectorObject): void {
      const name = textOf(attributes, 'sAMAccountName')
      if (name === null || dn === null) return
      removeOfAccount.run(anchor, name.toLowerCase())
      putOne.run(name.toLowerCase(), name, dn, anchor)
    },
    removeAccount(anchor: string): void {
      removeOfAccount.run(anchor, null)
    },
  }
}

export type NameWriter = ReturnType<typeof writeNames>
