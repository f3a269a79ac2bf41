/**
 * The known name that an unknown one was probably meant to be, for messages such as "did you mean userPrincipalName?".
 * Case does not count; swapped neighbours count as one mistake (optimal string alignment distance). Null where nothing
 * is near: more than a third of the letters, at least one, would have to change. Of equally near names the first wins.
 */
export function nearestName(unknown: string, known: readonly string[]): string | null {
  const wanted = unknown.toLowerCase()
  let nearest: { readonly name: string; readonly distance: number } | null = null
  for (const name of known) {
    const allowed = Math.max(1, Math.floor(Math.max(wanted.length, name.length) / 3))
    const limit = nearest === null ? allowed : Math.min(allowed, nearest.distance - 1)
    const distance = countEdits(wanted, name.toLowerCase(), limit)
    if (distance !== null) nearest = { name, distance }
  }
  return nearest?.name ?? null
}

/** Names come from people's files: a text of a megabyte must not cost a matrix of its square. */
const longestName = 128

function countEdits(left: string, right: string, limit: number): number | null {
  if (limit < 0 || left.length > longestName || Math.abs(left.length - right.length) > limit) return null
  let beforePrevious: readonly number[] = []
  let previous: readonly number[] = Array.from({ length: right.length + 1 }, (_, column) => column)
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1]
      const isSwapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      current.push(Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(beforePrevious, column - 2) + 1 : Infinity
      ))
    }
    beforePrevious = previous
    previous = current
  }
  const distance = at(previous, right.length)
  return distance <= limit ? distance : null
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity
}
