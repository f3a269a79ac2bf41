import { fail, succeed } from '../../../shared/domain/result.ts'
import { readNumeric, valueOfNumeric } from '../numeric.ts'
import { deriveBetween } from '../random.ts'
import type { Values } from '../values.ts'
import { nothing, textOfValue } from '../values.ts'
import type { ExpressionFunction } from './definition.ts'
import { defineFunction } from './definition.ts'
import { condition, integer, integerOrNull, value } from './parameters.ts'

/** Functions that calculate or convert. Integers are exact whatever their size (numeric.ts). */
export const numberFunctions: readonly ExpressionFunction[] = [
  defineFunction({
    name: 'BitOr', returns: 'number', parameters: [integerOrNull('mask'), integerOrNull('flag')],
    evaluate: ([mask, flag]) => succeed(combineBits(mask, flag, (left, right) => left | right))
  }),
  defineFunction({
    name: 'BitAnd', returns: 'number', parameters: [integerOrNull('mask'), integerOrNull('flag')],
    evaluate: ([mask, flag]) => succeed(combineBits(mask, flag, (left, right) => left & right))
  }),
  defineFunction({
    name: 'RandomNum', returns: 'number', parameters: [integer('from'), integer('to')],
    evaluate: ([from, to], context, position) => {
      if (from > to) return fail(`from (${from}) is greater than to (${to})`)
      return succeed([valueOfNumeric(deriveBetween(`${context.seed}#${position}`, from, to))])
    }
  }),
  defineFunction({
    name: 'CNum', returns: 'number', parameters: [value('value')], isPerValue: true,
    evaluate: ([given]) => {
      if (given === null) return succeed(nothing)
      if (typeof given === 'boolean') return succeed([given ? 1 : 0])
      const numeric = readNumeric(given)
      return numeric === null ? fail('value is not a number') : succeed([valueOfNumeric(numeric)])
    }
  }),
  defineFunction({
    name: 'CStr', returns: 'text', parameters: [value('value')], isPerValue: true,
    evaluate: ([given]) => succeed(given === null ? nothing : [textOfValue(given)])
  }),
  defineFunction({ name: 'CBool', returns: 'boolean', parameters: [{ ...condition('value'), takes: 'anything' }], evaluate: ([given]) => succeed([given]) })
]

/**
 * Bits of an attribute without value are unknown, not zero: with zero, `BitOr(2, userAccountControl)` would make an account
 * of no type. So null gives null. Negative numbers are two's complement of endless width.
 */
function combineBits(mask: bigint | null, flag: bigint | null, combine: (left: bigint, right: bigint) => bigint): Values {
  return mask === null || flag === null ? nothing : [valueOfNumeric(combine(mask, flag))]
}
