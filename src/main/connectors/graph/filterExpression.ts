import type { Value } from '../../../shared/domain/attributes.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'

/** A `$filter` that can be evaluated without the server (parseFilter.ts). */
export type FilterExpression =
  /** No filter: every user. */
  | { readonly kind: 'everything' }
  /** The attribute has one of these values; null stands for no value. `eq` has one of them, `in` several. */
  | { readonly kind: 'isOneOf'; readonly attribute: string; readonly values: readonly (Value | null)[] }
  | { readonly kind: 'startsWith' | 'endsWith'; readonly attribute: string; readonly text: string }
  | { readonly kind: 'not'; readonly operand: FilterExpression }
  | { readonly kind: 'and' | 'or'; readonly left: FilterExpression; readonly right: FilterExpression }

/** `unknown`: it depends on an attribute that was not read. */
export type FilterVerdict = 'matches' | 'differs' | 'unknown'

/** Values of an attribute, whatever the case of its name; null: not read, which is not the same as no value. */
export type ReadAttribute = (attribute: string) => readonly Value[] | null

/** Text compares without case, as the directory service behind Graph does. Unknown follows the logic of Kleene. */
export function judgeByFilter(filter: FilterExpression, read: ReadAttribute): FilterVerdict {
  switch (filter.kind) {
    case 'everything':
      return 'matches'
    case 'isOneOf':
      return judgeValues(read(filter.attribute), (values) => filter.values.some((wanted) => holds(values, wanted)))
    case 'startsWith':
    case 'endsWith':
      return judgeValues(read(filter.attribute), (values) => values.some((value) => hasAffix(filter.kind, String(value), filter.text)))
    case 'not':
      return negate(judgeByFilter(filter.operand, read))
    case 'and':
      return both(judgeByFilter(filter.left, read), judgeByFilter(filter.right, read))
    case 'or':
      return negate(both(negate(judgeByFilter(filter.left, read)), negate(judgeByFilter(filter.right, read))))
    default:
      return assertNever(filter)
  }
}

/** The attributes that a filter asks for, as it spells them. */
export function attributesOfFilter(filter: FilterExpression): readonly string[] {
  switch (filter.kind) {
    case 'everything':
      return []
    case 'isOneOf':
    case 'startsWith':
    case 'endsWith':
      return [filter.attribute]
    case 'not':
      return attributesOfFilter(filter.operand)
    case 'and':
    case 'or':
      return [...new Set([...attributesOfFilter(filter.left), ...attributesOfFilter(filter.right)])]
    default:
      return assertNever(filter)
  }
}

function judgeValues(values: readonly Value[] | null, judge: (values: readonly Value[]) => boolean): FilterVerdict {
  if (values === null) return 'unknown'
  return judge(values) ? 'matches' : 'differs'
}

function holds(values: readonly Value[], wanted: Value | null): boolean {
  if (wanted === null) return values.length === 0
  return values.some((value) => (typeof value === 'string' && typeof wanted === 'string' ? value.toLowerCase() === wanted.toLowerCase() : value === wanted))
}

function hasAffix(kind: 'startsWith' | 'endsWith', value: string, text: string): boolean {
  const [whole, part] = [value.toLowerCase(), text.toLowerCase()]
  return kind === 'startsWith' ? whole.startsWith(part) : whole.endsWith(part)
}

function negate(verdict: FilterVerdict): FilterVerdict {
  if (verdict === 'unknown') return 'unknown'
  return verdict === 'matches' ? 'differs' : 'matches'
}

function both(left: FilterVerdict, right: FilterVerdict): FilterVerdict {
  if (left === 'differs' || right === 'differs') return 'differs'
  return left === 'matches' && right === 'matches' ? 'matches' : 'unknown'
}
