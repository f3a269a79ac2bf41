import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { GraphAnswer } from './graphClient.ts'
import { malformedAnswer } from './malformedAnswer.ts'
import { isRecord } from './parseJson.ts'
import type { UsersPage } from './usersPage.ts'
import { readUsersPage } from './usersPage.ts'

/** `number` counts from 1; `total` is the count that the first page gave. */
export type ListedPage = { readonly page: UsersPage; readonly number: number; readonly total: number | null }
/** Never rejects: what goes wrong is the problem of the result. */
export type FetchPage = (url: string, signal: AbortSignal) => Promise<Result<GraphAnswer, Problem>>

/** Empty pages are normal; a service that sends nothing else is not going to end. */
const mostEmptyPagesInARow = 100

/**
 * Follows a listing to its end, one page ahead of its consumer. Ends with the first problem. A consumer that leaves early
 * cancels the page on its way.
 */
export async function* listPages(firstUrl: string, graphUrl: string, fetchPage: FetchPage, signal: AbortSignal): AsyncGenerator<Result<ListedPage, Problem>> {
  const leaving = new AbortController()
  const stop = AbortSignal.any([signal, leaving.signal])
  const findLoop = createLoopFinder(firstUrl)
  try {
    let total: number | null = null
    let ahead: ReturnType<FetchPage> | null = fetchPage(firstUrl, stop)
    for (let number = 1; ahead !== null; number += 1) {
      const page = readAnswer(await ahead, graphUrl, findLoop)
      if (!page.ok) {
        yield page
        return
      }
      total ??= page.value.count
      ahead = page.value.nextLink === null ? null : fetchPage(page.value.nextLink, stop)
      yield succeed({ page: page.value, number, total })
    }
  } finally {
    leaving.abort()
  }
}

function readAnswer(received: Result<GraphAnswer, Problem>, graphUrl: string, findLoop: LoopFinder): Result<UsersPage, Problem> {
  if (!received.ok) return received
  const page = readUsersPage(received.value, graphUrl)
  const loop = page.ok ? findLoop(page.value) : null
  if (loop === null) return page
  const { url, answer } = received.value
  return fail(malformedAnswer(url, answer.status, answer.headers, loop))
}

/** What is wrong with the page in view of all pages before it; null where it leads on. */
type LoopFinder = (page: UsersPage) => string | null

function createLoopFinder(firstUrl: string): LoopFinder {
  const visited = new Set([firstUrl])
  const seen = new Set<string>()
  let emptyInARow = 0
  return (page) => {
    const known = page.elements.filter((element) => meet(element, seen) === 'again').length
    const isRepeated = known > 0 && known === page.elements.length
    emptyInARow = page.elements.length === 0 ? emptyInARow + 1 : 0
    if (isRepeated) return 'it repeats users that came before and brings no other'
    if (emptyInARow > mostEmptyPagesInARow) return `${emptyInARow} pages in a row were empty and led on`
    if (page.nextLink === null) return null
    if (visited.has(page.nextLink)) return 'its @odata.nextLink leads back to a page that was read already'
    visited.add(page.nextLink)
    return null
  }
}

/** Remembers the element's id; one without id is never met again. */
function meet(element: unknown, seen: Set<string>): 'first' | 'again' {
  const id = isRecord(element) ? element['id'] : undefined
  if (typeof id !== 'string') return 'first'
  const before = seen.size
  return seen.add(id.toLowerCase()).size === before ? 'again' : 'first'
}
