import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'
import type { CompiledInboundRule, CompiledOutboundRule, CompiledRuleSet } from './compiled.ts'
import type { RuleReading } from './compileRule.ts'
import { compileRule } from './compileRule.ts'
import { readRuleSetShape } from './readRuleSetShape.ts'
import type { RuleSet } from './ruleSet.ts'
import type { RuleSetFile } from './ruleSetSchema.ts'
import type { RulesProblem } from './rulesProblem.ts'
import { problemAt, unknownName } from './rulesProblem.ts'

/**
 * Reads a rule file (parsed JSON) and compiles its expressions. Everything that is wrong comes at once, in the order of the
 * file: shape, names, expressions with position, types as far as they can be known, and what no directory would take.
 */
export function parseRuleSet(input: unknown): Result<CompiledRuleSet, readonly RulesProblem[]> {
  const shape = readRuleSetShape(input)
  if (shape.file === null) return fail(shape.problems)
  const { file } = shape
  const readings = file.rules.map((rule, index) => compileRule(rule, attributesOfType(file, rule.metaverseType), ['rules', index]))
  const problems = [
    ...shape.problems,
    ...checkMetaverse(file),
    ...checkRuleHeads(file),
    ...readings.flatMap((reading) => reading.problems),
    ...checkPrecedence(file),
    ...checkMerge(file)
  ]
  return problems.length > 0 ? fail(problems) : succeed(compileRuleSet(file, readings))
}

function compileRuleSet(file: RuleSetFile, readings: readonly RuleReading[]): CompiledRuleSet {
  const { $schema: _, ...content } = file
  const source: RuleSet = { ...content, rules: readings.map((reading) => reading.rule.source) }
  const inbound = readings.flatMap(({ rule }) => (rule.direction === 'inbound' ? [rule.compiled] : []))
  const outbound = readings.flatMap(({ rule }) => (rule.direction === 'outbound' ? [rule.compiled] : []))
  const joined = inbound.flatMap((rule) => rule.join.map((criterion) => criterion.metaverseAttribute))
  return {
    source, inbound, outbound,
    precedenceOf: (attribute, rule) => positionOf(source, inbound, attribute, rule),
    attributesOf: (connector) => [...new Set([...inbound, ...outbound].filter((rule) => rule.connector === connector).flatMap(connectorAttributesOf))].sort(),
    joinAttributes: [...new Set(joined)].sort()
  }
}

/** Lower wins: the named rules first, the others in the order of the file; a rule that does not exist comes behind all. */
function positionOf(source: RuleSet, inbound: readonly CompiledInboundRule[], attribute: string, rule: string): number {
  const named = source.precedence !== undefined && Object.hasOwn(source.precedence, attribute) ? source.precedence[attribute] ?? [] : []
  const position = named.indexOf(rule)
  if (position >= 0) return position
  const index = inbound.findIndex((one) => one.name === rule)
  return named.length + (index >= 0 ? index : inbound.length)
}

/** Neither can be imported: dn is the name of the object, unicodePwd is never shown by a directory. */
const neverImported = new Set(['dn', 'unicodepwd'])

function connectorAttributesOf(rule: CompiledInboundRule | CompiledOutboundRule): readonly string[] {
  if (rule.direction === 'outbound') return rule.flows.map((flow) => flow.to).filter((name) => !neverImported.has(name.toLowerCase()))
  const read = rule.flows.flatMap((flow) => flow.expression.attributes)
  return [...rule.scope.flat().map((clause) => clause.attribute), ...rule.join.map((criterion) => criterion.connectorAttribute), ...read]
}

function attributesOfType(file: RuleSetFile, type: string): RuleSetFile['metaverse'][string]['attributes'] | null {
  return Object.hasOwn(file.metaverse, type) ? file.metaverse[type]?.attributes ?? null : null
}

/** Two attributes that differ in case only would be one to whoever reads a screen. */
function checkMetaverse(file: RuleSetFile): readonly RulesProblem[] {
  return Object.entries(file.metaverse).flatMap(([type, { attributes }]) => Object.keys(attributes).flatMap((name, index, names) => {
    const first = names.findIndex((other) => other.toLowerCase() === name.toLowerCase())
    return first < index ? [problemAt(['metaverse', type, 'attributes', name], `${name} differs from ${names[first]} in case only.`)] : []
  }))
}

function checkRuleHeads(file: RuleSetFile): readonly RulesProblem[] {
  return file.rules.flatMap((rule, index) => {
    const first = file.rules.findIndex((other) => other.name.toLowerCase() === rule.name.toLowerCase())
    const repeated = first < index ? [problemAt(['rules', index, 'name'], `Rule ${first + 1} has the name ${rule.name} already.`)] : []
    const isKnown = Object.hasOwn(file.metaverse, rule.metaverseType)
    return isKnown ? repeated : [...repeated, unknownName(['rules', index, 'metaverseType'], 'metaverse type', rule.metaverseType, Object.keys(file.metaverse))]
  })
}

function checkPrecedence(file: RuleSetFile): readonly RulesProblem[] {
  const attributes = [...new Set(Object.values(file.metaverse).flatMap((type) => Object.keys(type.attributes)))]
  const inbound = file.rules.filter((rule) => rule.direction === 'inbound')
  return Object.entries(file.precedence ?? {}).flatMap(([attribute, names]) => {
    const place = ['precedence', attribute]
    const unknown = attributes.includes(attribute) ? [] : [unknownName(place, 'metaverse attribute', attribute, attributes)]
    return [...unknown, ...names.flatMap((name, index) => {
      const rule = inbound.find((one) => one.name === name)
      if (rule === undefined) return [unknownName([...place, index], 'inbound rule', name, inbound.map((one) => one.name))]
      if (names.indexOf(name) < index) return [problemAt([...place, index], `${name} is named twice.`)]
      return unknown.length > 0 || rule.flows.some((flow) => flow.to === attribute) ? [] : [problemAt([...place, index], `${name} does not contribute ${attribute}.`)]
    })]
  })
}

/** One value cannot be merged of several; a name that is misspelt would silently keep precedence. */
function checkMerge(file: RuleSetFile): readonly RulesProblem[] {
  const types = Object.values(file.metaverse)
  return (file.merge ?? []).flatMap((attribute, index, all) => {
    const place = ['merge', index]
    const schemas = types.flatMap(({ attributes }) => (Object.hasOwn(attributes, attribute) ? [attributes[attribute]] : []))
    if (schemas.length === 0) return [unknownName(place, 'metaverse attribute', attribute, types.flatMap((type) => Object.keys(type.attributes)))]
    if (all.indexOf(attribute) < index) return [problemAt(place, `${attribute} is named twice.`)]
    return schemas.some((schema) => schema?.isMultiValued !== true) ? [problemAt(place, `${attribute} takes one value and cannot be merged; isMultiValued would allow it.`)] : []
  })
}
