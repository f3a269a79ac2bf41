import { graphErrors } from '../graphErrors.ts'
import type { GraphError } from '../graphErrors.ts'
import { findUserProperty } from '../userProperties.ts'
import type { FilterOperator, UserProperty } from '../userProperties.ts'
import type { FilterExpression, Literal } from './filterExpression.ts'

/** `advanced`: the request carries `ConsistencyLevel: eventual` and `$count=true`. */
export type QueryMode = 'plain' | 'advanced'

/** Documented in Graph's known issues: more than 15 alternatives are refused. */
const mostAlternatives = 15
const identityParts = ['signInType', 'issuer', 'issuerAssignedId']

/** What Graph refuses though the OData grammar has it; null means that the filter can be answered. */
export function checkFilter(filter: FilterExpression, mode: QueryMode): GraphError | null {
  switch (filter.kind) {
    case 'and':
    case 'or':
      if (filter.kind === 'or' && filter.parts.length > mostAlternatives) return tooManyAlternatives(filter.parts.length)
      return firstError(filter.parts.map((part) => checkFilter(part, mode)))
    case 'not':
      return mode === 'plain' ? graphErrors.unsupportedQuery('Operator: \'Not\' is not supported') : checkFilter(filter.inner, mode)
    case 'compare':
      return checkComparison(filter.path, filter.operator, filter.value, mode)
    case 'in':
      if (filter.values.length > mostAlternatives) return tooManyAlternatives(filter.values.length)
      return firstError([checkOperator(filter.path, 'in', mode), ...filter.values.map((value) => checkType(filter.path, value))])
    case 'call':
      if (filter.name === 'contains') return graphErrors.unsupportedQuery("Unsupported query function 'contains'.")
      return checkOperator(filter.path, filter.name, mode)
    case 'any':
      return checkOperator(filter.path, 'any', mode) ?? checkElement(filter)
  }
}

function checkComparison(path: string, operator: 'eq' | 'ne' | 'ge' | 'le' | 'gt' | 'lt', value: Literal, mode: QueryMode): GraphError | null {
  if (operator === 'gt' || operator === 'lt') return findUserProperty(path) === null ? unknownProperty(path) : unsupported(path)
  if (value !== null) return checkOperator(path, operator, mode) ?? checkType(path, value)
  if (operator === 'ge' || operator === 'le') return unsupported(path)
  return checkOperator(path, 'eqNull', mode)
}

function checkOperator(path: string, operator: FilterOperator, mode: QueryMode): GraphError | null {
  const property = findUserProperty(path)
  if (property === null) return unknownProperty(path)
  const isPossible = property.plain.includes(operator) || (mode === 'advanced' && property.advanced.includes(operator))
  return isPossible ? null : unsupported(path)
}

function checkType(path: string, value: Literal): GraphError | null {
  const property = findUserProperty(path)
  if (property === null || value === null || fits(property, value)) return null
  return graphErrors.malformedQuery(`Invalid filter clause: A binary operator with incompatible types was detected for the property '${path}'.`)
}

function fits(property: UserProperty, value: Exclude<Literal, null>): boolean {
  switch (property.type) {
    case 'text':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean'
    case 'dateTime':
      return typeof value === 'object' && !Number.isNaN(Date.parse(value.dateTime))
    case 'textCollection':
    case 'identities':
      return false
  }
}

/** Inside of `any` Graph knows equality alone, joined by `and`. */
function checkElement(filter: Extract<FilterExpression, { kind: 'any' }>): GraphError | null {
  const parts = filter.inner.kind === 'and' ? filter.inner.parts : [filter.inner]
  const isIdentity = findUserProperty(filter.path)?.type === 'identities'
  const paths = isIdentity ? identityParts.map((part) => `${filter.variable}/${part}`) : [filter.variable]
  const isSupported = parts.every((part) => part.kind === 'compare' && part.operator === 'eq' && typeof part.value === 'string' && paths.includes(part.path))
  return isSupported ? null : unsupported(filter.path)
}

function firstError(errors: readonly (GraphError | null)[]): GraphError | null {
  return errors.find((error) => error !== null) ?? null
}

function unknownProperty(path: string): GraphError {
  return graphErrors.malformedQuery(`Invalid filter clause: Could not find a property named '${path}' on type 'microsoft.graph.user'.`)
}

function unsupported(path: string): GraphError {
  return graphErrors.unsupportedQuery(`Unsupported or invalid query filter clause specified for property '${path}' of resource 'User'.`)
}

function tooManyAlternatives(count: number): GraphError {
  return graphErrors.unsupportedQuery(`Too many child clauses specified in search filter expression containing 'OR' operators: ${count}. Max allowed: ${mostAlternatives}.`)
}
