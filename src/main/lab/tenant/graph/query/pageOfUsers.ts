import type { TenantUser } from '../../tenantUser.ts'
import { matchesFilter } from './matchesFilter.ts'
import type { PagePosition } from './pageToken.ts'
import type { SortOrder, UserQuery } from './userQuery.ts'

export type UserPage = {
  readonly users: readonly TenantUser[]
  /** How many users the query means in all. */
  readonly total: number
  /** Where the next page begins; null after the last one. */
  readonly last: PagePosition['after'] | null
}

/** One page of what the query means; `after` null gives the first. */
export function pageOfUsers(users: readonly TenantUser[], query: UserQuery, after: PagePosition['after'] | null): UserPage {
  const { filter } = query
  const meant = filter === null ? [...users] : users.filter((user) => matchesFilter(user, filter))
  const sorted = meant.sort((left, right) => comparePositions(positionOf(left, query.order), positionOf(right, query.order), query.order))
  const rest = after === null ? sorted : sorted.filter((user) => comparePositions(positionOf(user, query.order), after, query.order) > 0)
  const page = rest.slice(0, query.top)
  const final = page.at(-1)
  const isLast = rest.length <= page.length || final === undefined
  return { users: page, total: meant.length, last: isLast ? null : positionOf(final, query.order) }
}

function positionOf(user: TenantUser, order: SortOrder | null): PagePosition['after'] {
  const value = order === null ? null : user[order.property]
  // Only texts and times can be sorted by.
  return { key: typeof value === 'string' ? value.toLowerCase() : '', id: user.id }
}

function comparePositions(left: PagePosition['after'], right: PagePosition['after'], order: SortOrder | null): number {
  const byKey = compareText(left.key, right.key)
  if (byKey !== 0) return order?.direction === 'descending' ? -byKey : byKey
  return compareText(left.id, right.id)
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
