import { z } from 'zod'
import type { ScopeOperator } from './ruleSet.ts'

/**
 * The shape of a rule file; `parseRuleSet` adds what a shape cannot say. resources/rules.schema.json is made from it, so the
 * descriptions are what an editor shows.
 */
// Lengths stand in patterns: zod's own length checks read `length` of objects too, and throw on some.
const name = z.string().regex(/^[\s\S]{1,256}$/)
const value = z.union([z.string(), z.number(), z.boolean()])
const expressionText = z.string().describe('Expression: texts in double quotes, attribute names, %parameters%, +, functions.')

export const scopeOperators = [
  'EQUAL', 'NOTEQUAL', 'LESSTHAN', 'LESSTHAN_OR_EQUAL', 'GREATERTHAN', 'GREATERTHAN_OR_EQUAL',
  'CONTAINS', 'NOTCONTAINS', 'STARTSWITH', 'NOTSTARTSWITH', 'ENDSWITH', 'NOTENDSWITH',
  'ISNULL', 'ISNOTNULL', 'ISIN', 'ISNOTIN', 'ISBITSET', 'ISBITNOTSET'
] as const satisfies readonly ScopeOperator[]

const scopeClause = z.strictObject({
  attribute: name,
  operator: z.enum(scopeOperators),
  value: z.union([value, z.array(value)]).describe('Missing for ISNULL and ISNOTNULL, a list for ISIN and ISNOTIN.').exactOptional()
})

const ruleHead = {
  name: name.describe('Unique in the set; reasons and lineage name it.'),
  description: z.string().exactOptional(),
  connector: z.enum(['entra', 'ad']),
  objectType: name.describe('Object type of the connector, such as user.'),
  metaverseType: name.describe('Object type of the metaverse, such as person.'),
  scope: z.array(z.array(scopeClause).meta({ minItems: 1 })).describe('Groups joined by OR; the clauses of a group are joined by AND. Missing: everything is in scope.').exactOptional()
}

/** Exactly one key; a union would answer a misspelt key with the problems of every member. */
const flowSource = z.strictObject({ attribute: name.exactOptional(), expression: expressionText.exactOptional(), constant: value.exactOptional() })
  .meta({ minProperties: 1, maxProperties: 1, description: 'One of attribute, expression and constant.' })

const outboundFlowSource = z.strictObject({
  attribute: name.exactOptional(), expression: expressionText.exactOptional(), constant: value.exactOptional(),
  generate: z.literal('password').describe('For unicodePwd only: made at the moment of the write, stored nowhere.').exactOptional()
}).meta({ minProperties: 1, maxProperties: 1, description: 'One of attribute, expression, constant and generate.' })

const inboundRule = z.strictObject({
  ...ruleHead,
  direction: z.literal('inbound'),
  join: z.array(z.strictObject({ connectorAttribute: name, metaverseAttribute: name })).describe('Tried in this order; the first criterion with exactly one match joins.'),
  create: z.boolean().describe('Whether an object that joins nothing gets a metaverse object of its own.'),
  flows: z.array(z.strictObject({ to: name.describe('Metaverse attribute.'), from: flowSource }))
})

const outboundRule = z.strictObject({
  ...ruleHead,
  direction: z.literal('outbound'),
  create: z.boolean().describe('Whether a person in scope without account gets one.'),
  flows: z.array(z.strictObject({
    to: name.describe('Attribute of the connector; dn names and places the account.'),
    from: outboundFlowSource,
    initialOnly: z.boolean().describe('Only when the account is created.').exactOptional(),
    allowNull: z.boolean().describe('A source without value clears the attribute; otherwise the attribute keeps what it has.').exactOptional()
  }))
})

const metaverseAttribute = z.strictObject({
  type: z.enum(['text', 'integer', 'boolean', 'sid', 'guid', 'dn']),
  isMultiValued: z.boolean().exactOptional()
})

export const ruleSetSchema = z.strictObject({
  $schema: z.string().describe('For editors; ignored.').exactOptional(),
  version: z.literal(1),
  name,
  description: z.string().exactOptional(),
  metaverse: z.record(name, z.strictObject({ attributes: z.record(name, metaverseAttribute) })).describe('Object types of the metaverse and their attributes.'),
  rules: z.array(z.discriminatedUnion('direction', [inboundRule, outboundRule])),
  precedence: z.record(name, z.array(name)).describe('Per metaverse attribute the inbound rules, strongest first; the others follow in the order of rules.').exactOptional(),
  merge: z.array(name).describe('Multi-valued metaverse attributes that take the values of all inbound rules together, each value once.').exactOptional()
}).meta({ title: 'Guestbridge rule set' })

/** As in the file, not yet checked: a flow's source may still have several keys or none. */
export type RuleSetFile = z.output<typeof ruleSetSchema>
export type RuleFile = RuleSetFile['rules'][number]
export type FlowFile = RuleFile['flows'][number]

/** JSON Schema (2020-12) of rule files. */
export function describeRuleSetSchema(): unknown {
  return z.toJSONSchema(ruleSetSchema)
}
