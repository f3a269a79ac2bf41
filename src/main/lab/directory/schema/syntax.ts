import type { StoredValue } from '../entries/entry.ts'
import { decodeUtf8 } from '../names/dnOfLab.ts'
import { guidToOctets, isSid, sidToOctets } from '../names/octets.ts'
import { collationKey } from './collation.ts'
import type { AttributeDefinition } from './schema.ts'
import { findAttribute, findClass } from './schema.ts'

export type Syntax =
  | 'reference' | 'dnWithData' | 'objectIdentifier' | 'caseExactText' | 'caseIgnoreText' | 'directoryText' | 'numericText' | 'boolean' | 'integer'
  | 'largeInteger' | 'time' | 'sid' | 'octets'

/** MS-ADTS 3.1.1.2.2.2: attributeSyntax and oMSyntax name one syntax together. */
export function syntaxOf(attribute: AttributeDefinition): Syntax {
  switch (attribute.syntax) {
    case '2.5.5.1': return 'reference'
    case '2.5.5.2': return 'objectIdentifier'
    case '2.5.5.3': case '2.5.5.5': return 'caseExactText'
    case '2.5.5.4': return 'caseIgnoreText'
    case '2.5.5.6': return 'numericText'
    case '2.5.5.7': case '2.5.5.14': return 'dnWithData'
    case '2.5.5.8': return 'boolean'
    case '2.5.5.9': return 'integer'
    case '2.5.5.11': return 'time'
    case '2.5.5.12': return 'directoryText'
    case '2.5.5.16': return 'largeInteger'
    case '2.5.5.17': return 'sid'
    default: return 'octets'
  }
}

/** Equal for values that the attribute's equality rule takes for the same. */
export function matchKey(attribute: AttributeDefinition, value: StoredValue): string {
  if (typeof value === 'number') return `#${value}`
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  const syntax = syntaxOf(attribute)
  if (syntax === 'directoryText') return collationKey(value)
  if (syntax === 'caseIgnoreText' || syntax === 'objectIdentifier' || syntax === 'dnWithData') return value.toLowerCase()
  return value
}

/** Negative, zero or positive, as the attribute's ordering rule says; null where the syntax has no order. */
export function compareValues(attribute: AttributeDefinition, left: StoredValue, right: StoredValue): number | null {
  const syntax = syntaxOf(attribute)
  if (syntax === 'reference' || syntax === 'dnWithData' || syntax === 'objectIdentifier' || syntax === 'boolean') return null
  if (syntax === 'integer' || syntax === 'largeInteger') return compare(BigInt(String(left)), BigInt(String(right)))
  return compare(matchKey(attribute, left), matchKey(attribute, right))
}

function compare<Ordered extends bigint | string>(left: Ordered, right: Ordered): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/**
 * A value as it came over the wire, in the form in which it is stored; null where the octets break the syntax (RFC 4517). References are not read here: only the
 * store can resolve them.
 */
export function parseValue(attribute: AttributeDefinition, octets: Uint8Array): string | Uint8Array | null {
  const syntax = syntaxOf(attribute)
  if (syntax === 'octets') return octets
  if (syntax === 'sid') return isSid(octets) ? octets : sidToOctets(Buffer.from(octets).toString('latin1'))
  const text = decodeUtf8(octets)
  return text === null || text === '' ? null : parseText(syntax, text)
}

function parseText(syntax: Syntax, text: string): string | null {
  switch (syntax) {
    case 'boolean': return text === 'TRUE' || text === 'FALSE' ? text : null
    case 'integer': return parseInteger(text, 31n)
    case 'largeInteger': return parseInteger(text, 63n)
    case 'numericText': return /^[0-9 ]+$/.test(text) ? text : null
    case 'time': return parseTime(text)
    case 'objectIdentifier': return findClass(text)?.name ?? findAttribute(text)?.name ?? (/^\d+(\.\d+)+$/.test(text) ? text : null)
    default: return text
  }
}

function parseInteger(text: string, bits: bigint): string | null {
  if (!/^-?\d{1,20}$/.test(text)) return null
  const value = BigInt(text)
  // An unsigned 32-bit value is read as the signed one with the same bits, as Windows does with groupType 2147483650.
  const isUnsigned = bits === 31n && value >= 2n ** 31n && value < 2n ** 32n
  const signed = isUnsigned ? value - 2n ** 32n : value
  return signed >= -(2n ** bits) && signed < 2n ** bits ? signed.toString() : null
}

/** Generalized or UTC time, always stored as `20260131123000.0Z`. */
function parseTime(text: string): string | null {
  const match = /^(\d{2})?(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.\d+)?Z$/.exec(text)
  if (match === null) return null
  const [, century, year = '', ...rest] = match
  const [month = '', day = '', hour = '', minute = '', second = ''] = rest
  const isInRange = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31 && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  return isInRange ? `${century ?? (Number(year) < 50 ? '20' : '19')}${year}${rest.join('')}.0Z` : null
}

/** What a filter asks for; GUIDs may come as text as well (MS-ADTS 3.1.1.3.1.3). */
export function parseAssertion(attribute: AttributeDefinition, octets: Uint8Array): string | Uint8Array | null {
  const asGuid = attribute.name.endsWith('GUID') && octets.length >= 36 ? guidToOctets(Buffer.from(octets).toString('latin1')) : null
  return asGuid ?? parseValue(attribute, octets)
}
