import type { Value } from '../../../shared/domain/attributes.ts'
import { parseObjectGuid } from '../../../shared/domain/ids.ts'
import { succeed } from '../../../shared/domain/result.ts'
import { parseDateTime } from '../dateTime.ts'
import { readNumeric } from '../numeric.ts'
import type { Values } from '../values.ts'
import { compareValues, isEqual } from './comparison.ts'
import type { ExpressionFunction } from './definition.ts'
import { defineFunction } from './definition.ts'
import { integerOrNull, list, value } from './parameters.ts'

/** Functions that are True or False. */
export const conditionFunctions: readonly ExpressionFunction[] = [
  defineFunction({ name: 'Eq', returns: 'boolean', parameters: [value('left'), value('right')], evaluate: ([left, right]) => succeed([isEqual(left, right)]) }),
  defineFunction({ name: 'NotEquals', returns: 'boolean', parameters: [value('left'), value('right')], evaluate: ([left, right]) => succeed([!isEqual(left, right)]) }),
  defineOrder('LessThan', (order) => order < 0),
  defineOrder('GreaterThan', (order) => order > 0),
  defineOrder('LessThanOrEquals', (order) => order <= 0),
  defineOrder('GreaterThanOrEquals', (order) => order >= 0),
  defineTest('IsPresent', (values) => values.some((one) => one !== '')),
  defineTest('IsNull', (values) => values.length === 0),
  defineTest('IsNullOrEmpty', (values) => values.every((one) => one === '')),
  defineTest('IsString', (values) => isEvery(values, (one) => typeof one === 'string')),
  defineTest('IsNumeric', (values) => isEvery(values, (one) => readNumeric(one) !== null)),
  defineTest('IsDate', (values) => isEvery(values, (one) => typeof one === 'string' && parseDateTime(one).ok)),
  defineTest('IsGuid', (values) => isEvery(values, (one) => typeof one === 'string' && parseObjectGuid(one).ok)),
  defineFunction({
    name: 'IsBitSet', returns: 'boolean', parameters: [integerOrNull('value'), integerOrNull('flag')],
    // Several bits in one flag: all of them.
    evaluate: ([given, flag]) => succeed([given !== null && flag !== null && flag !== 0n && (given & flag) === flag])
  })
]

function defineTest(name: string, holds: (values: Values) => boolean): ExpressionFunction {
  return defineFunction({ name, returns: 'boolean', parameters: [list('value')], evaluate: ([values]) => succeed([holds(values)]) })
}

function isEvery(values: Values, holds: (value: Value) => boolean): boolean {
  return values.length > 0 && values.every(holds)
}

function defineOrder(name: string, holds: (order: number) => boolean): ExpressionFunction {
  return defineFunction({
    name, returns: 'boolean', parameters: [value('left'), value('right')],
    evaluate: ([left, right]) => {
      // Nothing is neither less nor greater than anything.
      if (left === null || right === null) return succeed([false])
      const order = compareValues(left, right)
      return order.ok ? succeed([holds(order.value)]) : order
    }
  })
}
