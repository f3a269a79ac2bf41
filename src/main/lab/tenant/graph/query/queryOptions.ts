import { graphErrors } from '../graphErrors.ts'
import type { GraphError } from '../graphErrors.ts'

export const queryOptionNames = ['$select', '$filter', '$top', '$count', '$orderby', '$search', '$expand', '$skip', '$skiptoken', '$deltatoken'] as const
export type QueryOptionName = (typeof queryOptionNames)[number]
export type QueryOptions = Readonly<Partial<Record<QueryOptionName, string>>>

/**
 * The system query options of a request. Graph takes them without `$` too and passes over options of the caller's own,
 * but refuses a `$` option that it does not know, and one that comes twice.
 */
export function readQueryOptions(url: URL): { readonly options: QueryOptions } | { readonly error: GraphError } {
  const options: Partial<Record<QueryOptionName, string>> = {}
  for (const [key, value] of url.searchParams) {
    const lower = key.toLowerCase()
    const name = queryOptionNames.find((candidate) => candidate === lower || candidate === `$${lower}`)
    if (name === undefined && key.startsWith('$')) return { error: graphErrors.malformedQuery(`The query parameter '${key}' is not supported.`) }
    if (name === undefined) continue
    if (options[name] !== undefined) return { error: graphErrors.malformedQuery(`Query option '${name}' was specified more than once, but it must be specified at most once.`) }
    options[name] = value
  }
  return { options }
}
