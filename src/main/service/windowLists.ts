import type { ViewList, ViewRows } from '../../shared/api/views.ts'
import type { ListViews } from '../store/views.ts'

/** The lists of one service. View numbers are unique over all of them. */
export type WindowLists = { readonly [List in ViewList]: ListViews<ViewRows[List]> }
