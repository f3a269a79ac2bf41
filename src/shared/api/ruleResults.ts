import type { Attributes, Value } from '../domain/attributes.ts'
import type { Change } from '../domain/change.ts'
import type { ScopeResult, SkipReason } from '../domain/decision.ts'

/** What an expression or each flow of a rule gives on one object, as the synchronisation would evaluate it. */
export type RuleTest = {
  readonly subject: string
  readonly on: string
  readonly scope: { readonly rule: string; readonly scope: ScopeResult } | null
  readonly results: readonly {
    readonly to: string | null
    readonly source: string
    readonly inputs: Attributes
    readonly result: { readonly kind: 'values'; readonly values: readonly Value[] } | { readonly kind: 'failed'; readonly message: string }
  }[]
}

/** What two rule sets decide about the data of the last imports. `differing` counts all, `differences` may be fewer. */
export type RuleSetComparison = {
  readonly current: RuleSetOutcome
  readonly other: RuleSetOutcome
  readonly differing: number
  readonly differences: readonly { readonly metaverseId: string; readonly current: ComparedDecision; readonly other: ComparedDecision }[]
}
export type RuleSetOutcome = { readonly name: string; readonly changes: Readonly<Record<Change['kind'], number>>; readonly skips: Readonly<Record<string, number>>; readonly problems: number }
/** Null: the person would not even be in the metaverse. */
export type ComparedDecision = { readonly kind: 'change'; readonly change: Change } | { readonly kind: 'skip'; readonly reason: SkipReason } | null
