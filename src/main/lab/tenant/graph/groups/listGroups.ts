import type { TenantGroup } from '../../tenantGroup.ts'
import { answerGraphError, answerGraphJson, graphErrors } from '../graphErrors.ts'
import type { GraphEndpoint } from '../graphRequest.ts'
import type { FilterExpression, Literal, QueryResult } from '../query/filterExpression.ts'
import { parseFilter } from '../query/parseFilter.ts'
import { answerObjectPage } from './answerObjectPage.ts'
import { readGroupSelect, rolesToReadGroups, showGroup } from './groupProperties.ts'

/** GET /groups (https://learn.microsoft.com/graph/api/group-list). The lab filters by the properties below alone. */
export const listGroups: GraphEndpoint = {
  roles: rolesToReadGroups,
  units: 2,
  answer: (graphRequest) => {
    const filter = readGroupFilter(graphRequest.options.$filter)
    if (!filter.ok) return answerGraphError(filter.error, graphRequest.request)
    const meant = graphRequest.context.store.listGroups().filter((group) => filter.value === null || matchesGroup(group, filter.value))
    return answerObjectPage(graphRequest, meant, (options) => {
      const select = readGroupSelect(options.$select)
      return select.ok ? { ok: true, value: { context: contextOf('groups', select.value), show: (group) => showGroup(group, select.value) } } : select
    })
  },
}

/** GET /groups/{id} (https://learn.microsoft.com/graph/api/group-get). */
export const getGroup: GraphEndpoint = {
  roles: rolesToReadGroups,
  answer: ({ context, request, parameters, options }) => {
    const id = parameters['group'] ?? ''
    const select = readGroupSelect(options.$select)
    if (!select.ok) return answerGraphError(select.error, request)
    const group = context.store.findGroup(id)
    if (group?.deletedDateTime !== null) return answerGraphError(graphErrors.resourceNotFound(id), request)
    return answerGraphJson({ '@odata.context': `${context.graphUrl}/v1.0/$metadata#${contextOf('groups', select.value)}/$entity`, ...showGroup(group, select.value) }, request)
  },
}

function contextOf(set: string, select: readonly string[] | null): string {
  return select === null ? set : `${set}(${select.join(',')})`
}

const filterable = ['id', 'displayName', 'mailNickname', 'mail'] as const

function readGroupFilter(text: string | undefined): QueryResult<FilterExpression | null> {
  if (text === undefined) return { ok: true, value: null }
  const parsed = parseFilter(text)
  if (!parsed.ok || isSupported(parsed.value)) return parsed
  return { ok: false, error: graphErrors.unsupportedQuery("Unsupported or invalid query filter clause specified for resource 'Group'.") }
}

function isSupported(filter: FilterExpression): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.parts.every(isSupported)
    case 'compare':
      return filter.operator === 'eq' && typeof filter.value === 'string' && isFilterable(filter.path)
    case 'call':
      return filter.name === 'startsWith' && isFilterable(filter.path)
    case 'in':
      return isFilterable(filter.path) && filter.values.every((value) => typeof value === 'string')
    case 'not':
    case 'any':
      return false
  }
}

/** For a filter that `isSupported` let through; text without case, as the directory compares. */
function matchesGroup(group: TenantGroup, filter: FilterExpression): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => matchesGroup(group, part))
    case 'or':
      return filter.parts.some((part) => matchesGroup(group, part))
    case 'compare':
      return isEqual(group, filter.path, filter.value)
    case 'call':
      return valueOf(group, filter.path).startsWith(filter.value.toLowerCase())
    case 'in':
      return filter.values.some((value) => isEqual(group, filter.path, value))
    case 'not':
    case 'any':
      return false
  }
}

function isEqual(group: TenantGroup, path: string, value: Literal): boolean {
  return typeof value === 'string' && valueOf(group, path) === value.toLowerCase()
}

function valueOf(group: TenantGroup, path: string): string {
  return isFilterable(path) ? (group[path] ?? '').toLowerCase() : ''
}

function isFilterable(path: string): path is (typeof filterable)[number] {
  return filterable.some((name) => name === path)
}
