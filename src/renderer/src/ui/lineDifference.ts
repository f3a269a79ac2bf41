export type DifferenceLine = { readonly kind: 'same' | 'removed' | 'added'; readonly text: string }
export type DifferencePart = { readonly kind: 'lines'; readonly lines: readonly DifferenceLine[] } | { readonly kind: 'folded'; readonly count: number }

/** Beyond so many pairs of lines the middle counts as replaced: a person would not read more either. */
const mostPairs = 4_000_000
const contextLines = 3

/** Two texts line by line; equal lines far from any change are folded. */
export function compareLines(before: string, after: string): readonly DifferencePart[] {
  const lines = differenceOf(before.split(/\r?\n/), after.split(/\r?\n/))
  const isNear = lines.map((_line, index) => lines.slice(Math.max(0, index - contextLines), index + contextLines + 1).some(({ kind }) => kind !== 'same'))
  const parts: DifferencePart[] = []
  for (let start = 0; start < lines.length;) {
    let end = start
    while (end < lines.length && isNear[end] === isNear[start]) end += 1
    parts.push(isNear[start] === true ? { kind: 'lines', lines: lines.slice(start, end) } : { kind: 'folded', count: end - start })
    start = end
  }
  return parts
}

function differenceOf(before: readonly string[], after: readonly string[]): readonly DifferenceLine[] {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  let end = 0
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1
  const as = (kind: DifferenceLine['kind']) => (text: string): DifferenceLine => ({ kind, text })
  return [
    ...before.slice(0, start).map(as('same')),
    ...middleOf(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(as('same')),
  ]
}

/** The longest common subsequence of lines stays; the rest was removed or added. */
function middleOf(before: readonly string[], after: readonly string[]): readonly DifferenceLine[] {
  if (before.length * after.length > mostPairs) return [...before.map((text): DifferenceLine => ({ kind: 'removed', text })), ...after.map((text): DifferenceLine => ({ kind: 'added', text }))]
  const width = after.length + 1
  const common = new Uint32Array((before.length + 1) * width)
  const at = (row: number, column: number): number => common[row * width + column] ?? 0
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) common[row * width + column] = before[row] === after[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
  }
  const lines: DifferenceLine[] = []
  let [row, column] = [0, 0]
  while (row < before.length || column < after.length) {
    const [left, right] = [before[row], after[column]]
    if (left !== undefined && left === right) { lines.push({ kind: 'same', text: left }); row += 1; column += 1 }
    else if (left !== undefined && (right === undefined || at(row + 1, column) >= at(row, column + 1))) { lines.push({ kind: 'removed', text: left }); row += 1 }
    else { lines.push({ kind: 'added', text: right ?? '' }); column += 1 }
  }
  return lines
}
