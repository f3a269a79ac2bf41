import type { LabAnswer } from '../../../http/message.ts'
import { nowInSeconds } from '../../tenantContext.ts'
import { answerGraphError, answerGraphJson, graphErrors } from '../graphErrors.ts'
import { consistencyOf } from '../graphRequest.ts'
import type { GraphRequest } from '../graphRequest.ts'
import type { QueryResult } from '../query/filterExpression.ts'
import { openPageToken, sealPageToken } from '../query/pageToken.ts'
import type { PagePosition } from '../query/pageToken.ts'
import type { QueryOptions } from '../query/queryOptions.ts'
import { readTop } from '../query/userQuery.ts'

export type ObjectView<Item> = { /** What stands behind `$metadata#`. */ readonly context: string; readonly show: (item: Item) => object }

const refusedOptions = ['$expand', '$search', '$skip', '$orderby'] as const

/** One page of objects in the order of their ids. `readView` says how the query, or that of the page token, shows them. */
export function answerObjectPage<Item>(
  graphRequest: GraphRequest, items: readonly (Item & { readonly id: string })[], readView: (options: QueryOptions) => QueryResult<ObjectView<Item>>,
): LabAnswer {
  const { context, request } = graphRequest
  const position = readPosition(graphRequest)
  if (!position.ok) return answerGraphError(position.error, request)
  const options = position.value?.options ?? graphRequest.options
  const refused = refusedOptions.find((name) => options[name] !== undefined)
  if (refused !== undefined) return answerGraphError(graphErrors.notImplemented(`The query option ${refused}`), request)
  const view = readView(options)
  if (!view.ok) return answerGraphError(view.error, request)
  const top = readTop(options.$top)
  if (!top.ok) return answerGraphError(top.error, request)
  const after = position.value?.after.id ?? ''
  const rest = items.filter(({ id }) => id > after).sort((left, right) => (left.id < right.id ? -1 : 1))
  const page = rest.slice(0, top.value)
  const last = rest.length > page.length ? page.at(-1) : undefined
  const isCounted = options.$count === 'true' && consistencyOf(request) === 'yes' && position.value === null
  return answerGraphJson({
    '@odata.context': `${context.graphUrl}/v1.0/$metadata#${view.value.context}`,
    ...(isCounted ? { '@odata.count': items.length } : {}),
    ...(last === undefined ? {} : { '@odata.nextLink': nextLink(graphRequest, options, last.id) }),
    value: page.map(view.value.show),
  }, request)
}

function readPosition({ context, request, options }: GraphRequest): QueryResult<PagePosition | null> {
  if (options.$skiptoken === undefined) return { ok: true, value: null }
  const position = openPageToken(options.$skiptoken, context.store.pageTokenKey)
  if (position === null || position.path !== request.url.pathname) return { ok: false, error: graphErrors.badRequest('The specified page token is not valid.') }
  return position.expires > nowInSeconds() ? { ok: true, value: position } : { ok: false, error: graphErrors.pageTokenExpired() }
}

function nextLink({ context, request }: GraphRequest, options: QueryOptions, id: string): string {
  const { $skiptoken: _former, ...query } = options
  const position: PagePosition = { path: request.url.pathname, options: query, after: { key: '', id }, expires: nowInSeconds() + context.lifetimes.pageToken }
  const parameters = Object.entries({ ...query, $skiptoken: sealPageToken(position, context.store.pageTokenKey) })
  return `${context.graphUrl}${request.url.pathname}?${parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`
}
