import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { toLower, toUpper } from '../characters.ts'
import { joinTexts, longestText, tooLong } from '../values.ts'
import type { ExpressionFunction, Outcome } from './definition.ts'
import { alias, defineFunction } from './definition.ts'
import { normalizeText } from './normalizeText.ts'
import { count, repeated, text } from './parameters.ts'
import { replaceAllOf, replaceCharacters } from './replaceText.ts'

const upperCase = defineFunction({ name: 'UpperCase', returns: 'text', parameters: [text('text')], isPerValue: true, evaluate: ([given]) => succeed([toUpper(given)]) })
const lowerCase = defineFunction({ name: 'LowerCase', returns: 'text', parameters: [text('text')], isPerValue: true, evaluate: ([given]) => succeed([toLower(given)]) })
const properCase = defineFunction({ name: 'ProperCase', returns: 'text', parameters: [text('text')], isPerValue: true, evaluate: ([given]) => succeed([toProperCase(given)]) })
const leftPad = definePad('LeftPad', (given, padding) => padding + given)
const rightPad = definePad('RightPad', (given, padding) => given + padding)
const replaceString = defineFunction({
  name: 'ReplaceString', returns: 'text', parameters: [text('text'), text('old'), text('new')], isPerValue: true,
  evaluate: ([given, old, replacement]) => asOutcome(replaceAllOf(given, old, replacement))
})

/** Functions that change a text. */
export const textFunctions: readonly ExpressionFunction[] = [
  defineFunction({ name: 'Concatenate', returns: 'text', parameters: [repeated(text('text'), 1)], evaluate: ([texts]) => asOutcome(joinTexts(texts, '')) }),
  upperCase, alias('UCase', upperCase),
  lowerCase, alias('LCase', lowerCase),
  properCase, alias('PCase', properCase),
  defineFunction({ name: 'LTrim', returns: 'text', parameters: [text('text')], isPerValue: true, evaluate: ([given]) => succeed([given.trimStart()]) }),
  defineFunction({ name: 'RTrim', returns: 'text', parameters: [text('text')], isPerValue: true, evaluate: ([given]) => succeed([given.trimEnd()]) }),
  defineFunction({ name: 'Trim', returns: 'text', parameters: [text('text')], isPerValue: true, evaluate: ([given]) => succeed([given.trim()]) }),
  leftPad, alias('PadLeft', leftPad),
  rightPad, alias('PadRight', rightPad),
  replaceString, alias('Replace', replaceString),
  defineFunction({
    name: 'ReplaceChars', returns: 'text', parameters: [text('text'), text('pattern')], isPerValue: true,
    evaluate: ([given, pattern]) => asOutcome(replaceCharacters(given, pattern))
  }),
  defineFunction({ name: 'NormalizeString', returns: 'text', parameters: [text('text')], isPerValue: true, evaluate: ([given]) => asOutcome(normalizeText(given)) }),
  defineFunction({ name: 'CRLF', returns: 'text', parameters: [], evaluate: () => succeed(['\r\n']) })
]

function definePad(name: string, pad: (given: string, padding: string) => string): ExpressionFunction {
  return defineFunction({
    name, returns: 'text', parameters: [text('text'), count('length'), text('character')], isPerValue: true,
    evaluate: ([given, length, character]) => {
      // One UTF-16 code unit: half an emoji would remain where the length is reached.
      if (character.length !== 1) return fail(`character is exactly one character, not ${character.length}`)
      if (given === '') return succeed([''])
      if (length > longestText) return fail(tooLong)
      return succeed([pad(given, character.repeat(Math.max(0, length - given.length)))])
    }
  })
}

/**
 * Words are separated by blanks. The first letter of each is upper case and the rest lower; what stands before the first
 * letter is kept, as the reference's example `ProperCase("$TEsT")` = `$Test` shows.
 */
function toProperCase(given: string): string {
  return given.split(' ').map((word) => {
    const lower = toLower(word)
    const start = lower.search(/\p{L}/u)
    if (start < 0) return lower
    const letter = String.fromCodePoint(lower.codePointAt(start) ?? 0)
    return lower.slice(0, start) + toUpper(letter) + lower.slice(start + letter.length)
  }).join(' ')
}

function asOutcome(result: Result<string, string>): Outcome {
  return result.ok ? succeed([result.value]) : result
}
