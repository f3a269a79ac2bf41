import type { Value } from '../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { FlowTrace } from '../../shared/domain/decision.ts'
import type { Contribution, Link, LostContribution, MetaverseAttribute } from '../../shared/domain/metaverse.ts'
import type { ObjectProblem } from '../../shared/domain/problem.ts'
import { fail, type Result } from '../../shared/domain/result.ts'
import type { CompiledFlow, CompiledInboundRule } from '../rules/compiled.ts'
import type { MetaverseAttributeSchema } from '../rules/ruleSet.ts'
import { connectorReader } from './connectorAttribute.ts'
import type { EngineSettings, InboundInput, InboundResult } from './contract.ts'
import { evaluateFlow, flowInputs } from './evaluateFlow.ts'
import { metaverseValues } from './metaverseValues.ts'
import { evaluateScope } from './scope.ts'

/**
 * Third step: the attributes of a person from all linked objects. For each attribute the flow of the strongest rule that
 * has a value wins; null contributes nothing, so that the next one in precedence does (MIM's null semantics). An attribute
 * that the rule set merges takes the values of all of them. A rule whose
 * scope does not hold for the object contributes nothing, and neither does a flow that failed: its problem is returned.
 * The result does not depend on the order of links and connectors.
 */
export function flowInbound(settings: EngineSettings, input: InboundInput): InboundResult {
  const work: InboundWork = { settings, schema: settings.rules.source.metaverse[input.objectType]?.attributes ?? {}, offers: new Map(), failed: new Set(), traces: [], problems: [] }
  for (const object of input.connectors.toSorted(byIdentity)) flowFromObject(work, input.objectType, object)

  const attributes: Record<string, MetaverseAttribute> = {}
  const won = new Set<FlowTrace>()
  const merges = new Set(settings.rules.source.merge)
  for (const name of [...work.offers.keys()].sort()) {
    const offers = (work.offers.get(name) ?? []).sort(byStrength)
    const contributing = offers.filter((offer) => offer.contribution.values.length > 0)
    const [winner, ...weaker] = contributing
    if (winner === undefined) continue
    const merged = merges.has(name) ? weaker : []
    for (const { trace } of [winner, ...merged]) won.add(trace)
    const losers = offers.flatMap((offer) => (offer === winner || merged.includes(offer) ? [] : [lost(offer.contribution)]))
    attributes[name] = mergeValues({ values: winner.contribution.values, winner: winner.contribution, losers }, merged)
  }
  return {
    object: { id: input.id, objectType: input.objectType, attributes, links: input.links.toSorted(byIdentity) },
    traces: work.traces.map((trace) => (trace.outcome === 'applied' && !won.has(trace) ? { ...trace, outcome: 'lost' } : trace)),
    problems: work.problems,
    failedAttributes: [...work.failed].filter((name) => attributes[name] === undefined).sort(),
  }
}

/** MIM's merge: the values of all who contribute, each once; texts that differ in case only are one value, the strongest's. */
function mergeValues(attribute: MetaverseAttribute, merged: readonly Offer[]): MetaverseAttribute {
  if (merged.length === 0) return attribute
  const values = new Map<string, Value>()
  for (const value of [attribute.values, ...merged.map((offer) => offer.contribution.values)].flat()) {
    const key = `${typeof value}:${String(value).toLowerCase()}`
    if (!values.has(key)) values.set(key, value)
  }
  return { ...attribute, values: [...values.values()], merged: merged.map((offer) => offer.contribution) }
}

/** Local to one call. A trace says `applied` until the winners are known. */
type InboundWork = {
  readonly settings: EngineSettings
  readonly schema: Readonly<Record<string, MetaverseAttributeSchema>>
  readonly offers: Map<string, Offer[]>
  readonly failed: Set<string>
  readonly traces: FlowTrace[]
  readonly problems: ObjectProblem[]
}

type Offer = { readonly strength: number; readonly contribution: Contribution; readonly trace: FlowTrace }

function flowFromObject(work: InboundWork, metaverseType: string, object: ConnectorObject): void {
  const read = connectorReader(object)
  for (const rule of work.settings.rules.inbound) {
    if (rule.connector !== object.connector || rule.objectType !== object.objectType || rule.metaverseType !== metaverseType) continue
    const isInScope = rule.scope.length === 0 || evaluateScope(rule.scope, read).isInScope
    for (const flow of rule.flows) {
      if (isInScope) offerFlow(work, rule, flow, object, read)
      else work.traces.push({ rule: rule.name, target: flow.to, source: flow.source, result: null, outcome: 'notInScope', inputs: {} })
    }
  }
}

function offerFlow(work: InboundWork, rule: CompiledInboundRule, flow: CompiledFlow, object: ConnectorObject, read: (attribute: string) => readonly Value[]): void {
  const head = { rule: rule.name, target: flow.to, source: flow.source, inputs: flowInputs(flow, read) }
  const result = typedFlow(work, rule, flow, object, read)
  if (!result.ok) {
    work.problems.push(result.problem)
    work.failed.add(flow.to)
    work.traces.push({ ...head, result: null, outcome: 'failed' })
    return
  }
  const values = result.value
  const trace: FlowTrace = { ...head, result: values.length === 0 ? null : values, outcome: values.length === 0 ? 'null' : 'applied' }
  work.traces.push(trace)
  const contribution = { connector: object.connector, anchor: object.anchor, rule: rule.name, source: flow.source, values }
  const offer = { strength: work.settings.rules.precedenceOf(flow.to, rule.name), contribution, trace }
  const offers = work.offers.get(flow.to)
  if (offers === undefined) work.offers.set(flow.to, [offer])
  else offers.push(offer)
}

function typedFlow(work: InboundWork, rule: CompiledInboundRule, flow: CompiledFlow, object: ConnectorObject, read: (attribute: string) => readonly Value[]): Result<readonly Value[], ObjectProblem> {
  const result = evaluateFlow(work.settings, { connector: object.connector, object: object.anchor, rule: rule.name }, flow, read)
  if (!result.ok || result.value.length === 0) return result
  const schema = work.schema[flow.to]
  const typed = schema === undefined ? fail('has no place in the metaverse schema') : metaverseValues(schema, result.value)
  return typed.ok ? typed : fail(wrongType(rule, flow, object, typed.problem))
}

function wrongType(rule: CompiledInboundRule, flow: CompiledFlow, object: ConnectorObject, what: string): ObjectProblem {
  return {
    kind: 'valueOfWrongType',
    message: `The value for ${flow.to} by rule "${rule.name}" ${what}.`,
    remedy: `Correct the flow ${flow.source} → ${flow.to}, or the attribute's type in the metaverse schema of the rule set.`,
    connector: object.connector,
    object: object.anchor,
    detail: { rule: rule.name, attribute: flow.to },
  }
}

/** Equal strength is one rule with two objects of a connector: the anchor decides, so that the order of rows does not. */
function byStrength(left: Offer, right: Offer): number {
  return left.strength - right.strength || byIdentity(left.contribution, right.contribution)
}

function lost(contribution: Contribution): LostContribution {
  return { ...contribution, why: contribution.values.length === 0 ? 'null' : 'lowerPrecedence' }
}

type Identity = Pick<Link, 'connector' | 'anchor'>

function byIdentity(left: Identity, right: Identity): number {
  if (left.connector !== right.connector) return left.connector < right.connector ? -1 : 1
  if (left.anchor === right.anchor) return 0
  return left.anchor < right.anchor ? -1 : 1
}
