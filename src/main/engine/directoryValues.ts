import { assertNever } from '../../shared/domain/assertNever.ts'
import type { Schema, SchemaAttribute, Syntax, Value } from '../../shared/domain/attributes.ts'
import { sameValues } from '../../shared/domain/attributes.ts'
import { dnKey, parseDn } from '../../shared/domain/dn.ts'
import type { ProblemKind } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'

/** `what` finishes a sentence that begins with the attribute's name. */
export type ValueRefusal = { readonly kind: ProblemKind; readonly what: string }

/**
 * What the directory's schema says of an attribute that a rule names in any case. What the schema did not answer is taken
 * for a single text; the server has the last word about it.
 */
export function directoryAttribute(schema: Schema, name: string): SchemaAttribute {
  return schema[name.toLowerCase()] ?? wellKnown.get(name.toLowerCase()) ?? { name, syntax: 'text', isMultiValued: false, maximum: null }
}

/** Attributes that the engine itself asks for by name, as Active Directory's schema spells and types them. */
const wellKnown: ReadonlyMap<string, SchemaAttribute> = new Map(
  ([['sAMAccountName', 'text'], ['userPrincipalName', 'text'], ['adminDescription', 'text'], ['unicodePwd', 'binary'], ['userAccountControl', 'integer']] as const)
    .map(([name, syntax]) => [name.toLowerCase(), { name, syntax, isMultiValued: false, maximum: null }]),
)

/** The values as they will be written, or why the directory would refuse them: said before the first write. */
export function directoryValues(attribute: SchemaAttribute, values: readonly Value[]): Result<readonly Value[], ValueRefusal> {
  if (values.length > 1 && !attribute.isMultiValued) return fail({ kind: 'attributeIsSingleValued', what: `takes one value, not ${values.length}` })
  const written: Value[] = []
  for (const value of values) {
    const typed = typedValue(attribute.syntax, value)
    if (typed === null) return fail({ kind: 'syntaxInvalid', what: `does not take the value "${String(value)}": its syntax is ${attribute.syntax}` })
    const length = lengthOf(attribute.syntax, typed)
    if (attribute.maximum !== null && length > attribute.maximum) return fail({ kind: 'valueTooLong', what: `takes at most ${attribute.maximum}, the value has ${length}` })
    written.push(typed)
  }
  return succeed(written)
}

/** Whether a write would change nothing. Text counts case, so that a flow corrects it; numbers, DNs and identifiers do not. */
export function sameDirectoryValues(syntax: Syntax, left: readonly Value[], right: readonly Value[]): boolean {
  if (left.length !== right.length) return false
  if (syntax === 'text' || syntax === 'time' || syntax === 'binary') return sameValues(left, right)
  return sameValues(left.map((value) => comparable(syntax, value)), right.map((value) => comparable(syntax, value)))
}

function comparable(syntax: Syntax, value: Value): Value {
  const typed = typedValue(syntax, value) ?? value
  if (syntax === 'dn') return dnComparable(String(typed))
  return String(typed).toLowerCase()
}

function dnComparable(text: string): string {
  const dn = parseDn(text)
  return dn.ok ? dnKey(dn.value) : text.toLowerCase()
}

function typedValue(syntax: Syntax, value: Value): Value | null {
  switch (syntax) {
    case 'text':
    case 'time':
    case 'sid':
    case 'guid':
    case 'binary':
      return String(value)
    case 'integer':
      return integerValue(value)
    case 'largeInteger': {
      // Imported as text: a number does not hold all of its digits.
      const integer = integerValue(value)
      return integer === null ? null : String(integer)
    }
    case 'boolean':
      return booleanValue(value)
    case 'dn': {
      const dn = parseDn(String(value))
      return dn.ok ? dn.value : null
    }
    default:
      return assertNever(syntax)
  }
}

/** A largeInteger beyond what a number holds exactly stays text. */
function integerValue(value: Value): Value | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null
  if (typeof value === 'boolean' || !/^-?\d{1,20}$/.test(value)) return null
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

function booleanValue(value: Value): Value | null {
  if (typeof value === 'boolean') return value
  const text = String(value).toLowerCase()
  if (text === 'true') return true
  return text === 'false' ? false : null
}

/** In the unit of `SchemaAttribute.maximum`: characters (UTF-16, as Active Directory counts), bytes, or the number itself. */
function lengthOf(syntax: Syntax, value: Value): number {
  if (syntax === 'integer' || syntax === 'largeInteger') return Number(value)
  if (syntax === 'binary') return bytesOfBase64(String(value))
  return syntax === 'text' ? String(value).length : 0
}

function bytesOfBase64(text: string): number {
  const digits = text.replaceAll('=', '').length
  return Math.floor((digits * 3) / 4)
}
