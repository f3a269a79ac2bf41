import { createHash } from 'node:crypto'
import { canonicalJson } from '../../shared/domain/canonicalJson.ts'
import type { Change } from '../../shared/domain/change.ts'
import type { PlanHeader } from '../../shared/domain/plan.ts'

/** SHA-256 of the RFC 8785 form, hex. */
export function hashValue(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

export function hashChange(change: Change): string {
  return hashValue(change)
}

/** Takes the changes' own hashes one after the other, so that a plan of 100,000 changes never becomes one text. */
export function startPlanHash(header: PlanHeader): { add: (changeHash: string) => void; digest: () => string } {
  const hash = createHash('sha256').update(`${canonicalJson(header)}\n`)
  return {
    add: (changeHash) => void hash.update(`${changeHash}\n`),
    digest: () => hash.digest('hex'),
  }
}
