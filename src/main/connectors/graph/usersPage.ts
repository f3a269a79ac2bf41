import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { GraphAnswer } from './graphClient.ts'
import { malformedAnswer } from './malformedAnswer.ts'
import { isRecord } from './parseJson.ts'

/** A page of `/users` whose frame is sound; its elements are looked at one by one (toConnectorObject.ts). */
export type UsersPage = { readonly elements: readonly unknown[]; readonly nextLink: string | null; readonly count: number | null }

/** https://learn.microsoft.com/graph/paging: `value`, `@odata.nextLink` on all pages but the last, `@odata.count` on the first. */
export function readUsersPage(received: GraphAnswer, graphUrl: string): Result<UsersPage, Problem> {
  const { url, body, answer } = received
  const refuse = (what: string): Result<UsersPage, Problem> => fail(malformedAnswer(url, answer.status, answer.headers, what))
  if (!isRecord(body) || !Array.isArray(body['value'])) return refuse('it is not a page of users: there is no list named value')
  const nextLink = body['@odata.nextLink'] ?? null
  const count = body['@odata.count'] ?? null
  if (nextLink !== null && typeof nextLink !== 'string') return refuse('its @odata.nextLink is not a text')
  if (nextLink !== null && !isOnGraph(nextLink, graphUrl)) return refuse('its @odata.nextLink leads to another host')
  if (count !== null && (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0)) return refuse('its @odata.count is not a number of users')
  return succeed({ elements: body['value'], nextLink, count })
}

/** The token goes where the link leads, so only Graph's own host, scheme and port will do. */
export function isOnGraph(link: string, graphUrl: string): boolean {
  return URL.canParse(link) && new URL(link).origin === new URL(graphUrl).origin
}

/**
 * Members and users come with id and type only where the application may list them but not read them
 * (https://learn.microsoft.com/graph/permissions-overview, "limited information").
 */
export function hasLimitedInformation(page: UsersPage): boolean {
  const isLimited = (element: unknown) => isRecord(element) && ['userPrincipalName', 'userType', 'accountEnabled'].every((name) => (element[name] ?? null) === null)
  return page.elements.length > 0 && page.elements.every((element) => isLimited(element) && isRecord(element) && typeof element['id'] === 'string')
}
