import { z } from 'zod'
import type { GuestRow } from '../domain/guestRow.ts'
import type { ChangeRow, PersonRow } from '../domain/listRows.ts'

/**
 * Long lists stay in the service. A view is a snapshot of row numbers: the window asks for windows of it, so that 100,000
 * rows scroll as ten do. It is dropped when it is closed, and after a run that changed what it shows.
 */
export const viewInputs = {
  'views.open': z.strictObject({
    list: z.enum(['guests', 'changes', 'persons']),
    /** Words that all must occur, anywhere in a value, case ignored. */
    text: z.string().max(200),
    /** Values joined by OR in a facet, facets by AND. */
    facets: z.record(z.string().max(100), z.array(z.string().max(500)).max(200)),
    sort: z.strictObject({ column: z.string().max(100), direction: z.enum(['ascending', 'descending']) }).nullable(),
    /** So many of its first rows come with the answer: what is on the screen at once needs no second question. */
    first: z.int().min(0).max(500).default(0),
  }),
  'views.rows': z.strictObject({ view: z.int().min(1), offset: z.int().min(0), limit: z.int().min(1).max(500) }),
  /** Row number of an object, to find a selection again. */
  'views.find': z.strictObject({ view: z.int().min(1), key: z.string().min(1).max(500) }),
  'views.close': z.strictObject({ view: z.int().min(1) }),
} as const

export type ViewList = z.output<(typeof viewInputs)['views.open']>['list']

export type ViewRows = { readonly guests: GuestRow; readonly changes: ChangeRow; readonly persons: PersonRow }

export type OpenedView<List extends ViewList = ViewList> = {
  readonly view: number
  /** The first rows, as many as were asked for. */
  readonly rows: readonly ViewRows[List][]
  readonly total: number
  /** By facet, most frequent first; counted over all rows that the text and the other facets leave. */
  readonly facets: Readonly<Record<string, readonly { readonly value: string; readonly count: number }[]>>
}

export type ViewOutputs = {
  'views.open': OpenedView
  'views.rows': readonly ViewRows[ViewList][]
  'views.find': number | null
  'views.close': null
}
