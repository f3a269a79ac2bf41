import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { MergedChange } from './deltaRound.ts'
import { addToRound } from './deltaRound.ts'
import type { GraphAnswer, GraphClient } from './graphClient.ts'
import { malformedAnswer } from './malformedAnswer.ts'
import { isRecord } from './parseJson.ts'
import { readUserChange } from './userChange.ts'
import { isOnGraph, readUsersPage } from './usersPage.ts'

/** A whole round: from a deltaLink over its pages to the next deltaLink. */
export type DeltaRound = {
  readonly changes: ReadonlyMap<string, MergedChange>
  readonly problems: readonly ObjectProblem[]
  readonly deltaLink: string
}

/** Unchanged attributes stay away, so that a page says only what is new. */
const headers = { Prefer: 'return=minimal' }

/** Pages of a delta may be empty for long while the service goes through what changed; endless ones are a fault of it. */
const mostEmptyPagesInARow = 1_000

/**
 * Reads a round to its end before anything of it is used: elements come in no order and more than once, and the deltaLink
 * belongs to all of them together. Where Graph forgot the way in between, the round begins again, once.
 */
export async function readDeltaRound(client: GraphClient, graphUrl: string, firstUrl: string, selected: ReadonlySet<string>, signal: AbortSignal): Promise<Result<DeltaRound, Problem>> {
  const round = await readRoundOnce(client, graphUrl, firstUrl, selected, signal)
  const mustRestart = !round.ok && round.problem.kind === 'pageTokenExpired'
  return mustRestart ? readRoundOnce(client, graphUrl, firstUrl, selected, signal) : round
}

async function readRoundOnce(client: GraphClient, graphUrl: string, firstUrl: string, selected: ReadonlySet<string>, signal: AbortSignal): Promise<Result<DeltaRound, Problem>> {
  const changes = new Map<string, MergedChange>()
  const problems = new Map<string, ObjectProblem>()
  const visited = new Set<string>()
  let emptyInARow = 0
  for (let url = firstUrl, number = 1; ; number += 1) {
    visited.add(url)
    const received = await client.getJson(url, headers, signal)
    if (!received.ok) return received
    const page = readDeltaPage(received.value, graphUrl)
    if (!page.ok) return page
    const { elements, link } = page.value
    for (const [index, element] of elements.entries()) {
      const change = readUserChange(element, `element ${index + 1} of page ${number}`, selected)
      if (change.ok) addToRound(changes, change.value)
      else problems.set(change.problem.object, change.problem)
    }
    if (link.kind === 'delta') return succeed({ changes, problems: [...problems.values()], deltaLink: link.url })
    emptyInARow = elements.length === 0 ? emptyInARow + 1 : 0
    const fault = describeEndlessness(visited.has(link.url), emptyInARow)
    if (fault !== null) return fail(refuse(received.value, fault))
    url = link.url
  }
}

function describeEndlessness(isVisited: boolean, emptyInARow: number): string | null {
  if (isVisited) return 'its @odata.nextLink leads back to a page that was read already'
  return emptyInARow > mostEmptyPagesInARow ? `${emptyInARow} pages in a row were empty and led on` : null
}

type DeltaPage = { readonly elements: readonly unknown[]; readonly link: { readonly kind: 'next' | 'delta'; readonly url: string } }

/** Every page has one link: `@odata.nextLink`, or on the last one `@odata.deltaLink`. Both are opaque and followed on Graph's host alone. */
function readDeltaPage(received: GraphAnswer, graphUrl: string): Result<DeltaPage, Problem> {
  const page = readUsersPage(received, graphUrl)
  if (!page.ok) return page
  const { elements, nextLink } = page.value
  const deltaLink = isRecord(received.body) ? received.body['@odata.deltaLink'] ?? null : null
  if (nextLink !== null && deltaLink !== null) return fail(refuse(received, 'it leads on and ends the round at once'))
  if (nextLink !== null) return succeed({ elements, link: { kind: 'next', url: nextLink } })
  if (typeof deltaLink !== 'string') return fail(refuse(received, 'the round ends without an @odata.deltaLink'))
  if (!isOnGraph(deltaLink, graphUrl)) return fail(refuse(received, 'its @odata.deltaLink leads to another host'))
  return succeed({ elements, link: { kind: 'delta', url: deltaLink } })
}

function refuse({ url, answer }: GraphAnswer, what: string): Problem {
  return malformedAnswer(url, answer.status, answer.headers, what)
}
