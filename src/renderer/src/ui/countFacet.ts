/** How often each value occurs, most frequent first: what the service counts for long lists, for those that are here as a whole. */
export function countFacet<Row>(rows: readonly Row[], valueOf: (row: Row) => string): readonly { readonly value: string; readonly count: number }[] {
  const groups = Map.groupBy(rows, valueOf)
  return [...groups].map(([value, members]) => ({ value, count: members.length })).toSorted((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1))
}
