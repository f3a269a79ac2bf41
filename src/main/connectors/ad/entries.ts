import type { SearchEntry } from 'ldapts'
import type { Attributes, Schema, SchemaAttribute, Value } from '../../../shared/domain/attributes.ts'
import { textOf } from '../../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import { parseDn } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { ObjectProblem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { decodeValue } from './values.ts'

/** The object that an entry describes. Never a part of it: whoever compares half an object would write the other half. */
export function describeEntry(entry: SearchEntry, schema: Schema): Result<ConnectorObject, ObjectProblem> {
  const dn = parseDn(entry.name)
  if (!dn.ok) return fail(unreadable(entry, `its name is not a distinguished name: expected ${dn.problem.expected} at position ${dn.problem.position}`))
  const attributes = readAttributes(entry, schema)
  if (!attributes.ok) return attributes
  const anchor = textOf(attributes.value, 'objectGUID')
  if (anchor === null) return fail(unreadable(entry, 'its objectGUID did not come with it'))
  return succeed({ connector: 'ad', anchor, objectType: objectTypeOf(attributes.value), dn: dn.value, attributes: attributes.value })
}

/**
 * What an entry of DirSync says of an object: its anchor, where it is now, and the attributes that came. One without values was
 * cleared; what is missing did not change (MS-ADTS 3.1.1.3.4.1.3).
 */
export function describeChange(entry: SearchEntry, schema: Schema): Result<{ readonly anchor: string; readonly dn: Dn; readonly attributes: Attributes }, ObjectProblem> {
  const object = describeEntry(entry, schema)
  if (!object.ok || object.value.dn === null) return object.ok ? fail(unreadable(entry, 'its name is missing')) : object
  const cleared = entry.attributes.flatMap(({ type, parsedBuffers }) => {
    const known = schema[type.toLowerCase()]
    return known === undefined || parsedBuffers.length > 0 ? [] : [[known.name, []] as const]
  })
  return succeed({ anchor: object.value.anchor, dn: object.value.dn, attributes: { ...Object.fromEntries(cleared), ...object.value.attributes } })
}

/** Names of attributes of which only the first values came, with the number of values that are still missing from the start. */
export function findPartialAttributes(entry: SearchEntry): readonly { readonly name: string; readonly next: number }[] {
  return entry.attributes.flatMap(({ type }) => {
    const range = rangeOf(type)
    return range === null || range.last === null ? [] : [{ name: range.name, next: range.last + 1 }]
  })
}

function readAttributes(entry: SearchEntry, schema: Schema): Result<Attributes, ObjectProblem> {
  const attributes: Record<string, readonly Value[]> = {}
  for (const { type, parsedBuffers } of entry.attributes) {
    const range = rangeOf(type)
    const known = schema[(range?.name ?? type).toLowerCase()]
    if (known === undefined || parsedBuffers.length === 0) continue
    const values = readValues(parsedBuffers, known)
    if (!values.ok) return fail(unreadable(entry, values.problem))
    attributes[known.name] = [...(attributes[known.name] ?? []), ...values.value]
  }
  return succeed(attributes)
}

function readValues(buffers: readonly Buffer[], attribute: SchemaAttribute): Result<readonly Value[], string> {
  const values: Value[] = []
  for (const buffer of buffers) {
    const value = decodeValue(buffer, attribute.syntax)
    if (!value.ok) return fail(`a value of ${attribute.name} is not ${value.problem.expected}`)
    values.push(value.value)
  }
  return succeed(values)
}

/** MS-ADTS 3.1.1.3.1.3.3: `memberOf;range=0-1499`, or `…-*` with the last values. */
function rangeOf(type: string): { readonly name: string; readonly last: number | null } | null {
  if (!type.includes(';')) return null
  const [, name, last] = /^([^;]+);range=\d+-(\d+|\*)$/i.exec(type) ?? []
  if (name === undefined || last === undefined) return null
  return { name, last: last === '*' ? null : Number(last) }
}

/** The class that rules speak of: a computer is a user for the schema, but nobody means it. */
function objectTypeOf(attributes: Attributes): string {
  const classes = (attributes['objectClass'] ?? []).map(String)
  const isUser = classes.includes('user') && !classes.includes('computer')
  return isUser ? 'user' : (classes.at(-1) ?? 'unknown')
}

function unreadable(entry: SearchEntry, because: string): ObjectProblem {
  return {
    kind: 'valueOfWrongType', connector: 'ad', object: entry.name,
    message: `${entry.name} could not be read: ${because}.`,
    remedy: 'Correct the value in Active Directory; until then the account is left alone.',
  }
}
