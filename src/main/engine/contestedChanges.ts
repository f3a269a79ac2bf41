import type { AttributeChange } from '../../shared/domain/change.ts'

/**
 * Sets aside what another engine has taken back before (sync-semantics 19). Writing it again would only start a quarrel in
 * which the account changes every hour: it is reported, and written again when a person confirms the join of the account.
 * Everything else flows on, and a disable is never set aside.
 */
export function contestedChanges(changes: readonly AttributeChange[], undoneByOthers: readonly string[]): { readonly changes: readonly AttributeChange[]; readonly contested: readonly string[] } {
  const undone = new Set(undoneByOthers.map((name) => name.toLowerCase()))
  const isContested = ({ name }: AttributeChange) => undone.has(name.toLowerCase())
  return { changes: changes.filter((change) => !isContested(change)), contested: changes.filter(isContested).map(({ name }) => name) }
}
