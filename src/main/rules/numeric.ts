import type { Value } from '../../shared/domain/attributes.ts'

/**
 * Numbers in expressions are exact. An integer is calculated as a bigint; as a value it is a number up to 2^53 - 1 and the
 * text of its digits beyond, which is how large integers of the directory (accountExpires, lastLogonTimestamp) arrive too.
 * Decimals are what a double holds.
 */
export type Numeric = bigint | number

/** Longer rows of digits are no number anybody means, and would be slow to calculate with. */
const integerPattern = /^\s*([+-]?\d{1,400})(?:\.0{1,300})?\s*$/
const decimalPattern = /^\s*[+-]?\d{1,300}\.\d{1,300}\s*$/
/** MIM describes the masks of BitOr and BitAnd as hexadecimal. */
const hexPattern = /^\s*(?:0x|&H)([0-9a-f]{1,300})\s*$/i

/** A number or the text of one (decimal, `0x…` or `&H…`); null for everything else. */
export function readNumeric(value: Value): Numeric | null {
  if (typeof value === 'boolean') return null
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : Number.isFinite(value) ? value : null
  const integer = integerPattern.exec(value)?.[1]
  if (integer !== undefined) return BigInt(integer.replace('+', ''))
  const hex = hexPattern.exec(value)?.[1]
  if (hex !== undefined) return BigInt(`0x${hex}`)
  return decimalPattern.test(value) ? Number(value) : null
}

export function valueOfNumeric(numeric: Numeric): string | number {
  if (typeof numeric === 'number') return numeric
  const isExact = numeric >= BigInt(Number.MIN_SAFE_INTEGER) && numeric <= BigInt(Number.MAX_SAFE_INTEGER)
  return isExact ? Number(numeric) : numeric.toString()
}

/** Negative, zero or positive. The language compares bigint and number by their mathematical values. */
export function compareNumerics(left: Numeric, right: Numeric): number {
  return left < right ? -1 : left > right ? 1 : 0
}

/** Plain digits, never an exponent. */
export function textOfNumber(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString()
  const text = String(value)
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text
}
