import { directMembersOf, idOf } from '../../changes/membership.ts'
import type { Member } from '../../changes/membership.ts'
import type { TenantStore } from '../../store/tenantStore.ts'
import type { LoggedChange } from '../../tenantChange.ts'
import type { TenantGroup } from '../../tenantGroup.ts'
import type { GraphEndpoint } from '../graphRequest.ts'
import { groupProperties, readGroupSelect, rolesToReadGroups } from '../groups/groupProperties.ts'
import { answerDelta } from './answerDelta.ts'
import type { DeltaCollection, Representation } from './answerDelta.ts'
import type { DeltaQuery } from './deltaToken.ts'
import { listChangedProperties, showProperties, showRemoved } from './showObject.ts'

/** A large group comes in parts, each with some of its members: the client puts them together. */
const membersOfPart = 50

const groups: DeltaCollection = {
  name: 'groups',
  readSelect: (text) => readGroupSelect(text, ['members']),
  mentionAll: (store, query) => store.listGroups().flatMap((group) => {
    const parts = tracksMembers(query) ? Math.max(1, Math.ceil(directMembersOf(store, group).length / membersOfPart)) : 1
    return Array.from({ length: parts }, (_, part) => ({ id: group.id, part, name: 'existing' }))
  }),
  showInFirstRound: (store, query, { id, part }) => {
    const group = store.findGroup(id)
    if (group?.deletedDateTime !== null) return null
    const first = part * membersOfPart
    return { ...showTracked(store, query, group), ...showMembers(query, directMembersOf(store, group).slice(first, first + membersOfPart).map(describeMember)) }
  },
  showChanges: (store, query, id, lines, representation) => {
    const group = store.findGroup(id)
    if (group === null) return showRemoved(id, 'deleted')
    return group.deletedDateTime === null ? showChangedGroup(store, query, group, lines, representation) : showRemoved(id, 'changed')
  },
}

/** GET /groups/delta (https://learn.microsoft.com/graph/api/group-delta). Members of nested groups are not told. */
export const groupDelta: GraphEndpoint = { roles: rolesToReadGroups, units: 5, answer: (request) => answerDelta(groups, request) }

function showChangedGroup(store: TenantStore, query: DeltaQuery, group: TenantGroup, lines: readonly LoggedChange[], representation: Representation): object | null {
  const isNew = lines.some(({ change }) => change.kind === 'created' || change.kind === 'restored')
  const members = isNew ? directMembersOf(store, group).map(describeMember) : listChangedMembers(group, lines)
  const changed = listChangedProperties(lines).filter((name) => trackedBy(query).includes(name))
  const hasMembers = tracksMembers(query) && members.length > 0
  if (!isNew && changed.length === 0 && !hasMembers) return null
  const own = representation === 'full' || isNew ? showTracked(store, query, group) : showProperties(store, group, group.id, changed)
  return { ...own, ...(hasMembers ? showMembers(query, members) : {}) }
}

/** Whoever was added or removed since, as membership is now. */
function listChangedMembers(group: TenantGroup, lines: readonly LoggedChange[]): readonly object[] {
  const touched = new Map(lines.flatMap(({ change }) => (change.kind === 'memberAdded' || change.kind === 'memberRemoved' ? [[change.member.id, change.member] as const] : [])))
  return [...touched.values()].map(({ type, id }) => {
    const reference = { '@odata.type': `#microsoft.graph.${type}`, id }
    return group.members.some((member) => member.id === id) ? reference : { ...reference, '@removed': { reason: 'deleted' } }
  })
}

function describeMember(member: Member): object {
  return { '@odata.type': `#microsoft.graph.${member.type}`, id: idOf(member) }
}

function showTracked(store: TenantStore, query: DeltaQuery, group: TenantGroup): object {
  return showProperties(store, group, group.id, trackedBy(query))
}

function showMembers(query: DeltaQuery, members: readonly object[]): object {
  return tracksMembers(query) && members.length > 0 ? { 'members@delta': members } : {}
}

function trackedBy(query: DeltaQuery): readonly string[] {
  return (query.select ?? groupProperties).filter((name) => name !== 'members')
}

function tracksMembers(query: DeltaQuery): boolean {
  return query.select?.includes('members') ?? true
}
