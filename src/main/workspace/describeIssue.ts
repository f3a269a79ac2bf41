import { z } from 'zod'
import { nearestName } from '../../shared/domain/nearestName.ts'
import type { ConfigurationFinding, ConfigurationPath } from './configurationProblem.ts'

type Issue = z.core.$ZodIssue
type Schema = z.core.$ZodType

/** What the schema found, in sentences for people. One issue may name several unknown keys. */
export function describeIssue(issue: Issue, schema: Schema): readonly ConfigurationFinding[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  switch (issue.code) {
    case 'unrecognized_keys': return issue.keys.map((key) => describeUnknownKey(key, path, knownKeys(schema, path, issue.input)))
    case 'invalid_type': return [describeType(path, issue.expected, issue.input)]
    case 'invalid_value': return [{ path, ...describeMissing(issue.input), allowed: listValues(issue.values) }]
    case 'invalid_union': return describeUnion(issue, path, schema)
    case 'invalid_format': return [{ path, message: describeWrong(path), allowed: formats[issue.format] ?? `text in the form ${issue.pattern ?? issue.format}` }]
    case 'too_small': return [{ path, message: describeWrong(path), allowed: describeBound('least', issue.origin, Number(issue.minimum)) }]
    case 'too_big': return [{ path, message: describeWrong(path), allowed: describeBound('most', issue.origin, Number(issue.maximum)) }]
    case 'custom': return [{ path, message: describeWrong(path), allowed: String(issue.params?.['allowed'] ?? issue.message) }]
    case 'invalid_key': return [{ path, isAboutKey: true, message: `The name "${String(path.at(-1))}" is not possible here.`, allowed: 'a name that is not empty, of letters, digits and _ for parameters' }]
    case 'invalid_element':
    case 'not_multiple_of': return [{ path, message: describeWrong(path), allowed: issue.message }]
  }
}

const formats: Readonly<Record<string, string>> = { guid: 'a GUID, such as 6c1d1b1e-8a8b-4b1e-9f0a-1f2d3c4b5a69' }

const types: Readonly<Record<string, string>> = {
  string: 'a text', number: 'a number', int: 'a whole number', boolean: 'true or false', object: 'an object { … }', record: 'an object { … }', array: 'a list [ … ]',
}

function describeUnknownKey(key: string, path: ConfigurationPath, known: readonly string[]): ConfigurationFinding {
  const nearest = nearestName(key, known)
  const question = nearest === null ? '' : ` Did you mean "${nearest}"?`
  return { path: [...path, key], isAboutKey: true, message: `The key "${key}" is not known here.${question}`, allowed: known.join(', ') }
}

function describeType(path: ConfigurationPath, expected: string, input: unknown): ConfigurationFinding {
  return { path, ...describeMissing(input), allowed: types[expected] ?? expected }
}

function describeMissing(input: unknown): { readonly message: string } {
  return { message: input === undefined ? 'This is missing.' : 'This value is not possible here.' }
}

function describeWrong(path: ConfigurationPath): string {
  return path.length === 0 ? 'The file is not a workspace configuration.' : 'This value is not possible here.'
}

function describeUnion(issue: Extract<Issue, { code: 'invalid_union' }>, path: ConfigurationPath, schema: Schema): readonly ConfigurationFinding[] {
  if (issue.discriminator !== undefined) {
    const options = 'options' in issue ? issue.options ?? [] : []
    return [{ path, ...describeMissing(issue.input), allowed: listValues(options) }]
  }
  // Of a union's members the one that got furthest into the value is the one that was meant.
  const branches = [...issue.errors].sort((left, right) => deepest(right) - deepest(left))
  const meant = branches[0] ?? []
  if (deepest(meant) === 0 && !meant.some((nested) => nested.code === 'unrecognized_keys')) {
    return [{ path, ...describeMissing(issue.input), allowed: issue.errors.flat().map(describeAlternative).join(', or ') }]
  }
  return meant.flatMap((nested) => describeIssue({ ...nested, path: [...issue.path, ...nested.path] }, schema))
}

function describeAlternative(issue: Issue): string {
  if (issue.code === 'invalid_value') return listValues(issue.values)
  return issue.code === 'invalid_type' ? types[issue.expected] ?? issue.expected : issue.message
}

function deepest(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length))
}

function listValues(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ')
}

function describeBound(side: 'least' | 'most', origin: string, bound: number): string {
  if (origin === 'string') return side === 'least' && bound === 1 ? 'a text that is not empty' : `a text of at ${side} ${bound} characters`
  return origin === 'array' ? `a list of at ${side} ${bound}` : `a number of at ${side} ${bound}`
}

/** The keys that an object at this place may have. */
function knownKeys(schema: Schema, path: ConfigurationPath, input: unknown): readonly string[] {
  let here: Schema | undefined = schema
  for (const part of path) here = here === undefined ? undefined : stepInto(unwrap(here), part)
  const target = here === undefined ? undefined : unwrap(here)
  if (target instanceof z.ZodDiscriminatedUnion) return keysOf(target.options.find((option) => z.safeParse(z.looseObject(discriminatorOf(option, target.def.discriminator)), input).success))
  return keysOf(target instanceof z.ZodUnion ? target.options.find((option) => option instanceof z.ZodObject) : target)
}

function keysOf(schema: Schema | undefined): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

function discriminatorOf(option: Schema, key: string): Readonly<Record<string, Schema>> {
  return { [key]: option instanceof z.ZodObject ? option.shape[key] as Schema : z.never() }
}

function stepInto(schema: Schema, part: string | number): Schema | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(part)] as Schema | undefined
  if (schema instanceof z.ZodRecord) return schema.valueType
  return schema instanceof z.ZodArray ? schema.element : undefined
}

function unwrap(schema: Schema): Schema {
  return schema instanceof z.ZodExactOptional || schema instanceof z.ZodDefault ? unwrap(schema.unwrap()) : schema
}
