import type { Value } from '../../shared/domain/attributes.ts'
import type { Result } from '../../shared/domain/result.ts'
import type { InboundRule, OutboundRule, RuleSet, ScopeClause } from './ruleSet.ts'

/** What an expression may ask for. No clock and no randomness: both are values of the synchronisation (invariant 3). */
export type EvaluationContext = {
  /** Values of an attribute; none for an unknown name. */
  readonly read: (attribute: string) => readonly Value[]
  /** `%name%`, ignoring case; null where there is no such parameter. */
  readonly parameter: (name: string) => string | null
  /** The one `now` of the synchronisation, ISO 8601 in UTC. */
  readonly now: string
  /** For RandomNum and GUID: derived from this text (seed, anchor, rule, attribute), so that replay gives the same. */
  readonly seed: string
}

export type EvaluationProblem = { readonly kind: 'evaluation'; readonly message: string; readonly position: number }

/** An expression that was parsed once. Evaluation never throws and never loops; no value means null. */
export type CompiledExpression = {
  readonly text: string
  /** Attributes that it may read, in the order in which they stand. */
  readonly attributes: readonly string[]
  readonly evaluate: (context: EvaluationContext) => Result<readonly Value[], EvaluationProblem>
}

export type CompiledFlow = {
  readonly to: string
  /** For lineage: attribute name, expression text, or the constant in quotes. */
  readonly source: string
  readonly expression: CompiledExpression
  readonly initialOnly: boolean
  readonly allowNull: boolean
  readonly isGenerated: boolean
}

export type CompiledInboundRule = Omit<InboundRule, 'flows' | 'scope'> & { readonly scope: readonly (readonly ScopeClause[])[]; readonly flows: readonly CompiledFlow[] }
export type CompiledOutboundRule = Omit<OutboundRule, 'flows' | 'scope'> & { readonly scope: readonly (readonly ScopeClause[])[]; readonly flows: readonly CompiledFlow[] }

export type CompiledRuleSet = {
  readonly source: RuleSet
  readonly inbound: readonly CompiledInboundRule[]
  readonly outbound: readonly CompiledOutboundRule[]
  /** Position of an inbound rule for an attribute: lower wins. */
  readonly precedenceOf: (metaverseAttribute: string, rule: string) => number
  /** Every attribute of that connector that a scope, join or flow reads or writes. */
  readonly attributesOf: (connector: 'entra' | 'ad') => readonly string[]
  /** Metaverse attributes that join criteria look up: the store indexes them. */
  readonly joinAttributes: readonly string[]
}
