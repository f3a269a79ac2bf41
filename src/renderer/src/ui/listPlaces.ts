/** A heading stands before the row with that number. */
export type ListHeading = { readonly before: number; readonly title: string; readonly count: string }

export type ListPlace = { readonly kind: 'row'; readonly row: number } | { readonly kind: 'heading'; readonly heading: ListHeading }

/** What stands at a place of a list whose rows are grouped under headings. */
export function placeAt(position: number, headings: readonly ListHeading[]): ListPlace {
  const above = headings.findLastIndex((heading, index) => heading.before + index <= position)
  const heading = headings[above]
  if (heading !== undefined && heading.before + above === position) return { kind: 'heading', heading }
  return { kind: 'row', row: position - above - 1 }
}

/** Where a row stands, headings counted. */
export function positionOfRow(row: number, headings: readonly ListHeading[]): number {
  return row + headings.filter(({ before }) => before <= row).length
}
