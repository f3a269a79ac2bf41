import type { Value } from '../../../shared/domain/attributes.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { toLower } from '../characters.ts'
import { joinTexts, nothing, textOfValue } from '../values.ts'
import type { ExpressionFunction } from './definition.ts'
import { defineFunction } from './definition.ts'
import { choice, count, list, optional, text, textOrNull } from './parameters.ts'

/** Beyond every list: "all of them". */
const all = 2 ** 30

/** Functions of multi-valued attributes. Positions count from 1. */
export const listFunctions: readonly ExpressionFunction[] = [
  defineFunction({
    name: 'Split', returns: 'any', parameters: [textOrNull('text'), text('delimiter'), optional(count('limit'), all)],
    evaluate: ([given, delimiter, limit]) => {
      if ([...delimiter].length !== 1) return fail(`delimiter is one character, not ${[...delimiter].length}; Split divides at single characters only`)
      if (limit < 1) return fail(`limit is at least 1, not ${limit}`)
      return succeed(given === null ? nothing : splitText(given, delimiter, limit))
    }
  }),
  defineFunction({
    name: 'Join', returns: 'text', parameters: [list('values'), optional(text('delimiter'), ' ')],
    evaluate: ([values, delimiter]) => {
      const joined = joinTexts(values.map(textOfValue), delimiter)
      return joined.ok ? succeed([joined.value]) : joined
    }
  }),
  defineFunction({
    name: 'Item', returns: 'any', parameters: [list('values'), count('index')],
    evaluate: ([values, index]) => {
      const item = values[index - 1]
      return item === undefined ? fail(`there is no value ${index} among ${values.length}; ItemOrNull gives null instead`) : succeed([item])
    }
  }),
  defineFunction({
    name: 'ItemOrNull', returns: 'any', parameters: [list('values'), count('index')],
    evaluate: ([values, index]) => {
      const item = values[index - 1]
      return succeed(item === undefined ? nothing : [item])
    }
  }),
  defineFunction({ name: 'Count', returns: 'number', parameters: [list('values')], evaluate: ([values]) => succeed([values.length]) }),
  defineFunction({
    name: 'Contains', returns: 'number', parameters: [list('values'), text('search'), optional(choice('case', ['CaseSensitive', 'CaseInsensitive']), 'CaseSensitive')],
    evaluate: ([values, search, mode]) => {
      const fold = (given: string) => (mode === 'CaseInsensitive' ? toLower(given) : given)
      return succeed([values.findIndex((one) => fold(textOfValue(one)).includes(fold(search))) + 1])
    }
  }),
  defineFunction({ name: 'RemoveDuplicates', returns: 'any', parameters: [list('values')], evaluate: ([values]) => succeed(removeDuplicates(values)) })
]

/** Of a limited split the last value keeps the rest, delimiters included. */
function splitText(given: string, delimiter: string, limit: number): readonly string[] {
  const pieces = given.split(delimiter)
  return pieces.length <= limit ? pieces : [...pieces.slice(0, limit - 1), pieces.slice(limit - 1).join(delimiter)]
}

/** Case counts for nothing in a directory: of `SMTP:a@b` and `smtp:a@b` a directory would refuse the second. */
function removeDuplicates(values: readonly Value[]): readonly Value[] {
  const first = new Map<string, Value>()
  for (const one of values) {
    const key = toLower(textOfValue(one))
    if (!first.has(key)) first.set(key, one)
  }
  return [...first.values()]
}
