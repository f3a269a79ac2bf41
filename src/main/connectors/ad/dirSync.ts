import type { Filter, SearchEntry } from 'ldapts'
import { AndFilter, EqualityFilter, OrFilter } from 'ldapts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { Conversation } from './conversation.ts'
import type { DirSyncMode } from './controls.ts'
import { DirSync, noCookie } from './controls.ts'
import { refusalOf } from './errors.ts'
import { textIn } from './rootDse.ts'
import { buildSearchRequest } from './search.ts'

export type DirSyncQuery = {
  /** Head of the naming context: DirSync takes no other base. */
  readonly base: Dn
  readonly filter: Filter
  readonly attributes: readonly string[]
  readonly mode: DirSyncMode
  readonly cookie: Buffer
}
export type DirSyncPage = { readonly entries: readonly SearchEntry[]; readonly cookie: Buffer; readonly isLast: boolean }

/** What changed since the cookie, page by page while the server says that there is more. Ends after a problem. */
export async function* readChanges(conversation: Conversation, query: DirSyncQuery, signal: AbortSignal): AsyncGenerator<Result<DirSyncPage, Problem>> {
  const doing = 'Reading changes of Active Directory (DirSync)'
  const { base, filter, attributes, mode } = query
  let { cookie } = query
  for (;;) {
    const control = new DirSync(mode, cookie)
    const search = { base, scope: 'sub' as const, filter, attributes, controls: [control] }
    const answer = await conversation.request((messageId) => buildSearchRequest(messageId, search, conversation.timeouts.operation), doing, signal)
    if (!answer.ok) return yield answer
    if (control.answered === null) return yield fail(noControl(doing))
    const { hasMore } = control.answered
    cookie = control.answered.cookie
    yield succeed({ entries: answer.value.entries, cookie, isLast: !hasMore })
    if (!hasMore) return
  }
}

export type FirstCookie = { readonly mode: DirSyncMode; readonly cookie: Buffer; readonly showsDeletions: boolean }

/**
 * A cookie for what changes from now on. The first round of DirSync is the whole domain; a filter that fits two objects spares
 * both sides the rest. Those two are the head of the domain and CN=Deleted Objects, which says of itself that it is deleted to
 * whom deletions are shown. Null where the server refuses DirSync in either mode.
 */
export async function takeFirstCookie(conversation: Conversation, base: Dn, signal: AbortSignal): Promise<Result<FirstCookie | null, Problem>> {
  for (const mode of ['everything', 'whatIsVisible'] as const) {
    const taken = await takeCookie(conversation, { base, filter: headAndDeletedObjects, attributes: ['name', 'isDeleted'], mode, cookie: noCookie }, signal)
    if (taken.ok || !isRefused(taken.problem)) return taken
  }
  return succeed(null)
}

/** The server's own refusal, not one of haste: other ways of asking may be open. */
export function isRefused(problem: Problem): boolean {
  return refusalOf(problem) !== null && problem.kind !== 'serverBusy' && problem.kind !== 'timedOut'
}

const headAndDeletedObjects = new OrFilter({
  filters: [
    new EqualityFilter({ attribute: 'objectClass', value: 'domainDNS' }),
    new AndFilter({ filters: [new EqualityFilter({ attribute: 'isDeleted', value: 'TRUE' }), new EqualityFilter({ attribute: 'name', value: 'Deleted Objects' })] }),
  ],
})

async function takeCookie(conversation: Conversation, query: DirSyncQuery, signal: AbortSignal): Promise<Result<FirstCookie, Problem>> {
  let [cookie, showsDeletions] = [query.cookie, false]
  for await (const page of readChanges(conversation, query, signal)) {
    if (!page.ok) return page
    cookie = page.value.cookie
    showsDeletions ||= page.value.entries.some((entry) => textIn(entry, 'isDeleted') === 'TRUE')
  }
  return succeed({ mode: query.mode, cookie, showsDeletions })
}

function noControl(doing: string): Problem {
  return { kind: 'malformedAnswer', message: `${doing} failed: the server answered without the control that it was asked with.`, remedy: 'Connect to another domain controller, or run a full import.' }
}
