import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { longestText, tooLong } from '../values.ts'

/** Letters that have no decomposition in Unicode, and ligatures. */
const plainLetters: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'], ['ẞ', 'SS'], ['æ', 'ae'], ['Æ', 'AE'], ['œ', 'oe'], ['Œ', 'OE'], ['ø', 'o'], ['Ø', 'O'],
  ['đ', 'd'], ['Đ', 'D'], ['ð', 'd'], ['Ð', 'D'], ['þ', 'th'], ['Þ', 'Th'], ['ł', 'l'], ['Ł', 'L'], ['ħ', 'h'], ['Ħ', 'H'],
  ['ı', 'i'], ['ŧ', 't'], ['Ŧ', 'T'], ['ŋ', 'n'], ['Ŋ', 'N'], ['ĸ', 'k'], ['ſ', 's'], ['ƒ', 'f'], ['ĳ', 'ij'], ['Ĳ', 'IJ'],
  ['ŉ', 'n'], ['ǆ', 'dz'], ['Ǆ', 'DZ'], ['ǅ', 'Dz'], ['ǉ', 'lj'], ['Ǉ', 'LJ'], ['ǈ', 'Lj'], ['ǌ', 'nj'], ['Ǌ', 'NJ'], ['ǋ', 'Nj'],
  ['ﬀ', 'ff'], ['ﬁ', 'fi'], ['ﬂ', 'fl'], ['ﬃ', 'ffi'], ['ﬄ', 'ffl'], ['ﬅ', 'st'], ['ﬆ', 'st']
])

/**
 * Letters without diacritics and ligatures: `Räksmörgås` → `Raksmorgas`. Only the combining marks of European scripts go
 * (U+0300 to U+036F); vowel signs of other scripts are letters to their readers and stay.
 */
export function normalizeText(text: string): Result<string, string> {
  const pieces: string[] = []
  let length = 0
  for (const character of text.normalize('NFD').replace(/[\u0300-\u036f]/g, '')) {
    const piece = plainLetters.get(character) ?? character
    length += piece.length
    if (length > longestText) return fail(tooLong)
    pieces.push(piece)
  }
  return succeed(pieces.join('').normalize('NFC'))
}
