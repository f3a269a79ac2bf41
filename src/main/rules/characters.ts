/**
 * Positions and lengths are UTF-16 code units, as in MIM. A cut through the middle of a surrogate pair drops the half that
 * would remain, so that a well-formed text stays well-formed.
 */
export function cutText(text: string, from: number, to: number): string {
  const start = splitsPair(text, from) ? from + 1 : from
  const end = splitsPair(text, to) ? to - 1 : to
  return start < end ? text.slice(start, end) : ''
}

function splitsPair(text: string, index: number): boolean {
  return index > 0 && isHighSurrogate(text.charCodeAt(index - 1)) && isLowSurrogate(text.charCodeAt(index))
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

/** Upper case of the invariant culture: one character for one character, so ß stays ß and dotless ı stays ı. */
export function toUpper(text: string): string {
  return mapCharacters(text, (character) => (character === 'ı' ? character : character.toUpperCase()))
}

/** Lower case of the invariant culture: Σ becomes σ wherever it stands, İ stays İ. */
export function toLower(text: string): string {
  return mapCharacters(text, (character) => character.toLowerCase())
}

function mapCharacters(text: string, change: (character: string) => string): string {
  let result = ''
  for (const character of text) {
    const changed = change(character)
    result += changed.length === character.length ? changed : character
  }
  return result
}
