import type { Change } from '../../shared/domain/change.ts'
import type { PlanHeader } from '../../shared/domain/plan.ts'
import { hashCanonically, startLineHash } from '../workspace/lineHash.ts'

/** Of rules and settings, by which a plan is bound to them. */
export function hashValue(value: unknown): string {
  return hashCanonically(value)
}

export function hashChange(change: Change): string {
  return hashCanonically(change)
}

export function startPlanHash(header: PlanHeader): ReturnType<typeof startLineHash> {
  return startLineHash(header)
}
