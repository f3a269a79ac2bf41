import { graphErrors } from '../graphErrors.ts'
import type { GraphError } from '../graphErrors.ts'
import type { FilterExpression, QueryResult } from '../query/filterExpression.ts'
import { parseFilter } from '../query/parseFilter.ts'
import type { QueryOptions } from '../query/queryOptions.ts'
import type { DeltaQuery } from './deltaToken.ts'

/** https://learn.microsoft.com/graph/delta-query-overview: `$filter` takes ids alone, 50 of them at most. */
const mostIds = 50
const refusedOptions = ['$top', '$orderby', '$expand', '$search', '$skip', '$count'] as const

/** The query of a new round. `readSelect` knows the properties of the collection. */
export function readDeltaQuery(
  options: QueryOptions, collection: DeltaQuery['collection'], readSelect: (text: string | undefined) => QueryResult<readonly string[] | null>,
): QueryResult<DeltaQuery> {
  const refused = refusedOptions.find((name) => options[name] !== undefined)
  if (refused !== undefined) return { ok: false, error: graphErrors.unsupportedQuery(`The query option '${refused}' is not supported in a delta query.`) }
  const select = readSelect(options.$select)
  if (!select.ok) return select
  const ids = readIds(options.$filter)
  return ids.ok ? { ok: true, value: { collection, select: select.value, ids: ids.value } } : ids
}

function readIds(text: string | undefined): QueryResult<readonly string[] | null> {
  if (text === undefined) return { ok: true, value: null }
  const parsed = parseFilter(text)
  if (!parsed.ok) return parsed
  const parts = parsed.value.kind === 'or' ? parsed.value.parts : [parsed.value]
  const ids = parts.map(idOfPart)
  if (ids.length > mostIds) return { ok: false, error: refuseFilter(`Too many ids: ${ids.length}. Max allowed: ${mostIds}.`) }
  if (!ids.every((id) => id !== null)) return { ok: false, error: refuseFilter('Only id eq is supported in the filter of a delta query.') }
  return { ok: true, value: ids }
}

function idOfPart(part: FilterExpression): string | null {
  const isId = part.kind === 'compare' && part.operator === 'eq' && part.path === 'id'
  return isId && typeof part.value === 'string' ? part.value.toLowerCase() : null
}

function refuseFilter(message: string): GraphError {
  return graphErrors.unsupportedQuery(message)
}
