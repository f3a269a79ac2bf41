import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { formatDateTime } from '../dateFormat.ts'
import type { DateTime } from '../dateTime.ts'
import { addInterval, dateIntervals, parseDateTime, printDateTime } from '../dateTime.ts'
import { nothing } from '../values.ts'
import type { ExpressionFunction, Outcome } from './definition.ts'
import { alias, defineFunction } from './definition.ts'
import { choice, count, text, textOrNull } from './parameters.ts'

const dateTimeFormat = defineFunction({
  name: 'DateTimeFormat', returns: 'text', parameters: [textOrNull('dateTime'), text('format')], isPerValue: true,
  evaluate: ([given, format]) => onDate(given, (dateTime) => formatDateTime(dateTime, format))
})

/** Functions of dates. A date is its ISO 8601 text in UTC; null stays null. */
export const dateFunctions: readonly ExpressionFunction[] = [
  dateTimeFormat, alias('FormatDateTime', dateTimeFormat),
  defineFunction({ name: 'CDate', returns: 'text', parameters: [textOrNull('value')], isPerValue: true, evaluate: ([given]) => onDate(given, (dateTime) => succeed(printDateTime(dateTime))) }),
  defineFunction({
    name: 'DateAdd', returns: 'text', parameters: [choice('interval', dateIntervals), count('value'), textOrNull('date')],
    evaluate: ([interval, amount, given]) => onDate(given, (dateTime) => {
      const moved = addInterval(dateTime, interval, amount)
      return moved.ok ? succeed(printDateTime(moved.value)) : moved
    })
  }),
  defineFunction({ name: 'Now', returns: 'text', parameters: [], evaluate: (_, context) => onDate(context.now, (dateTime) => succeed(printDateTime(dateTime))) })
]

function onDate(given: string | null, print: (dateTime: DateTime) => Result<string, string>): Outcome {
  if (given === null || given === '') return succeed(nothing)
  const dateTime = parseDateTime(given)
  if (!dateTime.ok) return fail(dateTime.problem)
  const printed = print(dateTime.value)
  return printed.ok ? succeed([printed.value]) : printed
}
