import type { DelegationChange, DelegationPlan, DelegationPlanHeader } from '../../../shared/domain/delegationPlan.ts'
import { hashCanonically, startLineHash } from '../../workspace/lineHash.ts'

/** The plan with its hash, made as those of accounts: SHA-256 over the header and each change's own SHA-256 (RFC 8785 form). */
export function makeDelegationPlan(header: DelegationPlanHeader, changes: readonly DelegationChange[]): DelegationPlan {
  const lines = changes.map((change) => ({ hash: hashCanonically(change), change }))
  const hash = startLineHash(header)
  for (const line of lines) hash.add(line.hash)
  return { header, lines, hash: hash.digest() }
}
