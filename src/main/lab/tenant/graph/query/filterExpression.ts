import type { GraphError } from '../graphErrors.ts'

export type Literal = string | boolean | number | null | { readonly dateTime: string }

/** `path` is a property, `variable/property` or `variable` inside of `any`. */
export type FilterExpression =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly FilterExpression[] }
  | { readonly kind: 'not'; readonly inner: FilterExpression }
  | { readonly kind: 'compare'; readonly operator: 'eq' | 'ne' | 'ge' | 'le' | 'gt' | 'lt'; readonly path: string; readonly value: Literal }
  | { readonly kind: 'in'; readonly path: string; readonly values: readonly Literal[] }
  | { readonly kind: 'call'; readonly name: 'startsWith' | 'endsWith' | 'contains'; readonly path: string; readonly value: string }
  | { readonly kind: 'any'; readonly path: string; readonly variable: string; readonly inner: FilterExpression }

export type QueryResult<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: GraphError }
