import type { Value } from '../../shared/domain/attributes.ts'
import type { ClauseResult, ScopeResult } from '../../shared/domain/decision.ts'
import type { ScopeClause } from '../rules/ruleSet.ts'
import { holds } from './scopeOperators.ts'

/**
 * Asks every clause of every group, also those that no longer matter, so that a person can be shown the whole filter.
 * In scope: no group at all, or one in which every clause holds.
 */
export function evaluateScope(groups: readonly (readonly ScopeClause[])[], read: (attribute: string) => readonly Value[]): ScopeResult {
  const results = groups.map((clauses) => clauses.map((clause) => evaluateClause(clause, read)))
  return { isInScope: results.length === 0 || results.some((clauses) => clauses.every((clause) => clause.holds)), groups: results }
}

function evaluateClause(clause: ScopeClause, read: (attribute: string) => readonly Value[]): ClauseResult {
  const actual = read(clause.attribute)
  return {
    attribute: clause.attribute,
    operator: clause.operator,
    value: describeWanted(clause.value),
    actual,
    holds: holds(clause.operator, actual, wantedValues(clause.value)),
  }
}

function wantedValues(value: ScopeClause['value']): readonly Value[] {
  if (value === undefined) return []
  return isList(value) ? value : [value]
}

function describeWanted(value: ScopeClause['value']): string | null {
  if (value === undefined) return null
  return isList(value) ? value.map(String).join(', ') : String(value)
}

/** Array.isArray alone does not narrow a readonly array out of the union. */
function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value)
}
