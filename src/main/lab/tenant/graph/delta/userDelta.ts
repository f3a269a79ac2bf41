import type { TenantStore } from '../../store/tenantStore.ts'
import type { LoggedChange } from '../../tenantChange.ts'
import type { TenantUser } from '../../tenantUser.ts'
import type { GraphEndpoint } from '../graphRequest.ts'
import { rolesToReadUsers } from '../listUsers.ts'
import { readSelect } from '../query/userQuery.ts'
import { defaultUserProperties } from '../userProperties.ts'
import { answerDelta } from './answerDelta.ts'
import type { DeltaCollection, Representation } from './answerDelta.ts'
import type { DeltaQuery } from './deltaToken.ts'
import { listChangedProperties, showProperties, showRemoved } from './showObject.ts'

/** A first round mentions those whose latest changes the service still has at hand a second time. */
const repeatedChanges = 20

const users: DeltaCollection = {
  name: 'users',
  readSelect,
  mentionAll: (store) => {
    const existing = store.listUsers().map(({ id }) => ({ id, part: 0, name: 'existing' }))
    const repeated = store.changes.listLatest('user', repeatedChanges).map(({ object, sequence }) => ({ id: object.id, part: 0, name: String(sequence) }))
    return [...existing, ...repeated]
  },
  showInFirstRound: (store, query, { id }) => {
    const user = store.findById(id)
    // No tombstones in a first round: deletions are found by comparing with what the client knows.
    return user?.deletedDateTime === null ? showUser(store, query, user) : null
  },
  showChanges: (store, query, id, lines, representation) => {
    const user = store.findById(id)
    if (user === null) return showRemoved(id, 'deleted')
    return user.deletedDateTime === null ? showChangedUser(store, query, user, lines, representation) : showRemoved(id, 'changed')
  },
}

/** GET /users/delta (https://learn.microsoft.com/graph/api/user-delta). */
export const userDelta: GraphEndpoint = { roles: rolesToReadUsers, units: 2, answer: (request) => answerDelta(users, request) }

function showChangedUser(store: TenantStore, query: DeltaQuery, user: TenantUser, lines: readonly LoggedChange[], representation: Representation): object | null {
  // Who came (back) since is new to the client: there is nothing that it could know already.
  if (lines.some(({ change }) => change.kind === 'created' || change.kind === 'restored')) return showUser(store, query, user)
  const changed = listChangedProperties(lines).filter((name) => trackedBy(query).some((tracked) => tracked === name))
  if (changed.length === 0) return null
  return representation === 'full' ? showUser(store, query, user) : showProperties(store, user, user.id, changed)
}

function showUser(store: TenantStore, query: DeltaQuery, user: TenantUser): object {
  return showProperties(store, user, user.id, trackedBy(query))
}

function trackedBy(query: DeltaQuery): readonly string[] {
  return query.select ?? defaultUserProperties
}
