import type { Actor } from '../access/actor.ts'
import type { Directory } from '../directory.ts'
import type { PagedSearches } from '../search/pagedSearches.ts'
import type { View } from '../search/view.ts'
import type { WriteOptions } from '../write/request.ts'

/** What one connection knows of itself; only a bind and StartTLS change it. */
export type Session = {
  readonly directory: Directory
  actor: Actor
  transport: WriteOptions['transport']
  readonly view: View
  readonly pages: PagedSearches
  /** Of the operation that is running, if the client gave it up (RFC 4511 4.11). */
  readonly abandoned: Set<number>
  /** Resolves when the client has taken what was sent so far; rejects when it is gone. */
  send(octets: Buffer): Promise<void>
}
