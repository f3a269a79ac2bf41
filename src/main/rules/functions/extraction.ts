import { fail, succeed } from '../../../shared/domain/result.ts'
import { cutText, toLower } from '../characters.ts'
import type { ExpressionFunction } from './definition.ts'
import { defineFunction } from './definition.ts'
import { choice, count, optional, text } from './parameters.ts'

const comparison = optional(choice('compare', ['vbBinaryCompare', 'vbTextCompare']), 'vbBinaryCompare')
/** Beyond every text: "to the end". */
const all = 2 ** 30

/** Functions that take something out of a text. */
export const extractionFunctions: readonly ExpressionFunction[] = [
  defineFunction({
    name: 'Left', returns: 'text', parameters: [text('text'), count('count')], isPerValue: true,
    evaluate: ([given, length]) => succeed([length < 0 ? given : cutText(given, 0, length)])
  }),
  defineFunction({
    name: 'Right', returns: 'text', parameters: [text('text'), count('count')], isPerValue: true,
    evaluate: ([given, length]) => succeed([length < 0 ? given : cutText(given, Math.max(0, given.length - length), given.length)])
  }),
  defineFunction({
    name: 'Mid', returns: 'text', parameters: [text('text'), count('position'), optional(count('count'), all)], isPerValue: true,
    evaluate: ([given, position, length]) => succeed([takeMiddle(given, position, length)])
  }),
  defineFunction({
    name: 'Word', returns: 'text', parameters: [text('text'), count('number'), text('delimiters')], isPerValue: true,
    evaluate: ([given, number, delimiters]) => succeed([takeWord(given, number, delimiters)])
  }),
  defineFunction({ name: 'Len', returns: 'number', parameters: [text('text')], evaluate: ([given]) => succeed([given.length]) }),
  defineFunction({
    name: 'InStr', returns: 'number', parameters: [text('text'), text('find'), optional(count('start'), 1), comparison],
    evaluate: ([given, find, start, compare]) => {
      if (start < 1) return fail(`start counts from 1, it cannot be ${start}`)
      if (start > given.length) return succeed([0])
      return succeed([fold(given, compare).indexOf(fold(find, compare), start - 1) + 1])
    }
  }),
  defineFunction({
    name: 'InStrRev', returns: 'number', parameters: [text('text'), text('find'), optional(count('start'), all), comparison],
    evaluate: ([given, find, start, compare]) => {
      if (start < 1) return fail(`start counts from 1, it cannot be ${start}`)
      // As in Visual Basic the whole occurrence lies before `start`.
      const last = Math.min(start, given.length) - find.length
      return succeed([last < 0 ? 0 : fold(given, compare).lastIndexOf(fold(find, compare), last) + 1])
    }
  })
]

/** Invariant case keeps the length of every character, so positions stay true. */
function fold(given: string, compare: 'vbBinaryCompare' | 'vbTextCompare'): string {
  return compare === 'vbTextCompare' ? toLower(given) : given
}

/** In the order of the reference: a count below one first, then a position outside of the text. */
function takeMiddle(given: string, position: number, length: number): string {
  if (length <= 0) return ''
  if (position <= 0 || position > given.length) return given
  return cutText(given, position - 1, Math.min(given.length, position - 1 + length))
}

/** Every delimiter ends a word, so empty words count. Without delimiters the whole text is the first word. */
function takeWord(given: string, number: number, delimiters: string): string {
  if (number < 1) return ''
  const separators = new Set(delimiters)
  let word = ''
  let current = 1
  for (const character of given) {
    if (!separators.has(character)) {
      if (current === number) word += character
      continue
    }
    if (current === number) return word
    current += 1
  }
  return word
}
