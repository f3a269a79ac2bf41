import type { Value } from '../../../shared/domain/attributes.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { toLower } from '../characters.ts'
import { parseDateTime } from '../dateTime.ts'
import { compareNumerics, readNumeric } from '../numeric.ts'
import { textOfValue } from '../values.ts'

/**
 * Text ignores case, as in scope filters and joins. A number equals the text of the same number; null equals null and empty
 * text, which a directory cannot tell apart.
 */
export function isEqual(left: Value | null, right: Value | null): boolean {
  if (left !== null && right !== null && (typeof left === 'number' || typeof right === 'number')) {
    const [leftNumber, rightNumber] = [readNumeric(left), readNumeric(right)]
    if (leftNumber !== null && rightNumber !== null) return compareNumerics(leftNumber, rightNumber) === 0
  }
  return toLower(left === null ? '' : textOfValue(left)) === toLower(right === null ? '' : textOfValue(right))
}

/** Negative, zero or positive; two numbers are compared as numbers, two dates as instants. */
export function compareValues(left: Value, right: Value): Result<number, string> {
  const [leftNumber, rightNumber] = [readNumeric(left), readNumeric(right)]
  if (leftNumber !== null && rightNumber !== null) return succeed(compareNumerics(leftNumber, rightNumber))
  const [leftTime, rightTime] = [parseDateTime(textOfValue(left)), parseDateTime(textOfValue(right))]
  if (leftTime.ok && rightTime.ok) return succeed(compareNumerics(leftTime.value.milliseconds, rightTime.value.milliseconds))
  return fail('two numbers or two dates can be compared, nothing else')
}
