import type { TenantUser } from '../../tenantUser.ts'
import { graphErrors } from '../graphErrors.ts'
import { findUserProperty } from '../userProperties.ts'
import { checkFilter } from './checkFilter.ts'
import type { QueryMode } from './checkFilter.ts'
import type { FilterExpression, QueryResult } from './filterExpression.ts'
import { parseFilter } from './parseFilter.ts'
import type { QueryOptions } from './queryOptions.ts'

export type SortOrder = { readonly property: keyof TenantUser; readonly direction: 'ascending' | 'descending' }

/** A list request that was found good. */
export type UserQuery = {
  /** Null: the default set. */
  readonly select: readonly (keyof TenantUser)[] | null
  readonly filter: FilterExpression | null
  readonly top: number
  /** Null: by id, which clients must not rely on. */
  readonly order: SortOrder | null
  readonly wantsCount: boolean
}

const defaultPage = 100
const largestPage = 999
const unsupportedOptions = [
  { option: '$expand', error: graphErrors.notImplemented('The query option $expand') },
  { option: '$search', error: graphErrors.notImplemented('The query option $search') },
  { option: '$skip', error: graphErrors.badRequest("'$skip' is not supported by the service.") },
] as const

/** `hasConsistencyLevel`: the request says `ConsistencyLevel: eventual`. */
export function readUserQuery(options: QueryOptions, hasConsistencyLevel: 'yes' | 'no'): QueryResult<UserQuery> {
  const unsupported = unsupportedOptions.find(({ option }) => options[option] !== undefined)
  if (unsupported !== undefined) return { ok: false, error: unsupported.error }
  const wantsCount = options.$count === 'true'
  if (options.$count !== undefined && !['true', 'false'].includes(options.$count)) return refuse(`Invalid value '${options.$count}' for $count query option found.`)
  // Without the header Graph passes over $count=true in silence.
  const mode = wantsCount && hasConsistencyLevel === 'yes' ? 'advanced' : 'plain'
  const select = readSelect(options.$select)
  if (!select.ok) return select
  const filter = readFilter(options.$filter, mode)
  if (!filter.ok) return filter
  const order = readOrder(options, mode)
  if (!order.ok) return order
  const top = readTop(options.$top)
  if (!top.ok) return top
  return { ok: true, value: { select: select.value, filter: filter.value, top: top.value, order: order.value, wantsCount: mode === 'advanced' } }
}

/** Names of properties by comma; `*` is everything. */
export function readSelect(text: string | undefined): QueryResult<UserQuery['select']> {
  if (text === undefined || text.trim() === '') return { ok: true, value: null }
  const names = text.split(',').map((name) => name.trim())
  const properties = names.map(findUserProperty)
  const unknown = names.find((_, index) => properties[index] === null)
  if (unknown !== undefined) return refuse(`Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.user'.`)
  const selected = properties.flatMap((property) => (property === null ? [] : [property.name]))
  return { ok: true, value: [...new Set(selected)] }
}

export function readFilter(text: string | undefined, mode: QueryMode): QueryResult<FilterExpression | null> {
  if (text === undefined) return { ok: true, value: null }
  const parsed = parseFilter(text)
  if (!parsed.ok) return parsed
  const error = checkFilter(parsed.value, mode)
  return error === null ? parsed : { ok: false, error }
}

/** 100 without `$top`. */
export function readTop(text: string | undefined): QueryResult<number> {
  if (text === undefined) return { ok: true, value: defaultPage }
  if (!/^\d{1,9}$/.test(text)) return refuse(`Invalid value '${text}' for $top query option found. The $top query option requires a non-negative integer value.`)
  const top = Number(text)
  if (top >= 1 && top <= largestPage) return { ok: true, value: top }
  return { ok: false, error: graphErrors.unsupportedQuery(`Invalid page size specified: '${top}'. Must be between 1 and ${largestPage} inclusive.`) }
}

function readOrder(options: QueryOptions, mode: QueryMode): QueryResult<SortOrder | null> {
  const text = options.$orderby
  if (text === undefined) return { ok: true, value: null }
  const [name, direction, ...rest] = text.trim().split(/\s+/)
  const property = findUserProperty(name ?? '')
  const isReadable = rest.length === 0 && (direction === undefined || direction === 'asc' || direction === 'desc')
  if (!isReadable || property === null) return refuse(`Invalid orderby clause: Could not understand '${text}' for the type 'microsoft.graph.user'.`)
  // aad-advanced-queries: $orderby together with $filter needs the advanced mode.
  if (!property.isSortable || (options.$filter !== undefined && mode === 'plain')) return { ok: false, error: graphErrors.unsupportedQuery('Sorting not supported for current query.') }
  return { ok: true, value: { property: property.name, direction: direction === 'desc' ? 'descending' : 'ascending' } }
}

function refuse(message: string): { readonly ok: false; readonly error: ReturnType<typeof graphErrors.malformedQuery> } {
  return { ok: false, error: graphErrors.malformedQuery(message) }
}
