/** Row and column of a place; rows may be of different length. */
export type MapPosition = { readonly row: number; readonly column: number }

/**
 * Where a key leads on a map whose rows have `lengths` places; null where it moves nothing. `offsets` say in which column of the
 * picture the first place of a row stands, so that up and down stay in the column that is seen.
 */
export function moveOnMap(key: string, from: MapPosition, lengths: readonly number[], offsets: readonly number[]): MapPosition | null {
  const { row, column } = from
  const last = (lengths[row] ?? 1) - 1
  switch (key) {
    case 'ArrowLeft': case 'h': return { row, column: Math.max(0, column - 1) }
    case 'ArrowRight': case 'l': return { row, column: Math.min(last, column + 1) }
    case 'ArrowUp': case 'k': return moveToRow(from, Math.max(0, row - 1), lengths, offsets)
    case 'ArrowDown': case 'j': return moveToRow(from, Math.min(lengths.length - 1, row + 1), lengths, offsets)
    case 'Home': return { row, column: 0 }
    case 'End': return { row, column: last }
    default: return null
  }
}

function moveToRow({ row, column }: MapPosition, next: number, lengths: readonly number[], offsets: readonly number[]): MapPosition {
  const seen = column + (offsets[row] ?? 0)
  return { row: next, column: Math.min((lengths[next] ?? 1) - 1, Math.max(0, seen - (offsets[next] ?? 0))) }
}
