import type { Value } from '../../shared/domain/attributes.ts'
import type { ConnectorName } from '../../shared/domain/connectorObject.ts'

/**
 * A rule set as it stands in a file (JSON). `parseRuleSet` (parseRuleSet.ts) makes it from unknown input and compiles the
 * expressions; the engine only ever sees a `CompiledRuleSet`.
 */
export type RuleSet = {
  readonly version: 1
  readonly name: string
  readonly description?: string
  /** Metaverse schema: object types and their attributes. */
  readonly metaverse: Readonly<Record<string, { readonly attributes: Readonly<Record<string, MetaverseAttributeSchema>> }>>
  readonly rules: readonly Rule[]
  /**
   * Per metaverse attribute the names of inbound rules, strongest first. Rules that are not named come behind, in the
   * order in which they stand in `rules`.
   */
  readonly precedence?: Readonly<Record<string, readonly string[]>>
  /**
   * Multi-valued metaverse attributes whose values come from all inbound rules together instead of from the strongest
   * alone, in the order of precedence, each value once.
   */
  readonly merge?: readonly string[]
}

export type MetaverseAttributeSchema = { readonly type: 'text' | 'integer' | 'boolean' | 'sid' | 'guid' | 'dn'; readonly isMultiValued?: boolean }

export type Rule = InboundRule | OutboundRule

type RuleHead = {
  /** Unique in the set, named in reasons and lineage: "AD-B2B-OUT". */
  readonly name: string
  readonly description?: string
  readonly connector: ConnectorName
  readonly objectType: string
  readonly metaverseType: string
  /** Groups joined by OR; the clauses of a group are joined by AND. Missing or empty: everything is in scope. */
  readonly scope?: readonly (readonly ScopeClause[])[]
}

export type InboundRule = RuleHead & {
  readonly direction: 'inbound'
  /** Tried in this order (sync-semantics 10): the first criterion with exactly one match joins. */
  readonly join: readonly JoinCriterion[]
  /** Project a new metaverse object where nothing joins. */
  readonly create: boolean
  readonly flows: readonly InboundFlow[]
}

export type OutboundRule = RuleHead & {
  readonly direction: 'outbound'
  /** Create an account for a person in scope who has none. */
  readonly create: boolean
  readonly flows: readonly OutboundFlow[]
}

export type ScopeOperator =
  | 'EQUAL' | 'NOTEQUAL' | 'LESSTHAN' | 'LESSTHAN_OR_EQUAL' | 'GREATERTHAN' | 'GREATERTHAN_OR_EQUAL'
  | 'CONTAINS' | 'NOTCONTAINS' | 'STARTSWITH' | 'NOTSTARTSWITH' | 'ENDSWITH' | 'NOTENDSWITH'
  | 'ISNULL' | 'ISNOTNULL' | 'ISIN' | 'ISNOTIN' | 'ISBITSET' | 'ISBITNOTSET'

/** `value` is missing for ISNULL and ISNOTNULL; ISIN and ISNOTIN take a list. Text ignores case. */
export type ScopeClause = { readonly attribute: string; readonly operator: ScopeOperator; readonly value?: Value | readonly Value[] }

/** Equal, case ignored; null never matches null (sync-semantics 10). */
export type JoinCriterion = { readonly connectorAttribute: string; readonly metaverseAttribute: string }

/** Exactly one of attribute, expression, constant. */
export type FlowSource = { readonly attribute: string } | { readonly expression: string } | { readonly constant: Value }

export type InboundFlow = { readonly to: string; readonly from: FlowSource }

export type OutboundFlow = {
  readonly to: string
  /** `{ generate: 'password' }` is for unicodePwd only: made at the moment of the write, stored nowhere. */
  readonly from: FlowSource | { readonly generate: 'password' }
  /** Only when the account is created (sync-semantics 2 and 3). */
  readonly initialOnly?: boolean
  /** A metaverse attribute without value clears the target; otherwise the target keeps what it has. */
  readonly allowNull?: boolean
}
