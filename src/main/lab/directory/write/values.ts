import type { Directory } from '../directory.ts'
import type { Entry, StoredValue } from '../entries/entry.ts'
import { isDeleted } from '../entries/entry.ts'
import { resolveReference } from '../entries/resolve.ts'
import { badReference, badSyntax, outOfRange, singleValued, unknownAttribute, valueExists } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal, refusalAmong } from '../refusal.ts'
import type { AttributeDefinition } from '../schema/schema.ts'
import { findAttribute } from '../schema/schema.ts'
import { matchKey, parseValue, syntaxOf } from '../schema/syntax.ts'
import type { AttributeInput } from './request.ts'

export type ReadInput = { readonly attribute: AttributeDefinition; readonly values: readonly StoredValue[] }

/** Name and values of a change, as they would be stored. */
export function readInput(directory: Directory, input: AttributeInput): ReadInput | Refusal {
  const attribute = findAttribute(input.name)
  if (attribute === undefined) return unknownAttribute()
  const values: StoredValue[] = []
  for (const octets of input.values) {
    const value = readValue(directory, attribute, octets)
    if (isRefusal(value)) return value
    values.push(value)
  }
  const keys = new Set(values.map((value) => matchKey(attribute, value)))
  return keys.size < values.length ? valueExists(attribute) : { attribute, values }
}

/** isSingleValued, rangeLower and rangeUpper of the schema (MS-ADTS 3.1.1.2.3), for the values that an attribute is to have. */
export function checkValues(entry: Entry, attribute: AttributeDefinition, values: readonly StoredValue[]): Refusal | null {
  const isSingle = attribute.single === true || isSingleByAccountRule(entry, attribute)
  if (isSingle && values.length > 1) return singleValued(attribute)
  return refusalAmong(values, (value) => (isInRange(attribute, value) ? null : outOfRange(attribute)))
}

/** The account database keeps one description for users, groups and computers, whatever the schema allows (MS-SAMR 3.1.1.6). */
function isSingleByAccountRule(entry: Entry, attribute: AttributeDefinition): boolean {
  return attribute.name === 'description' && entry.attributes.has('samaccountname')
}

function readValue(directory: Directory, attribute: AttributeDefinition, octets: Uint8Array): StoredValue | Refusal {
  if (syntaxOf(attribute) === 'reference') {
    const target = resolveReference(directory, octets)
    if (target === null || isDeleted(target)) return octets.length === 0 ? badSyntax(attribute) : badReference(attribute)
    return target.id
  }
  // unicodePwd and its like are octet strings with rules of their own; an empty octet string is refused as an empty text is.
  const value = octets.length === 0 ? null : parseValue(attribute, octets)
  return value ?? badSyntax(attribute)
}

function isInRange(attribute: AttributeDefinition, value: StoredValue): boolean {
  if (typeof value === 'number') return true
  const size = measure(attribute, value)
  return (attribute.lower === undefined || size >= BigInt(attribute.lower)) && (attribute.upper === undefined || size <= BigInt(attribute.upper))
}

/** Characters are UTF-16 units, as Windows counts them. */
function measure(attribute: AttributeDefinition, value: string | Uint8Array): bigint {
  const syntax = syntaxOf(attribute)
  return syntax === 'integer' || syntax === 'largeInteger' ? BigInt(String(value)) : BigInt(value.length)
}
