import type { Filter, SearchEntry } from 'ldapts'
import { Ber, BerWriter, Control, PagedResultsControl, SearchRequest } from 'ldapts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { succeed } from '../../../shared/domain/result.ts'
import type { Conversation } from './conversation.ts'
import { noCookie } from './controls.ts'
import type { LdapSession, RequestOptions } from './ldapSession.ts'

export type Search = {
  /** A DN, or `<GUID=…>` and `<SID=…>` of Active Directory (MS-ADTS 3.1.1.3.1.2.4). */
  readonly base: string
  readonly scope: 'base' | 'one' | 'sub'
  readonly filter: Filter
  readonly attributes: readonly string[]
  /** Besides paging. */
  readonly controls?: readonly Control[]
}

/** `isLast` belongs to all searches together: an empty page in the middle is no end. */
export type EntryPage = { readonly entries: readonly SearchEntry[]; readonly isLast: boolean }

/** All entries of a search that finds a few; Active Directory would cut it off at 1,000. */
export async function searchOnce(conversation: Conversation, search: Search, doing: string, signal: AbortSignal): Promise<Result<readonly SearchEntry[], Problem>> {
  const answer = await conversation.request((messageId) => buildSearchRequest(messageId, search, conversation.timeouts.operation), doing, signal)
  return answer.ok ? succeed(answer.value.entries) : answer
}

/**
 * Entries of several searches, one after another, page by page; while the consumer is busy with one page the next one is
 * under way. Ends after a problem. All pages come over one connection: a cookie is worth nothing on another.
 */
export async function* searchInPages(conversation: Conversation, searches: readonly Search[], pageSize: number, doing: string, signal: AbortSignal): AsyncGenerator<Result<EntryPage, Problem>> {
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return yield signedIn
  const abandon = new AbortController()
  const options = { doing, signal: AbortSignal.any([signal, abandon.signal]), timeout: conversation.timeouts.operation }
  const fetch = (at: Position) => fetchPage(signedIn.value.session, searches, at, pageSize, options)
  let coming: Promise<Result<FetchedPage, Problem>> | null = searches.length === 0 ? null : fetch({ search: 0, cookie: noCookie })
  try {
    while (coming !== null) {
      const page: Result<FetchedPage, Problem> = await coming
      if (!page.ok) return yield page
      const { entries, next } = page.value
      coming = next === null ? null : fetch(next)
      yield succeed({ entries, isLast: next === null })
    }
  } finally {
    // A consumer that stops early leaves a page on its way that nobody wants.
    abandon.abort()
  }
}

type Position = { readonly search: number; readonly cookie: Buffer }
type FetchedPage = { readonly entries: readonly SearchEntry[]; readonly next: Position | null }

async function fetchPage(session: LdapSession, searches: readonly Search[], at: Position, pageSize: number, options: RequestOptions): Promise<Result<FetchedPage, Problem>> {
  const search = searches[at.search]
  if (search === undefined) return succeed({ entries: [], next: null })
  const paging = new PageRequest(pageSize, at.cookie)
  const answer = await session.request((messageId) => buildSearchRequest(messageId, search, options.timeout, paging), options)
  if (!answer.ok) return answer
  const control = answer.value.response.controls?.find((candidate) => candidate instanceof PagedResultsControl)
  const cookie = control?.value?.cookie ?? noCookie
  // RFC 2696 3: only an empty cookie is the end; a page may be empty in between.
  if (cookie.length > 0) return succeed({ entries: answer.value.entries, next: { search: at.search, cookie } })
  const next = at.search + 1 < searches.length ? { search: at.search + 1, cookie: noCookie } : null
  return succeed({ entries: answer.value.entries, next })
}

export function buildSearchRequest(messageId: number, search: Search, timeout: number, ...more: readonly Control[]): SearchRequest {
  const controls = [...(search.controls ?? []), ...more]
  return new SearchRequest({
    messageId, baseDN: search.base, scope: search.scope, filter: search.filter, attributes: [...search.attributes],
    timeLimit: Math.ceil(timeout / 1000), ...(controls.length === 0 ? {} : { controls }),
  })
}

/** RFC 2696 2: SEQUENCE { size INTEGER, cookie OCTET STRING }. Critical, so that no server answers with everything at once. */
class PageRequest extends Control {
  readonly #size: number
  readonly #cookie: Buffer

  constructor(size: number, cookie: Buffer) {
    super(PagedResultsControl.type, { critical: true })
    this.#size = size
    this.#cookie = cookie
  }

  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter()
    value.startSequence()
    value.writeInt(this.#size)
    value.writeBuffer(this.#cookie, Ber.OctetString)
    value.endSequence()
    writer.writeBuffer(value.buffer, Ber.OctetString)
  }
}
