import type { Value } from '../../shared/domain/attributes.ts'
import { parseObjectGuid, parseSid } from '../../shared/domain/ids.ts'
import { scanDn } from '../../shared/domain/scanDn.ts'
import { checkTargetOfAccount } from './accountAttributes.ts'
import type { CompiledFlow } from './compiled.ts'
import { compileAttribute, compileConstant, compiledNothing, compileNode } from './compileExpression.ts'
import type { StaticType } from './functions/definition.ts'
import type { MetaverseAttributes } from './metaverseAttributes.ts'
import { checkAttributeName, schemaOf } from './metaverseAttributes.ts'
import { readNumeric } from './numeric.ts'
import { parseExpression } from './parser.ts'
import type { FlowSource, InboundFlow, MetaverseAttributeSchema, OutboundFlow } from './ruleSet.ts'
import type { FlowFile } from './ruleSetSchema.ts'
import type { Place, RulesProblem } from './rulesProblem.ts'
import { problemAt } from './rulesProblem.ts'
import { typeOf } from './staticType.ts'

/** A flow with what is wrong with it; `compiled` and `flow` are null where it cannot be used at all. */
export type FlowReading<Flow> = { readonly flow: Flow | null; readonly compiled: CompiledFlow | null; readonly problems: readonly RulesProblem[] }

/** Connector attribute, expression or constant into a metaverse attribute. */
export function compileInboundFlow(file: FlowFile, metaverse: MetaverseAttributes, place: Place): FlowReading<InboundFlow> {
  const from = readSource(file.from)
  if (from === null || 'generate' in from) return unusable(place)
  const target = schemaOf(metaverse, file.to)
  const source = compileSource(from, [...place, 'from'])
  const mismatch = target === null ? [] : checkType(from, source.type, target, [...place, 'from'])
  return {
    flow: { to: file.to, from },
    compiled: source.expression === null ? null : { ...source.expression, to: file.to, initialOnly: false, allowNull: false, isGenerated: false },
    problems: [...checkAttributeName(metaverse, file.to, [...place, 'to']), ...source.problems, ...mismatch]
  }
}

/** Metaverse attribute, expression, constant or generated password into an attribute of the account. */
export function compileOutboundFlow(file: FlowFile, metaverse: MetaverseAttributes, place: Place): FlowReading<OutboundFlow> {
  const from = readSource(file.from)
  if (from === null) return unusable(place)
  const flow: OutboundFlow = { ...file, from }
  const source = 'generate' in from ? generatedSource : compileSource(from, [...place, 'from'])
  const key = 'attribute' in from ? 'attribute' : 'expression'
  const read = source.expression?.expression.attributes ?? []
  return {
    flow,
    compiled: source.expression === null ? null : { ...source.expression, to: file.to, initialOnly: flow.initialOnly ?? false, allowNull: flow.allowNull ?? false, isGenerated: 'generate' in from },
    problems: [
      ...read.flatMap((name) => checkAttributeName(metaverse, name, [...place, 'from', key])),
      ...source.problems,
      ...checkTargetOfAccount(flow, source.type, place)
    ]
  }
}

type Source = { readonly expression: Pick<CompiledFlow, 'source' | 'expression'> | null; readonly type: StaticType; readonly problems: readonly RulesProblem[] }

const generatedSource: Source = { expression: { source: 'generated password', expression: compiledNothing }, type: 'text', problems: [] }

function unusable(place: Place): FlowReading<never> {
  return { flow: null, compiled: null, problems: [problemAt([...place, 'from'], 'A flow comes from exactly one of attribute, expression and constant (outbound also generate).')] }
}

function readSource(from: FlowFile['from']): OutboundFlow['from'] | null {
  if (Object.keys(from).length !== 1) return null
  if (from.attribute !== undefined) return { attribute: from.attribute }
  if (from.expression !== undefined) return { expression: from.expression }
  if (from.constant !== undefined) return { constant: from.constant }
  return 'generate' in from && from.generate !== undefined ? { generate: from.generate } : null
}

function compileSource(from: FlowSource, place: Place): Source {
  if ('attribute' in from) return { expression: { source: from.attribute, expression: compileAttribute(from.attribute) }, type: 'any', problems: [] }
  if ('constant' in from) return compileConstantSource(from.constant, place)
  const node = parseExpression(from.expression)
  if (node.ok) return { expression: { source: from.expression, expression: compileNode(node.value, from.expression) }, type: typeOf(node.value), problems: [] }
  const problem = { ...problemAt([...place, 'expression'], node.problem.message), position: node.problem.position }
  return { expression: null, type: 'any', problems: [problem] }
}

function compileConstantSource(constant: Value, place: Place): Source {
  const problems = constant === '' ? [problemAt([...place, 'constant'], 'Empty text is never a value; leave the flow out, or use Null().')] : []
  const type: StaticType = typeof constant === 'string' ? 'text' : typeof constant === 'number' ? 'number' : 'boolean'
  return { expression: { source: `"${String(constant)}"`, expression: compileConstant(constant) }, type, problems }
}

/** Only what is certain: an attribute's or IIF's value is known when it is there. */
function checkType(from: FlowSource, type: StaticType, target: MetaverseAttributeSchema, place: Place): readonly RulesProblem[] {
  if ('constant' in from) return isOfType(from.constant, target) ? [] : [problemAt([...place, 'constant'], `${JSON.stringify(from.constant)} is no value of an attribute of type ${target.type}.`)]
  if (type === 'any') return []
  const wanted: StaticType = target.type === 'integer' ? 'number' : target.type === 'boolean' ? 'boolean' : 'text'
  if (type === wanted) return []
  const remedy = { text: 'CStr', number: 'CNum', boolean: 'CBool', any: '' }[wanted]
  return [problemAt([...place, 'expression'], `The expression gives a ${type}, but the attribute is of type ${target.type}; ${remedy}(…) converts it.`)]
}

function isOfType(constant: Value, { type }: MetaverseAttributeSchema): boolean {
  switch (type) {
    case 'boolean': return typeof constant === 'boolean'
    case 'integer': return typeof constant !== 'boolean' && typeof readNumeric(constant) === 'bigint'
    case 'text': return typeof constant === 'string'
    case 'guid': return typeof constant === 'string' && parseObjectGuid(constant).ok
    case 'sid': return typeof constant === 'string' && parseSid(constant).ok
    case 'dn': return typeof constant === 'string' && scanDn(constant).ok
  }
}
