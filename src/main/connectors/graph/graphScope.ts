import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { parseObjectGuid } from '../../../shared/domain/ids.ts'
import type { WatermarkBinding } from './deltaWatermark.ts'
import type { EntraConnection } from './entraConnection.ts'
import type { FilterExpression } from './filterExpression.ts'
import { attributesOfFilter } from './filterExpression.ts'
import { parseFilter } from './parseFilter.ts'
import { selectAttributes } from './userAttributes.ts'

/** Whom an import is about and what it reads of them; the same for full and delta imports. */
export type GraphScope = {
  readonly graphUrl: string
  readonly tenant: string
  readonly filterText: string
  readonly filter: FilterExpression
  readonly group: string | null
  readonly pageSize: number
}

/** Refuses what would let full and delta imports disagree. */
export function readScope(connection: EntraConnection): Result<GraphScope, Problem> {
  const filter = parseFilter(connection.filter)
  if (!filter.ok) return filter
  const group = connection.scopeGroup === undefined ? null : parseObjectGuid(connection.scopeGroup)
  if (group?.ok === false) return fail(notAGroup(connection.scopeGroup ?? ''))
  return succeed({
    graphUrl: connection.graphUrl, tenant: connection.tenantId.toLowerCase(), filterText: connection.filter, filter: filter.value,
    group: group === null ? null : group.value, pageSize: connection.pageSize,
  })
}

/** What is read of each user: always-read attributes, the rules' ones, and those that the filter needs on the client. */
export function selectInScope(scope: GraphScope, asked: readonly string[]): readonly string[] {
  return selectAttributes([...asked, ...attributesOfFilter(scope.filter)])
}

export function bindWatermark(scope: GraphScope, selected: readonly string[]): WatermarkBinding {
  return { tenant: scope.tenant, filter: scope.filterText, group: scope.group, selected: selected.map((name) => name.toLowerCase()).sort() }
}

function notAGroup(text: string): Problem {
  return {
    kind: 'configurationInvalid', message: `The scope group "${text}" is not the object id of a group.`,
    remedy: 'Copy the object id of the group from the Entra admin centre to `scopeGroup` of `entra`.', detail: { scopeGroup: text },
  }
}
