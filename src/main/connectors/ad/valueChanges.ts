import { Attribute, Change } from 'ldapts'
import type { Schema, SchemaAttribute, Value } from '../../../shared/domain/attributes.ts'
import { sameValues } from '../../../shared/domain/attributes.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { ValueChange } from '../connector.ts'
import { encodeValue } from './values.ts'

/** What a modify has to say; empty where nothing differs. `doing` begins the sentence of a problem. */
export function buildChanges(changes: readonly ValueChange[], schema: Schema, doing: string): Result<readonly Change[], Problem> {
  return collect(changes, schema, doing, (attribute, change) => {
    const removed = without(change.before, change.after)
    const added = without(change.after, change.before)
    return [...(removed.length === 0 ? [] : [build('delete', attribute, removed)]), ...(added.length === 0 ? [] : [build('add', attribute, added)])]
  })
}

/** The same difference as plain replacement, for servers that refuse to have a value deleted and added at once. */
export function buildReplacements(changes: readonly ValueChange[], schema: Schema, doing: string): Result<readonly Change[], Problem> {
  return collect(changes, schema, doing, (attribute, change) => [build('replace', attribute, change.after)])
}

export function buildAttributes(attributes: Readonly<Record<string, readonly Value[]>>, schema: Schema, doing: string): Result<readonly Attribute[], Problem> {
  const changes = Object.entries(attributes).map(([name, after]) => ({ name, before: [], after }))
  const built = collect(changes, schema, doing, (attribute, { after }) => (after.length === 0 ? [] : [build('add', attribute, after)]))
  if (!built.ok) return built
  return succeed(built.value.map(({ modification }) => modification))
}

type Built = Result<Change, string>

function collect(changes: readonly ValueChange[], schema: Schema, doing: string, buildFor: (attribute: SchemaAttribute, change: ValueChange) => readonly Built[]): Result<readonly Change[], Problem> {
  const collected: Change[] = []
  for (const change of changes) {
    const attribute = schema[change.name.toLowerCase()]
    if (attribute === undefined) return fail(unknownAttribute(doing, change.name))
    if (sameValues(change.before, change.after)) continue
    for (const built of buildFor(attribute, change)) {
      if (!built.ok) return fail(wrongValue(doing, attribute.name, built.problem))
      collected.push(built.value)
    }
  }
  return succeed(collected)
}

function build(operation: 'add' | 'delete' | 'replace', attribute: SchemaAttribute, values: readonly Value[]): Built {
  const octets: Buffer[] = []
  for (const value of values) {
    const encoded = encodeValue(value, attribute.syntax)
    if (!encoded.ok) return fail(encoded.problem.expected)
    octets.push(encoded.value)
  }
  return succeed(new Change({ operation, modification: new Attribute({ type: attribute.name, values: octets }) }))
}

function without(values: readonly Value[], others: readonly Value[]): readonly Value[] {
  return values.filter((value) => !others.includes(value))
}

function unknownAttribute(doing: string, name: string): Problem {
  return { kind: 'attributeNotInClass', message: `${doing} failed: the schema of the directory has no attribute ${name}.`, remedy: 'Take the attribute out of the rules, or extend the schema.' }
}

function wrongValue(doing: string, name: string, expected: string): Problem {
  return { kind: 'syntaxInvalid', message: `${doing} failed: a value of ${name} is not ${expected}.`, remedy: 'Correct the flow that delivers the value.' }
}
