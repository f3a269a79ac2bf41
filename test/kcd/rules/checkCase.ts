import type { DelegationFacts, DelegationIntent } from '../../../src/shared/domain/delegation.ts'

/** What a world is expected to show of one check: the worst that it says, what the sentence must name, and what can be planned for it. */
export type CheckCase = {
  readonly check: number
  readonly passing: DelegationFacts
  readonly failing: readonly { readonly rule: string; readonly world: DelegationFacts; readonly state: 'failed' | 'warning'; readonly names: RegExp; readonly intent?: DelegationIntent }[]
  /** Null: the check depends on no reading that could be missing. */
  readonly notChecked: DelegationFacts | null
}
