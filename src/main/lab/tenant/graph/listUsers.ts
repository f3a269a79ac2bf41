import type { LabAnswer } from '../../http/message.ts'
import { nowInSeconds } from '../tenantContext.ts'
import type { GraphRole } from '../tenantSettings.ts'
import type { TenantUser } from '../tenantUser.ts'
import { answerGraphError, answerGraphJson, graphErrors } from './graphErrors.ts'
import { consistencyOf } from './graphRequest.ts'
import type { GraphEndpoint, GraphRequest } from './graphRequest.ts'
import type { QueryResult } from './query/filterExpression.ts'
import { pageOfUsers } from './query/pageOfUsers.ts'
import { openPageToken, sealPageToken } from './query/pageToken.ts'
import type { PagePosition } from './query/pageToken.ts'
import type { QueryOptions } from './query/queryOptions.ts'
import { readUserQuery } from './query/userQuery.ts'
import { contextOf, showUser } from './userBody.ts'

export const rolesToReadUsers: readonly GraphRole[] = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All']

/** GET /users (https://learn.microsoft.com/graph/api/user-list). */
export const listUsers: GraphEndpoint = { roles: rolesToReadUsers, units: 2, answer: (request) => answerPage(request, request.context.store.listUsers()) }

/** GET /directory/deletedItems/microsoft.graph.user (https://learn.microsoft.com/graph/api/directory-deleteditems-list). */
export const listDeletedUsers: GraphEndpoint = { roles: rolesToReadUsers, answer: (request) => answerPage(request, request.context.store.listDeletedUsers()) }

/** One page of these users, by the query of the request or of its page token. */
export function answerPage(graphRequest: GraphRequest, users: readonly TenantUser[]): LabAnswer {
  const { context, request } = graphRequest
  const position = readPosition(graphRequest)
  if (!position.ok) return answerGraphError(position.error, request)
  // A page token encodes its query: what else the address says is not looked at.
  const options = position.value?.options ?? graphRequest.options
  const query = readUserQuery(options, consistencyOf(request))
  if (!query.ok) return answerGraphError(query.error, request)
  const page = pageOfUsers(users, query.value, position.value?.after ?? null)
  const body = {
    '@odata.context': contextOf(context.graphUrl, 'users', query.value.select, 'list'),
    ...(query.value.wantsCount && position.value === null ? { '@odata.count': page.total } : {}),
    ...(page.last === null ? {} : { '@odata.nextLink': nextLink(graphRequest, options, page.last) }),
    value: page.users.map((user) => showUser(user, query.value.select)),
  }
  return answerGraphJson(body, request)
}

function readPosition({ context, request, options }: GraphRequest): QueryResult<PagePosition | null> {
  const token = options.$skiptoken
  if (token === undefined) return { ok: true, value: null }
  const position = openPageToken(token, context.store.pageTokenKey)
  if (position === null || position.path !== request.url.pathname) return { ok: false, error: graphErrors.badRequest('The specified page token is not valid.') }
  return position.expires > nowInSeconds() ? { ok: true, value: position } : { ok: false, error: graphErrors.pageTokenExpired() }
}

function nextLink({ context, request }: GraphRequest, options: QueryOptions, after: PagePosition['after']): string {
  const { $skiptoken: _former, ...query } = options
  const position: PagePosition = { path: request.url.pathname, options: query, after, expires: nowInSeconds() + context.lifetimes.pageToken }
  const parameters = Object.entries({ ...query, $skiptoken: sealPageToken(position, context.store.pageTokenKey) })
  return `${context.graphUrl}${request.url.pathname}?${parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`
}
