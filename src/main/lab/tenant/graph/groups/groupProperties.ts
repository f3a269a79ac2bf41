import type { GraphRole } from '../../tenantSettings.ts'
import type { TenantGroup } from '../../tenantGroup.ts'
import { graphErrors } from '../graphErrors.ts'
import type { QueryResult } from '../query/filterExpression.ts'

export const groupProperties = [
  'id', 'deletedDateTime', 'createdDateTime', 'description', 'displayName', 'groupTypes', 'mail', 'mailEnabled', 'mailNickname', 'securityEnabled', 'visibility',
] as const satisfies readonly (keyof TenantGroup)[]

export type GroupProperty = (typeof groupProperties)[number]

export const rolesToReadGroups: readonly GraphRole[] = [
  'GroupMember.Read.All', 'GroupMember.ReadWrite.All', 'Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All',
]

/** Names of properties by comma; `more` are names that the request takes besides. Null: all properties. */
export function readGroupSelect(text: string | undefined, more: readonly string[] = []): QueryResult<readonly string[] | null> {
  if (text === undefined || text.trim() === '') return { ok: true, value: null }
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !isGroupProperty(name) && !more.includes(name))
  if (unknown === undefined) return { ok: true, value: [...new Set(names)] }
  return { ok: false, error: graphErrors.malformedQuery(`Parsing OData Select and Expand failed: Could not find a property named '${unknown}' on type 'microsoft.graph.group'.`) }
}

export function showGroup(group: TenantGroup, select: readonly string[] | null): Record<string, unknown> {
  const names = groupProperties.filter((name) => select?.includes(name) ?? true)
  return Object.fromEntries(names.map((name) => [name, group[name]]))
}

function isGroupProperty(name: string): name is GroupProperty {
  return groupProperties.some((known) => known === name)
}
