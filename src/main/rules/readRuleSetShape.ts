import { z } from 'zod'
import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'
import { parseExpression } from './parser.ts'
import type { RuleSetFile } from './ruleSetSchema.ts'
import { ruleSetSchema } from './ruleSetSchema.ts'
import type { Place, RulesProblem } from './rulesProblem.ts'
import { problemAt, unknownName } from './rulesProblem.ts'

/** What could be read, null where the shape does not allow it; and everything that is wrong with the shape. */
export type Shape = { readonly file: RuleSetFile | null; readonly problems: readonly RulesProblem[] }

/**
 * Reads unknown input as a rule file. A misspelt key must not hide the problems of the rules, so it is reported and left
 * out; where the shape stays broken, at least the expressions are looked through.
 */
export function readRuleSetShape(input: unknown): Shape {
  const parsed = ruleSetSchema.safeParse(input)
  if (parsed.success) return { file: parsed.data, problems: [] }
  const { issues } = parsed.error
  const problems = issues.flatMap((issue) => describeIssue(issue, input))
  const cleaned = ruleSetSchema.safeParse(dropUnknownKeys(input, issues))
  if (cleaned.success) return { file: cleaned.data, problems }
  return { file: null, problems: [...problems, ...findExpressions(input, []).flatMap(checkExpression)] }
}

type Issue = z.core.$ZodIssue

function describeIssue(issue: Issue, input: unknown): readonly RulesProblem[] {
  const place = placeOf(issue)
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownName([...place, key], 'key', key, knownKeys(schemaOfFile, place)))
  const found = valueAt(input, place)
  if (!found.ok) return [problemAt(place, `${String(place.at(-1) ?? 'The file')} is missing; ${describeExpected(issue)}.`)]
  return [problemAt(place, `${printValue(found.value)} is not allowed here; ${describeExpected(issue)}.`)]
}

function describeExpected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `allowed: ${issue.values.map((value) => printValue(value)).join(', ')}`
    case 'invalid_type':
      return `it is ${withArticle(issue.expected)}`
    case 'invalid_format':
      return 'a text of 1 to 256 characters is needed'
    case 'invalid_union':
      return issue.discriminator === 'direction' ? 'allowed: "inbound", "outbound"' : 'it is a text, a number, true or false'
    default:
      return issue.message
  }
}

function withArticle(type: string): string {
  const words: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', boolean: 'true or false', array: 'a list', object: 'an object', record: 'an object' }
  return words[type] ?? type
}

/** For a message: values as JSON has them, lists and objects by what they are. */
function printValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60).toWellFormed()}…` : value)
  if (Array.isArray(value)) return 'A list'
  if (isContainer(value)) return 'An object'
  if (value === undefined) return 'nothing'
  // What JSON cannot hold (a bigint, a symbol, a function) has no text of its own there.
  return value === null || typeof value === 'number' || typeof value === 'boolean' ? String(value) : `A ${typeof value}`
}

/** Symbols are no keys of JSON; zod allows them in its types only. */
function placeOf(issue: Issue): Place {
  return issue.path.flatMap((step) => (typeof step === 'symbol' ? [] : [step]))
}

function valueAt(input: unknown, place: Place): Result<unknown, 'missing'> {
  let value = input
  for (const step of place) {
    if (!isContainer(value) || !Object.hasOwn(value, step)) return fail('missing')
    value = value[step]
  }
  return succeed(value)
}

function isContainer(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null
}

function dropUnknownKeys(input: unknown, issues: readonly Issue[]): unknown {
  const dropped = new Set(issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => problemAt([...placeOf(issue), key], '').path) : [])))
  const copy = (value: unknown, place: Place): unknown => {
    // No key of the format lies deeper, however deep the input is.
    if (place.length > 8) return value
    if (Array.isArray(value)) return value.map((item: unknown, index) => copy(item, [...place, index]))
    if (!isContainer(value)) return value
    const kept = Object.entries(value).filter(([key]) => !dropped.has(problemAt([...place, key], '').path))
    return Object.fromEntries(kept.map(([key, item]) => [key, copy(item, [...place, key])]))
  }
  return copy(input, [])
}

const schemaOfFile = z.toJSONSchema(ruleSetSchema)

/** The keys that the schema knows at a place; of a rule those of both directions. */
function knownKeys(schema: z.core.JSONSchema.BaseSchema, place: Place): readonly string[] {
  const members = schema.oneOf ?? schema.anyOf
  if (members !== undefined) return [...new Set(members.flatMap((member) => (typeof member === 'boolean' ? [] : knownKeys(member, place))))]
  const [step, ...rest] = place
  if (step === undefined) return Object.keys(schema.properties ?? {})
  const inside = typeof step === 'number' ? schema.items : schema.properties?.[step] ?? schema.additionalProperties
  return typeof inside === 'object' && !Array.isArray(inside) ? knownKeys(inside, rest) : []
}

type FoundExpression = { readonly text: string; readonly place: Place }

/** Only in places where a file has expressions: `/rules/n/flows/n/from/expression`. */
function findExpressions(value: unknown, place: Place): readonly FoundExpression[] {
  const isExpression = place.length === 6 && place[0] === 'rules' && place[5] === 'expression'
  if (isExpression) return typeof value === 'string' && value !== '' ? [{ text: value, place }] : []
  if (place.length > 5 || !isContainer(value)) return []
  return Object.entries(value).flatMap(([key, item]) => findExpressions(item, [...place, key]))
}

function checkExpression({ text, place }: FoundExpression): readonly RulesProblem[] {
  const node = parseExpression(text)
  return node.ok ? [] : [{ ...problemAt(place, node.problem.message), position: node.problem.position }]
}
