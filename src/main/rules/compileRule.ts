import { assertNever } from '../../shared/domain/assertNever.ts'
import { checkClause } from './checkScope.ts'
import type { CompiledInboundRule, CompiledOutboundRule } from './compiled.ts'
import type { FlowReading } from './compileFlow.ts'
import { compileInboundFlow, compileOutboundFlow } from './compileFlow.ts'
import type { MetaverseAttributes } from './metaverseAttributes.ts'
import { checkAttributeName, schemaOf } from './metaverseAttributes.ts'
import type { InboundRule, JoinCriterion, OutboundFlow, OutboundRule, ScopeClause } from './ruleSet.ts'
import type { RuleFile } from './ruleSetSchema.ts'
import type { Place, RulesProblem } from './rulesProblem.ts'
import { problemAt } from './rulesProblem.ts'

export type RuleReading = {
  readonly rule:
    | { readonly direction: 'inbound'; readonly source: InboundRule; readonly compiled: CompiledInboundRule }
    | { readonly direction: 'outbound'; readonly source: OutboundRule; readonly compiled: CompiledOutboundRule }
  readonly problems: readonly RulesProblem[]
}

/** Compiles one rule and finds everything that is wrong within it. */
export function compileRule(file: RuleFile, metaverse: MetaverseAttributes, place: Place): RuleReading {
  switch (file.direction) {
    case 'inbound':
      return compileInbound(file, metaverse, place)
    case 'outbound':
      return compileOutbound(file, metaverse, place)
    default:
      return assertNever(file)
  }
}

function compileInbound(file: Extract<RuleFile, { direction: 'inbound' }>, metaverse: MetaverseAttributes, place: Place): RuleReading {
  const readings = file.flows.map((flow, index) => compileInboundFlow(flow, metaverse, [...place, 'flows', index]))
  const source: InboundRule = { ...file, flows: flowsOf(readings) }
  return {
    rule: { direction: 'inbound', source, compiled: { ...source, scope: file.scope ?? [], flows: compiledOf(readings) } },
    problems: [
      ...checkScope(file.scope ?? [], null, place),
      ...file.join.flatMap((criterion, index) => checkCriterion(criterion, file.join.slice(0, index), metaverse, [...place, 'join', index])),
      ...readings.flatMap((reading) => reading.problems),
      ...findRepeatedTargets(file.flows.map((flow) => ({ key: flow.to, name: flow.to })), [...place, 'flows'])
    ]
  }
}

function compileOutbound(file: Extract<RuleFile, { direction: 'outbound' }>, metaverse: MetaverseAttributes, place: Place): RuleReading {
  const readings = file.flows.map((flow, index) => compileOutboundFlow(flow, metaverse, [...place, 'flows', index]))
  const source: OutboundRule = { ...file, flows: flowsOf(readings) }
  // The same target may have an initial flow and one for later: the account's first dn and where it belongs afterwards.
  const targets = file.flows.map((flow) => ({ key: `${flow.to.toLowerCase()} ${flow.initialOnly === true}`, name: flow.to }))
  return {
    rule: { direction: 'outbound', source, compiled: { ...source, scope: file.scope ?? [], flows: compiledOf(readings) } },
    problems: [
      ...(file.connector === 'ad' ? [] : [problemAt([...place, 'connector'], 'Only ad is written; entra is read.')]),
      ...checkScope(file.scope ?? [], metaverse, place),
      ...readings.flatMap((reading) => reading.problems),
      ...findRepeatedTargets(targets, [...place, 'flows']),
      ...(file.create ? findMissingNames(file.flows, place) : [])
    ]
  }
}

function flowsOf<Flow>(readings: readonly FlowReading<Flow>[]): readonly Flow[] {
  return readings.map((reading) => reading.flow).filter((flow) => flow !== null)
}

function compiledOf(readings: readonly FlowReading<unknown>[]): CompiledOutboundRule['flows'] {
  return readings.map((reading) => reading.compiled).filter((flow) => flow !== null)
}

/** Of an inbound rule the attributes are the connector's, which the file does not know. */
function checkScope(scope: readonly (readonly ScopeClause[])[], metaverse: MetaverseAttributes, place: Place): readonly RulesProblem[] {
  return scope.flatMap((group, groupIndex) => {
    const at = [...place, 'scope', groupIndex]
    // An empty group would let everything in.
    return group.length === 0 ? [problemAt(at, 'A group needs at least one clause.')] : group.flatMap((clause, index) => checkClauseOfRule(clause, metaverse, [...at, index]))
  })
}

function checkClauseOfRule(clause: ScopeClause, metaverse: MetaverseAttributes, place: Place): readonly RulesProblem[] {
  return [...checkAttributeName(metaverse, clause.attribute, [...place, 'attribute']), ...checkClause(clause, schemaOf(metaverse, clause.attribute), place)]
}

function checkCriterion(criterion: JoinCriterion, before: readonly JoinCriterion[], metaverse: MetaverseAttributes, place: Place): readonly RulesProblem[] {
  const { metaverseAttribute: attribute } = criterion
  const isRepeated = before.some((other) => other.metaverseAttribute === attribute && other.connectorAttribute.toLowerCase() === criterion.connectorAttribute.toLowerCase())
  return [
    ...checkAttributeName(metaverse, attribute, [...place, 'metaverseAttribute']),
    // Half of all persons would match.
    ...(schemaOf(metaverse, attribute)?.type === 'boolean' ? [problemAt([...place, 'metaverseAttribute'], `${attribute} is true or false and identifies nobody.`)] : []),
    ...(isRepeated ? [problemAt(place, `${criterion.connectorAttribute} = ${attribute} was tried before.`)] : [])
  ]
}

function findRepeatedTargets(targets: readonly { readonly key: string; readonly name: string }[], place: Place): readonly RulesProblem[] {
  return targets.flatMap(({ key, name }, index) => {
    const first = targets.findIndex((other) => other.key === key)
    return first < index ? [problemAt([...place, index, 'to'], `Flow ${first + 1} of this rule writes ${name} already.`)] : []
  })
}

/** An account is planned by its place and its account name; the directory would make up the second one. */
function findMissingNames(flows: readonly Pick<OutboundFlow, 'to'>[], place: Place): readonly RulesProblem[] {
  const missing = ['dn', 'sAMAccountName'].filter((name) => !flows.some((flow) => flow.to.toLowerCase() === name.toLowerCase()))
  return missing.map((name) => problemAt([...place, 'flows'], `The rule creates accounts, so a flow must say their ${name}.`))
}
