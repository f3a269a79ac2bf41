/** RFC 4514 2.4 demands these to be escaped; `=` may be, and is reserved in Active Directory (Microsoft, "Distinguished Names"). */
const escapedByBackslash = new Set(Array.from(',+"\\<>;='))

/** Most values: nothing that means anything in a DN, and no blank that could stand at an edge. */
const needsNoEscape = /^[A-Za-z0-9-]*$/

/**
 * The text of one value of a relative distinguished name, as it stands in a canonical DN: specials after a backslash; a
 * leading `#`, leading and trailing blanks and control characters as hex pairs, because a blank behind a backslash does
 * not survive every editor. Half of a surrogate pair, which UTF-8 cannot carry, becomes U+FFFD as it would on the wire.
 */
export function escapeDnValue(value: string): string {
  if (needsNoEscape.test(value)) return value
  const characters = Array.from(value.toWellFormed())
  return characters.map((character, index) => escapeCharacter(character, index, characters.length - 1)).join('')
}

function escapeCharacter(character: string, index: number, last: number): string {
  if (escapedByBackslash.has(character)) return `\\${character}`
  const isEdgeBlank = character === ' ' && (index === 0 || index === last)
  const isLeadingHash = character === '#' && index === 0
  if (isEdgeBlank || isLeadingHash || isControl(character)) return hexPair(character)
  return character
}

function isControl(character: string): boolean {
  return character < ' ' || character === '\u007f'
}

function hexPair(character: string): string {
  return `\\${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
