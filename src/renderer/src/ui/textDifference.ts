export type Part = { readonly text: string; readonly isChanged: boolean }

/**
 * What of a value changed: the common beginning and end stay unmarked, the middle is marked. Cuts fall between characters
 * as people see them, so that an accent is never torn from its letter.
 */
export function compareTexts(before: string, after: string): { readonly before: readonly Part[]; readonly after: readonly Part[] } {
  const [left, right] = [segments(before), segments(after)]
  const shorter = Math.min(left.length, right.length)
  let start = 0
  while (start < shorter && left[start] === right[start]) start += 1
  let end = 0
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1
  return { before: partsOf(left, start, end), after: partsOf(right, start, end) }
}

function segments(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
}

function partsOf(all: readonly string[], start: number, end: number): readonly Part[] {
  const parts = [
    { text: all.slice(0, start).join(''), isChanged: false },
    { text: all.slice(start, all.length - end).join(''), isChanged: true },
    { text: all.slice(all.length - end).join(''), isChanged: false },
  ]
  return parts.filter((part) => part.text !== '')
}
