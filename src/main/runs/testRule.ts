import type { Attributes, Value } from '../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { ScopeResult } from '../../shared/domain/decision.ts'
import { nearestName } from '../../shared/domain/nearestName.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import { connectorReader } from '../engine/connectorAttribute.ts'
import type { EngineSettings } from '../engine/contract.ts'
import { evaluateFlow, flowInputs, type FlowOwner } from '../engine/evaluateFlow.ts'
import { evaluateScope } from '../engine/scope.ts'
import { compileExpression } from '../rules/compileExpression.ts'
import type { CompiledFlow, CompiledInboundRule, CompiledOutboundRule } from '../rules/compiled.ts'
import type { FoundObject } from './findObject.ts'

export type TestedFlow = {
  /** Null for an expression that belongs to no flow. */
  readonly to: string | null
  readonly source: string
  readonly inputs: Attributes
  readonly result: { readonly kind: 'values'; readonly values: readonly Value[] } | { readonly kind: 'failed'; readonly message: string }
}

export type RuleTestResult = { readonly on: string; readonly scope: { readonly rule: string; readonly scope: ScopeResult } | null; readonly results: readonly TestedFlow[] }

type Read = (attribute: string) => readonly Value[]
type Subject = FlowOwner & { readonly read: Read }

/**
 * Evaluates an expression on one object: on the metaverse object where there is one, because that is what outbound flows
 * read, and on the guest or the account otherwise. Stores nothing.
 */
export function testExpression(settings: EngineSettings, text: string, found: FoundObject): Result<RuleTestResult, Problem> {
  const expression = compileExpression(text)
  if (!expression.ok) {
    const { message, position } = expression.problem
    return fail({ kind: 'usage', message: `The expression cannot be read at position ${position}: ${message}`, remedy: `Correct it: ${text}`, detail: { position } })
  }
  const subject = subjectOf(found, 'metaverse', 'expression') ?? subjectOf(found, 'entra', 'expression') ?? subjectOf(found, 'ad', 'expression')
  if (subject === null) throw new Error('An object was found that is nowhere')
  const flow: CompiledFlow = { to: 'result', source: text, expression: expression.value, initialOnly: false, allowNull: true, isGenerated: false }
  return succeed({ on: subject.object, scope: null, results: [{ ...testFlow(settings, subject, flow), to: null }] })
}

/** The scope and every flow of a rule on one object: inbound on the object of its connector, outbound on the person. */
export function testRule(settings: EngineSettings, name: string, found: FoundObject): Result<RuleTestResult, Problem> {
  const { inbound, outbound } = settings.rules
  const rules: readonly (CompiledInboundRule | CompiledOutboundRule)[] = [...inbound, ...outbound]
  const rule = rules.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
  if (rule === undefined) return fail(unknownRule(name, rules.map((known) => known.name)))
  const subject = subjectOf(found, rule.direction === 'outbound' ? 'metaverse' : rule.connector, rule.name)
  if (subject === null) {
    return fail({ kind: 'notFoundInWorkspace', message: `The rule "${rule.name}" reads ${rule.direction === 'outbound' ? 'the metaverse' : rule.connector}, where this object is not.`, remedy: 'Name another object, or run the cycle first.' })
  }
  const scope = { rule: rule.name, scope: evaluateScope(rule.scope, subject.read) }
  const flows: readonly CompiledFlow[] = rule.flows
  return succeed({ on: subject.object, scope, results: flows.filter(({ isGenerated }) => !isGenerated).map((flow) => testFlow(settings, subject, flow)) })
}

function testFlow(settings: EngineSettings, subject: Subject, flow: CompiledFlow): TestedFlow {
  const result = evaluateFlow(settings, subject, flow, subject.read)
  return {
    to: flow.to, source: flow.source, inputs: flowInputs(flow, subject.read),
    result: result.ok ? { kind: 'values', values: result.value } : { kind: 'failed', message: result.problem.message },
  }
}

function subjectOf({ person, guest, account }: FoundObject, where: FlowOwner['connector'], rule: string): Subject | null {
  if (where === 'metaverse') return person === null ? null : { connector: where, object: person.id, rule, read: (name) => person.attributes[name]?.values ?? [] }
  const object: ConnectorObject | undefined = (where === 'entra' ? guest : account)?.object
  return object === undefined ? null : { connector: where, object: object.anchor, rule, read: connectorReader(object) }
}

function unknownRule(name: string, known: readonly string[]): Problem {
  const nearest = nearestName(name, known)
  return { kind: 'usage', message: `There is no rule "${name}"${nearest === null ? '' : `; did you mean "${nearest}"?`}`, remedy: `Known are: ${known.join(', ')}.` }
}
