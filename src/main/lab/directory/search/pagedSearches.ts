import { randomUUID } from 'node:crypto'
import type { PreparedSearch, SearchRequest } from './search.ts'

/** Searches of one connection that stopped at the end of a page (RFC 2696). */
export type PagedSearches = {
  /** The cookie that continues the search at a position of its candidates. */
  keep(page: OpenPage): Buffer
  /** Null for a cookie of another connection, of another search, or one that was used already. */
  take(cookie: Buffer, request: SearchRequest): OpenPage | null
}
export type OpenPage = { readonly request: SearchRequest; readonly prepared: PreparedSearch; readonly position: number }

/** MaxResultSetsPerConn: the oldest goes first (MS-ADTS 3.1.1.3.4.6). */
const mostOpenPages = 10

export function makePagedSearches(): PagedSearches {
  const pages = new Map<string, OpenPage>()
  return {
    keep(page) {
      const [oldest] = pages.keys()
      if (pages.size >= mostOpenPages && oldest !== undefined) pages.delete(oldest)
      const id = randomUUID()
      pages.set(id, page)
      return Buffer.from(id)
    },
    take(cookie, request) {
      const id = cookie.toString('latin1')
      const page = pages.get(id)
      if (page === undefined || !isSameSearch(page.request, request)) return null
      pages.delete(id)
      return page
    },
  }
}

function isSameSearch(left: SearchRequest, right: SearchRequest): boolean {
  return left.base === right.base && left.scope === right.scope && JSON.stringify(left.filter) === JSON.stringify(right.filter)
}
