import type { LabAnswer } from '../../../http/message.ts'
import { directMembersOf, idOf, transitiveMembersOf } from '../../changes/membership.ts'
import type { Member } from '../../changes/membership.ts'
import type { TenantStore } from '../../store/tenantStore.ts'
import type { TenantGroup } from '../../tenantGroup.ts'
import { answerGraphError, graphErrors } from '../graphErrors.ts'
import { isAllowed } from '../graphRequest.ts'
import type { GraphEndpoint, GraphRequest } from '../graphRequest.ts'
import { answerPage, rolesToReadUsers } from '../listUsers.ts'
import type { QueryResult } from '../query/filterExpression.ts'
import { defaultUserProperties, findUserProperty } from '../userProperties.ts'
import { answerObjectPage } from './answerObjectPage.ts'
import type { ObjectView } from './answerObjectPage.ts'
import { groupProperties, readGroupSelect, rolesToReadGroups, showGroup } from './groupProperties.ts'

type ListMembers = (store: TenantStore, group: TenantGroup) => readonly Member[]

/** GET /groups/{id}/members (https://learn.microsoft.com/graph/api/group-list-members). */
export const listMembers: GraphEndpoint = { roles: rolesToReadGroups, units: 3, answer: (request) => answerMembers(request, directMembersOf) }
export const listMemberUsers: GraphEndpoint = { roles: rolesToReadGroups, units: 3, answer: (request) => answerMemberUsers(request, directMembersOf) }
export const listMemberGroups: GraphEndpoint = { roles: rolesToReadGroups, units: 3, answer: (request) => answerMemberGroups(request, directMembersOf) }

/** GET /groups/{id}/transitiveMembers: those of nested groups too, in one flat list. */
export const listTransitiveMembers: GraphEndpoint = { roles: rolesToReadGroups, units: 5, answer: (request) => answerMembers(request, transitiveMembersOf) }
export const listTransitiveUsers: GraphEndpoint = { roles: rolesToReadGroups, units: 5, answer: (request) => answerMemberUsers(request, transitiveMembersOf) }
export const listTransitiveGroups: GraphEndpoint = { roles: rolesToReadGroups, units: 5, answer: (request) => answerMemberGroups(request, transitiveMembersOf) }

function answerMembers(graphRequest: GraphRequest, list: ListMembers): LabAnswer {
  return withMembers(graphRequest, list, (members) => answerObjectPage(graphRequest, members.map((member) => ({ id: idOf(member), member })), (options) => readMemberView(graphRequest, options.$select)))
}

/** With the cast `/microsoft.graph.user` the list is one of users, and queried like one. */
function answerMemberUsers(graphRequest: GraphRequest, list: ListMembers): LabAnswer {
  return withMembers(graphRequest, list, (members) => {
    if (isAllowed(graphRequest.caller, rolesToReadUsers)) return answerPage(graphRequest, members.flatMap((member) => (member.type === 'user' ? [member.user] : [])))
    const users = members.filter(({ type }) => type === 'user').map((member) => ({ id: idOf(member), member }))
    return answerObjectPage(graphRequest, users, (options) => readMemberView(graphRequest, options.$select))
  })
}

function answerMemberGroups(graphRequest: GraphRequest, list: ListMembers): LabAnswer {
  return withMembers(graphRequest, list, (members) => answerObjectPage(graphRequest, members.flatMap((member) => (member.type === 'group' ? [member.group] : [])), (options) => {
    const select = readGroupSelect(options.$select)
    return select.ok ? { ok: true, value: { context: 'groups', show: (group: TenantGroup) => showGroup(group, select.value) } } : select
  }))
}

function withMembers(graphRequest: GraphRequest, list: ListMembers, answer: (members: readonly Member[]) => LabAnswer): LabAnswer {
  const { context: { store }, parameters, request } = graphRequest
  const id = parameters['group'] ?? ''
  const group = store.findGroup(id)
  return group?.deletedDateTime === null ? answer(list(store, group)) : answerGraphError(graphErrors.resourceNotFound(id), request)
}

function readMemberView({ caller }: GraphRequest, select: string | undefined): QueryResult<ObjectView<{ readonly member: Member }>> {
  const names = select === undefined || select.trim() === '' ? null : select.split(',').map((name) => name.trim())
  const unknown = names?.find((name) => findUserProperty(name) === null && !groupProperties.some((known) => known === name))
  if (unknown !== undefined) return { ok: false, error: graphErrors.malformedQuery(`Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.directoryObject'.`) }
  const show = ({ member }: { readonly member: Member }) => (isAllowed(caller, rolesToReadUsers) ? showMember(member, names) : showLimited(member, names))
  return { ok: true, value: { context: names === null ? 'directoryObjects' : `directoryObjects(${names.join(',')})`, show } }
}

function showMember(member: Member, names: readonly string[] | null): object {
  const type = { '@odata.type': `#microsoft.graph.${member.type}` }
  if (member.type === 'group') return { ...type, ...showGroup(member.group, names) }
  const properties = names === null ? defaultUserProperties : names.flatMap((name) => findUserProperty(name)?.name ?? [])
  return { ...type, ...Object.fromEntries(properties.map((name) => [name, member.user[name]])) }
}

/**
 * The application may see that there is a member but not read it: type and id, everything else null
 * (https://learn.microsoft.com/graph/permissions-overview, "Limited information returned for inaccessible member objects"). Groups can be read.
 */
function showLimited(member: Member, names: readonly string[] | null): object {
  if (member.type === 'group') return showMember(member, names)
  const hidden = (names ?? defaultUserProperties).filter((name) => name !== 'id').map((name) => [name, null])
  return { '@odata.type': '#microsoft.graph.user', id: member.user.id, ...Object.fromEntries(hidden) }
}
