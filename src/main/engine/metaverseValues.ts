import { assertNever } from '../../shared/domain/assertNever.ts'
import type { Value } from '../../shared/domain/attributes.ts'
import { parseDn } from '../../shared/domain/dn.ts'
import { parseObjectGuid, parseSid } from '../../shared/domain/ids.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { MetaverseAttributeSchema } from '../rules/ruleSet.ts'

/**
 * The values in the form of a metaverse attribute's type: numbers and booleans that came as text are read, identifiers and
 * DNs get their one spelling. Fails with half a sentence that says what is wrong ("has 2 values, but …").
 */
export function metaverseValues(schema: MetaverseAttributeSchema, values: readonly Value[]): Result<readonly Value[], string> {
  if (values.length > 1 && schema.isMultiValued !== true) return fail(`has ${values.length} values, but the attribute takes one`)
  if (schema.type === 'text' && values.every((value) => typeof value === 'string')) return succeed(values)
  const typed: Value[] = []
  for (const value of values) {
    const result = typedValue(schema.type, value)
    if (result === null) return fail(`is ${describe(value)}, but the attribute is of type ${schema.type}`)
    typed.push(result)
  }
  return succeed(typed)
}

function typedValue(type: MetaverseAttributeSchema['type'], value: Value): Value | null {
  switch (type) {
    case 'text':
      return typeof value === 'string' ? value : null
    case 'integer':
      return integerValue(value)
    case 'boolean':
      return booleanValue(value)
    case 'sid':
      return parsedText(parseSid(String(value)))
    case 'guid':
      return parsedText(parseObjectGuid(String(value)))
    case 'dn':
      return parsedText(parseDn(String(value)))
    default:
      return assertNever(type)
  }
}

/** A largeInteger beyond what a number holds exactly stays text. */
function integerValue(value: Value): Value | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null
  if (typeof value === 'boolean' || !/^-?\d{1,20}$/.test(value)) return null
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

/** LDAP writes booleans in capitals (RFC 4517 3.3.3). */
function booleanValue(value: Value): boolean | null {
  if (typeof value === 'boolean') return value
  const text = String(value).toLowerCase()
  if (text === 'true') return true
  return text === 'false' ? false : null
}

function parsedText(result: Result<string, unknown>): string | null {
  return result.ok ? result.value : null
}

function describe(value: Value): string {
  return typeof value === 'string' ? `the text "${value}"` : `the ${typeof value} ${String(value)}`
}
