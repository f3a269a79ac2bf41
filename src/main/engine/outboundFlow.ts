import type { SchemaAttribute, Value } from '../../shared/domain/attributes.ts'
import type { Provenance } from '../../shared/domain/change.ts'
import type { FlowTrace } from '../../shared/domain/decision.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { ObjectProblem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import type { CompiledFlow, CompiledOutboundRule } from '../rules/compiled.ts'
import { checkAccountName, checkUserPrincipalName } from './accountNameRules.ts'
import type { EngineSettings } from './contract.ts'
import { directoryAttribute, directoryValues, type ValueRefusal } from './directoryValues.ts'
import { evaluateFlow, flowInputs } from './evaluateFlow.ts'
import { entraIdOf, ownershipMark } from './personIdentity.ts'

/** What a flow wants an attribute of the account to be. */
export type WantedAttribute = {
  readonly attribute: SchemaAttribute
  readonly from: Provenance
  readonly allowNull: boolean
  readonly trace: Omit<FlowTrace, 'outcome' | 'result'>
  readonly wanted:
    | { readonly kind: 'values'; readonly values: readonly Value[] }
    | { readonly kind: 'generated' }
    | { readonly kind: 'initialOnly' }
    | { readonly kind: 'failed'; readonly problem: ObjectProblem }
}

/**
 * What the rules want of the account, one entry an attribute. A rule may say where a new account goes by one flow and where
 * it belongs afterwards by another: `phase` decides which is asked. Where several rules in scope write one attribute, the
 * first rule of the set does.
 */
export function flowOutbound(settings: EngineSettings, person: MetaverseObject, rules: readonly CompiledOutboundRule[], phase: 'create' | 'update'): readonly WantedAttribute[] {
  const wanted = new Map<string, WantedAttribute>()
  for (const [key, { rule, flow }] of chooseFlows(rules, phase)) wanted.set(key, wantAttribute(settings, person, rule, flow, phase))
  const [firstRule] = rules
  if (firstRule !== undefined) wanted.set(markKey, wantMark(settings, person, firstRule, wanted.get(markKey)))
  return [...wanted.values()]
}

type Chosen = { readonly rule: CompiledOutboundRule; readonly flow: CompiledFlow }

function chooseFlows(rules: readonly CompiledOutboundRule[], phase: 'create' | 'update'): ReadonlyMap<string, Chosen> {
  const chosen = new Map<string, Chosen>()
  for (const rule of rules) {
    for (const flow of rule.flows) {
      const key = flow.to.toLowerCase()
      const former = chosen.get(key)
      if (former === undefined || (former.rule === rule && flow.initialOnly === (phase === 'create'))) chosen.set(key, { rule, flow })
    }
  }
  return chosen
}

const none: readonly Value[] = []
const markKey = 'admindescription'
const markSource = 'ownership mark'

/** Never written to an account that exists, whatever a rule set says (sync-semantics 2 and 3). */
const alwaysInitialOnly: ReadonlySet<string> = new Set(['useraccountcontrol', 'unicodepwd', 'samaccountname'])

function wantAttribute(settings: EngineSettings, person: MetaverseObject, rule: CompiledOutboundRule, flow: CompiledFlow, phase: 'create' | 'update'): WantedAttribute {
  const read = (attribute: string): readonly Value[] => person.attributes[attribute]?.values ?? none
  const attribute = directoryAttribute(settings.directorySchema, flow.to)
  const head = {
    attribute,
    from: { connector: contributorOf(person, flow), rule: rule.name, source: flow.source },
    allowNull: flow.allowNull,
    trace: { rule: rule.name, target: attribute.name, source: flow.source, inputs: flowInputs(flow, read) },
  }
  const isInitialOnly = flow.initialOnly || flow.isGenerated || alwaysInitialOnly.has(flow.to.toLowerCase())
  if (phase === 'update' && isInitialOnly) return { ...head, wanted: { kind: 'initialOnly' } }
  if (flow.isGenerated) return { ...head, wanted: { kind: 'generated' } }
  const result = evaluateFlow(settings, { connector: 'metaverse', object: person.id, rule: rule.name }, flow, read)
  if (!result.ok) return { ...head, wanted: { kind: 'failed', problem: result.problem } }
  const values = checkValues(attribute, result.value)
  return { ...head, wanted: values.ok ? { kind: 'values', values: values.value } : { kind: 'failed', problem: refusal(person, head.from, attribute.name, values.problem) } }
}

/** The DN is checked as a whole where it is used; it is no attribute that could be written. */
function checkValues(attribute: SchemaAttribute, values: readonly Value[]): Result<readonly Value[], ValueRefusal> {
  const key = attribute.name.toLowerCase()
  if (key === 'dn') return succeed(values)
  const checked = directoryValues(attribute, values)
  const [first] = values
  if (!checked.ok || first === undefined) return checked
  const named = checkName(key, String(first))
  return named.ok ? checked : named
}

function checkName(key: string, name: string): Result<null, ValueRefusal> {
  if (key === 'samaccountname') return checkAccountName(name)
  return key === 'userprincipalname' ? checkUserPrincipalName(name) : succeed(null)
}

/** The connector that contributed the first metaverse attribute that the flow reads. */
function contributorOf(person: MetaverseObject, flow: CompiledFlow): Provenance['connector'] {
  const [attribute] = flow.expression.attributes
  return attribute === undefined ? null : (person.attributes[attribute]?.winner.connector ?? null)
}

/**
 * The mark is on every account that we create or adopt (sync-semantics 10), whether a rule set knows of it or not; a flow
 * that says the same keeps its name in the provenance.
 */
function wantMark(settings: EngineSettings, person: MetaverseObject, rule: CompiledOutboundRule, byRule: WantedAttribute | undefined): WantedAttribute {
  const entraId = entraIdOf(person)
  const values = entraId === null ? [] : [ownershipMark(entraId)]
  if (byRule?.wanted.kind === 'values' && byRule.wanted.values[0] === values[0]) return byRule
  return {
    attribute: directoryAttribute(settings.directorySchema, 'adminDescription'),
    from: { connector: 'entra', rule: rule.name, source: markSource },
    allowNull: false,
    trace: { rule: rule.name, target: 'adminDescription', source: markSource, inputs: {} },
    wanted: { kind: 'values', values },
  }
}

function refusal(person: MetaverseObject, from: Provenance, attribute: string, { kind, what }: ValueRefusal): ObjectProblem {
  return {
    kind,
    message: `${attribute} ${what}.`,
    remedy: `Correct the value at its source, or the flow ${from.source} → ${attribute} of rule "${from.rule}".`,
    connector: 'metaverse',
    object: person.id,
    detail: { rule: from.rule, attribute },
  }
}

/** The first problem of a set of flows: an account is written as a whole or not at all. */
export function firstFailure(flows: readonly WantedAttribute[]): ObjectProblem | null {
  for (const { wanted } of flows) {
    if (wanted.kind === 'failed') return wanted.problem
  }
  return null
}

export function traceOf({ trace, wanted }: WantedAttribute, outcome: FlowTrace['outcome']): FlowTrace {
  return { ...trace, result: wanted.kind === 'values' && wanted.values.length > 0 ? wanted.values : null, outcome }
}
