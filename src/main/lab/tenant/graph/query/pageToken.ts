import type { QueryOptions } from './queryOptions.ts'
import { openToken, sealToken } from './sealedToken.ts'

/** What a `$skiptoken` holds: the query that it continues, and where. */
export type PagePosition = {
  readonly path: string
  readonly options: QueryOptions
  /** Value of the sort key and id of the last object that was delivered: rows that come or go in between do not shift the rest. */
  readonly after: { readonly key: string; readonly id: string }
  /** Seconds since 1970. */
  readonly expires: number
}

export function sealPageToken(position: PagePosition, key: Buffer): string {
  return sealToken('page', position, key)
}

/** Null where this tenant did not make the token. */
export function openPageToken(token: string, key: Buffer): PagePosition | null {
  // Authenticated: nobody but sealPageToken wrote it.
  return openToken('page', token, key) as PagePosition | null
}
