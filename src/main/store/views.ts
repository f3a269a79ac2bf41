/**
 * Snapshots of long lists for the window. They live beside the store, so that a run never waits for them nor they for a run.
 */
export interface ListViews<Row> {
  /** Copies the list where it has changed, so that the next `open` need not wait for it. */
  prepare(): Promise<void>
  open(request: ViewRequest): Promise<OpenView>
  /** In the order of the view, from `offset` on; fewer than `limit` at its end. Null: there is no such view (any more). */
  rows(view: number, offset: number, limit: number): readonly Row[] | null
  /** Position of the object with that key; null where it is not in the view, or there is no such view. */
  find(view: number, key: string): number | null
  close(view: number): void
}

export type ViewRequest = {
  /** Words that must all occur somewhere in the row, case ignored. */
  readonly text: string
  /** Values joined by OR within a facet, facets by AND. */
  readonly facets: Readonly<Record<string, readonly string[]>>
  readonly sort: { readonly column: string; readonly direction: 'ascending' | 'descending' } | null
}

export type OpenView = {
  readonly view: number
  readonly total: number
  readonly facets: Readonly<Record<string, readonly { readonly value: string; readonly count: number }[]>>
}

/** One row of a list as its source gives it. */
export type ListEntry<Row> = {
  readonly key: string
  readonly row: Row
  /** What a search looks at. */
  readonly text: string
  readonly facets: Readonly<Record<string, readonly string[]>>
  readonly sort: Readonly<Record<string, string | number>>
}

/** Where the rows of a list come from, batch by batch in their natural order. `version` changes when they may have changed. */
export type ListSource<Row> = { readonly version: () => Promise<string>; readonly entries: () => AsyncIterable<readonly ListEntry<Row>[]> }
