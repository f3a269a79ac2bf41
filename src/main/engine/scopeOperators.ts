import { assertNever } from '../../shared/domain/assertNever.ts'
import type { Value } from '../../shared/domain/attributes.ts'
import type { ScopeOperator } from '../rules/ruleSet.ts'

/**
 * The operators of scope filters, those of Entra Connect's synchronisation rules. Text ignores case. Of an attribute with
 * several values one is enough. Without value everything that asks for one is false, hence its negation is true: whether
 * `onPremisesSyncEnabled NOTEQUAL true` holds for a guest that was never synchronised must not depend on who wrote null.
 */
export function holds(operator: ScopeOperator, actual: readonly Value[], wanted: readonly Value[]): boolean {
  switch (operator) {
    case 'EQUAL':
    case 'ISIN':
      return anyPair(actual, wanted, isEqual)
    case 'NOTEQUAL':
    case 'ISNOTIN':
      return !anyPair(actual, wanted, isEqual)
    case 'LESSTHAN':
      return anyPair(actual, wanted, (left, right) => isOrdered(left, right, (order) => order < 0))
    case 'LESSTHAN_OR_EQUAL':
      return anyPair(actual, wanted, (left, right) => isOrdered(left, right, (order) => order <= 0))
    case 'GREATERTHAN':
      return anyPair(actual, wanted, (left, right) => isOrdered(left, right, (order) => order > 0))
    case 'GREATERTHAN_OR_EQUAL':
      return anyPair(actual, wanted, (left, right) => isOrdered(left, right, (order) => order >= 0))
    case 'CONTAINS':
      return anyPair(actual, wanted, contains)
    case 'NOTCONTAINS':
      return !anyPair(actual, wanted, contains)
    case 'STARTSWITH':
      return anyPair(actual, wanted, startsWith)
    case 'NOTSTARTSWITH':
      return !anyPair(actual, wanted, startsWith)
    case 'ENDSWITH':
      return anyPair(actual, wanted, endsWith)
    case 'NOTENDSWITH':
      return !anyPair(actual, wanted, endsWith)
    case 'ISNULL':
      return actual.length === 0
    case 'ISNOTNULL':
      return actual.length > 0
    case 'ISBITSET':
      return anyPair(actual, wanted, hasBits)
    case 'ISBITNOTSET':
      return !anyPair(actual, wanted, hasBits)
    default:
      return assertNever(operator)
  }
}

function anyPair(actual: readonly Value[], wanted: readonly Value[], test: (left: Value, right: Value) => boolean): boolean {
  return actual.some((left) => wanted.some((right) => test(left, right)))
}

function isEqual(left: Value, right: Value): boolean {
  if (left === right || folded(left) === folded(right)) return true
  return typeof left !== typeof right && compareNumbers(left, right) === 0
}

/** Numbers by size where the filter names a number; text by code units, which also orders times of ISO 8601 and LDAP. */
function isOrdered(left: Value, right: Value, test: (order: number) => boolean): boolean {
  const order = compareNumbers(left, right)
  if (order !== null) return test(order)
  if (numberOf(right) !== null) return false
  return test(compareText(folded(left), folded(right)))
}

function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

function contains(left: Value, right: Value): boolean {
  return folded(left).includes(folded(right))
}

function startsWith(left: Value, right: Value): boolean {
  return folded(left).startsWith(folded(right))
}

function endsWith(left: Value, right: Value): boolean {
  return folded(left).endsWith(folded(right))
}

/** The filter names a mask (userAccountControl ISBITSET 2), as in Entra Connect; of several bits all must be set. */
function hasBits(value: Value, mask: Value): boolean {
  const [bits, wanted] = [integerOf(value), integerOf(mask)]
  return bits !== null && wanted !== null && (bits & wanted) === wanted
}

function compareNumbers(left: Value, right: Value): number | null {
  // A largeInteger, the time of a logon for one, has more digits than a number can tell apart.
  const [leftInteger, rightInteger] = [integerOf(left), integerOf(right)]
  if (leftInteger !== null && rightInteger !== null) return compare(leftInteger, rightInteger)
  const [leftNumber, rightNumber] = [numberOf(left), numberOf(right)]
  return leftNumber === null || rightNumber === null ? null : compare(leftNumber, rightNumber)
}

function compare<Comparable extends number | bigint>(left: Comparable, right: Comparable): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

function integerOf(value: Value): bigint | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null
  return typeof value === 'string' && /^\s*-?\d{1,20}\s*$/.test(value) ? BigInt(value) : null
}

function numberOf(value: Value): number | null {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean' || value.trim() === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

function folded(value: Value): string {
  return typeof value === 'string' ? value.toLowerCase() : String(value)
}
