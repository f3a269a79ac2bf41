import type { FlowKind, OutlinedAttribute, OutlinedFlow, OutlinedRule, RulesOutline } from '../../shared/api/rulesEditing.ts'
import type { CompiledFlow, CompiledInboundRule, CompiledOutboundRule, CompiledRuleSet } from '../rules/compiled.ts'
import type { InboundFlow, OutboundFlow } from '../rules/ruleSet.ts'

type AnyRule = CompiledInboundRule | CompiledOutboundRule
type FlowSource = InboundFlow['from'] | OutboundFlow['from']

/** A rule set as pictures and tables show it, in the order of its file. */
export function outlineRules(rules: CompiledRuleSet): RulesOutline {
  const { source } = rules
  const compiled = new Map<string, AnyRule>([...rules.inbound, ...rules.outbound].map((rule) => [rule.name, rule]))
  return {
    name: source.name, description: source.description ?? null,
    rules: source.rules.flatMap((rule) => {
      const one = compiled.get(rule.name)
      return one === undefined ? [] : [outlineRule(one, rule.flows.map(({ from }) => from))]
    }),
    metaverse: Object.entries(source.metaverse).flatMap(([objectType, { attributes }]) => Object.entries(attributes).map(([name, { type, isMultiValued }]): OutlinedAttribute => ({
      objectType, name, type, isMultiValued: isMultiValued ?? false, isMerged: source.merge?.includes(name) ?? false,
      contributors: contributorsOf(rules, objectType, name), readBy: readersOf(rules, objectType, name),
    }))),
  }
}

function outlineRule(rule: AnyRule, sources: readonly FlowSource[]): OutlinedRule {
  const { name, direction, connector, objectType, metaverseType, create } = rule
  return {
    name, direction, connector, objectType, metaverseType, create, description: rule.description ?? null,
    scope: rule.scope.map((group) => group.map(({ attribute, operator, value }) => ({ attribute, operator, value: value === undefined ? null : String(value) }))),
    joins: rule.direction === 'inbound' ? rule.join : [],
    flows: rule.flows.map((flow, index) => outlineFlow(flow, sources[index])),
  }
}

function outlineFlow(flow: CompiledFlow, from: FlowSource | undefined): OutlinedFlow {
  const { to, source, expression, initialOnly, allowNull } = flow
  return { to, source, kind: kindOf(from), reads: [...new Set(expression.attributes)], constant: from !== undefined && 'constant' in from ? from.constant : null, initialOnly, allowNull }
}

function kindOf(from: FlowSource | undefined): FlowKind {
  if (from === undefined || 'expression' in from) return 'expression'
  if ('attribute' in from) return 'direct'
  return 'constant' in from ? 'constant' : 'generated'
}

function contributorsOf({ inbound, precedenceOf }: CompiledRuleSet, type: string, attribute: string): readonly string[] {
  return inbound.filter((rule) => rule.metaverseType === type && rule.flows.some(({ to }) => to === attribute))
    .map(({ name }) => name).sort((left, right) => precedenceOf(attribute, left) - precedenceOf(attribute, right))
}

function readersOf({ outbound }: CompiledRuleSet, type: string, attribute: string): OutlinedAttribute['readBy'] {
  return outbound.filter((rule) => rule.metaverseType === type)
    .flatMap((rule) => rule.flows.filter(({ expression }) => expression.attributes.includes(attribute)).map(({ to }) => ({ rule: rule.name, to })))
}
