import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { joinTexts, longestText, tooLong } from '../values.ts'

/**
 * Replaces every occurrence, case sensitive. `\n`, `\r` and `\t` in `old` and `replacement` mean line feed, carriage return
 * and tab; in the text an occurrence may be the character itself or the same two characters, as in the reference's example
 * `ReplaceString("One\n\rMicrosoft", "\n\r", " ")`. Empty `old` occurs nowhere.
 */
export function replaceAllOf(text: string, old: string, replacement: string): Result<string, string> {
  if (old === '') return succeed(text)
  const meant = readMonikers(old)
  return joinTexts(splitAt(text, meant === old ? [old] : [meant, old]), readMonikers(replacement))
}

function readMonikers(text: string): string {
  return text.replaceAll('\\n', '\n').replaceAll('\\r', '\r').replaceAll('\\t', '\t')
}

function splitAt(text: string, separators: readonly string[]): readonly string[] {
  return separators.reduce<readonly string[]>((pieces, separator) => pieces.flatMap((piece) => piece.split(separator)), [text])
}

/**
 * Replaces single characters by a dictionary such as `ö:oe,å:a,’:`. Each source is one character, case sensitive; an empty
 * target removes it. White space in the dictionary does not count; comma and colon cannot be replaced (Entra Connect).
 */
export function replaceCharacters(text: string, pattern: string): Result<string, string> {
  const targets = readDictionary(pattern)
  if (!targets.ok) return targets
  const pieces: string[] = []
  let length = 0
  for (const character of text) {
    const piece = targets.value.get(character) ?? character
    length += piece.length
    if (length > longestText) return fail(tooLong)
    pieces.push(piece)
  }
  return succeed(pieces.join(''))
}

function readDictionary(pattern: string): Result<ReadonlyMap<string, string>, string> {
  const targets = new Map<string, string>()
  const compact = pattern.replace(/\s/g, '')
  if (compact === '') return succeed(targets)
  for (const entry of compact.split(',')) {
    const [source, target, ...rest] = entry.split(':')
    const isOneCharacter = source !== undefined && [...source].length === 1
    if (!isOneCharacter || target === undefined || rest.length > 0) return fail(`pattern has entries of the form ö:oe, not "${entry.slice(0, 40).toWellFormed()}"`)
    targets.set(source, target)
  }
  return succeed(targets)
}
