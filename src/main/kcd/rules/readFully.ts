import type { PrincipalFacts, Reading } from '../../../shared/domain/delegation.ts'

/** A value that the global catalog keeps no copy of: of an account that only the catalog knows it was not read, and is not empty. */
export function readFully<Value>(account: PrincipalFacts, value: Value): Reading<Value> {
  if (account.readFrom !== 'globalCatalog') return { kind: 'read', value }
  return { kind: 'notRead', why: `only the global catalog knows ${account.accountName} of ${account.domain} here, and it has no copy of that attribute` }
}
