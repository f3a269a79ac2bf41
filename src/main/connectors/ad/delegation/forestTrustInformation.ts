import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import { readForestTrustRecords } from './forestTrustRecords.ts'

/**
 * The name suffixes that a forest trust routes to its partner, in lower case. Suffixes that are switched off are left out. The problem finishes the
 * sentence "the routing information could not be read: …".
 */
export function readRoutedSuffixes(octets: Uint8Array): Result<readonly string[], string> {
  const records = readForestTrustRecords(octets)
  if (!records.ok) return records
  const inForce = records.value.filter(({ state }) => state === 'on')
  // Names below an excluded one are not routed, though their suffix is: that needs more than a list of suffixes.
  if (inForce.some(({ kind }) => kind === 'excluded')) return fail('it excludes names below a routed suffix')
  return succeed(inForce.flatMap((record) => (record.kind === 'suffix' ? [record.name] : [])))
}
