import type { ObjectIdentity, TenantUser } from '../../tenantUser.ts'
import { findUserProperty } from '../userProperties.ts'
import type { FilterExpression, Literal } from './filterExpression.ts'

type UserValue = TenantUser[keyof TenantUser]

/** Whether a user is meant by a filter that `checkFilter` let through. Text is compared without case, as the directory does. */
export function matchesFilter(user: TenantUser, filter: FilterExpression): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.parts.every((part) => matchesFilter(user, part))
    case 'or':
      return filter.parts.some((part) => matchesFilter(user, part))
    case 'not':
      return !matchesFilter(user, filter.inner)
    case 'compare':
      return compare(valueOf(user, filter.path), filter.operator, filter.value)
    case 'in':
      return filter.values.some((value) => isEqual(valueOf(user, filter.path), value))
    case 'call':
      return matchesCall(valueOf(user, filter.path), filter)
    case 'any':
      return matchesAny(valueOf(user, filter.path), filter)
  }
}

function valueOf(user: TenantUser, path: string): UserValue {
  const property = findUserProperty(path)
  return property === null ? null : user[property.name]
}

function compare(value: UserValue, operator: 'eq' | 'ne' | 'ge' | 'le' | 'gt' | 'lt', literal: Literal): boolean {
  if (operator === 'eq') return isEqual(value, literal)
  if (operator === 'ne') return !isEqual(value, literal)
  const [left, right] = [orderOf(value), orderOf(literal)]
  // What has no value is neither before nor after anything.
  if (left === null || right === null) return false
  switch (operator) {
    case 'ge':
      return left >= right
    case 'le':
      return left <= right
    case 'gt':
      return left > right
    case 'lt':
      return left < right
  }
}

function isEqual(value: UserValue, literal: Literal): boolean {
  if (value === null || literal === null) return value === literal
  return typeof value === 'boolean' || typeof literal === 'boolean' ? value === literal : orderOf(value) === orderOf(literal)
}

/** Something that sorts: a time in its normal form, a text in lower case. */
function orderOf(value: UserValue | Literal): string | null {
  if (typeof value === 'string') return value.toLowerCase()
  return value !== null && typeof value === 'object' && 'dateTime' in value ? normalizeTime(value.dateTime) : null
}

/** As the tenant keeps times: whole seconds, UTC, in lower case like every compared text. */
function normalizeTime(text: string): string {
  return `${new Date(text).toISOString().slice(0, 19)}z`
}

function matchesCall(value: UserValue, filter: Extract<FilterExpression, { kind: 'call' }>): boolean {
  const text = orderOf(value)
  if (text === null) return false
  const part = filter.value.toLowerCase()
  switch (filter.name) {
    case 'startsWith':
      return text.startsWith(part)
    case 'endsWith':
      return text.endsWith(part)
    case 'contains':
      return text.includes(part)
  }
}

function matchesAny(value: UserValue, filter: Extract<FilterExpression, { kind: 'any' }>): boolean {
  const parts = filter.inner.kind === 'and' ? filter.inner.parts : [filter.inner]
  const elements: readonly (string | ObjectIdentity)[] = Array.isArray(value) ? value : []
  return elements.some((element) => parts.every((part) => part.kind === 'compare' && isEqual(elementValue(element, part.path), part.value)))
}

function elementValue(element: string | ObjectIdentity, path: string): string | null {
  if (typeof element === 'string') return element
  const part = path.split('/')[1]
  return part === 'signInType' || part === 'issuer' || part === 'issuerAssignedId' ? element[part] : null
}
