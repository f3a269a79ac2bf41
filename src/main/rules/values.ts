import type { Value } from '../../shared/domain/attributes.ts'
import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'
import { textOfNumber } from './numeric.ts'

/** What every part of an expression evaluates to: no value is null, several are a multi-valued attribute or a list. */
export type Values = readonly Value[]

export const nothing: Values = []

/** Longest text that an expression may make, in UTF-16 code units: nested replacements could grow without end otherwise. */
export const longestText = 1_048_576

/** Numbers as plain digits, truth values as .NET writes them. */
export function textOfValue(value: Value): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return textOfNumber(value)
  return value ? 'True' : 'False'
}

/** The only value; null where there is none. */
export function onlyValue(values: Values): Result<Value | null, string> {
  if (values.length > 1) return fail(`one value is needed, but there are ${values.length}; choose one with Item(…) or join them with Join(…)`)
  return succeed(values[0] ?? null)
}

/** Joins texts, or says that the whole would be too long before it is made. */
export function joinTexts(texts: readonly string[], separator: string): Result<string, string> {
  const length = texts.reduce((sum, text) => sum + text.length, separator.length * Math.max(0, texts.length - 1))
  return length > longestText ? fail(tooLong) : succeed(texts.join(separator))
}

export const tooLong = `the result would be longer than ${longestText} characters`
