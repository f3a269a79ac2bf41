import { graphErrors } from '../graphErrors.ts'
import type { FilterExpression, Literal, QueryResult } from './filterExpression.ts'
import { cutFilter } from './filterTokens.ts'
import type { FilterToken } from './filterTokens.ts'

/** Where the parser stands. Its functions move `position` and throw `FilterSyntaxError`, which never leaves this file. */
type Cursor = { readonly tokens: readonly FilterToken[]; position: number; depth: number }

class FilterSyntaxError extends Error {}

const functions = ['startsWith', 'endsWith', 'contains'] as const
const comparisons = ['eq', 'ne', 'ge', 'le', 'gt', 'lt'] as const
/** Far beyond what a filter needs; keeps a filter of a thousand parentheses from exhausting the stack. */
const deepestNesting = 50

/** Reads a `$filter` (OData 4.01 URL conventions 5.1.1) as far as Graph's directory objects know it. */
export function parseFilter(text: string): QueryResult<FilterExpression> {
  const tokens = cutFilter(text)
  if (typeof tokens === 'number') return refuse(`Syntax error at position ${tokens} in '${text}'.`)
  const cursor: Cursor = { tokens, position: 0, depth: 0 }
  try {
    const expression = parseOr(cursor)
    if (cursor.position < tokens.length) throw unexpected(cursor)
    return { ok: true, value: expression }
  } catch (error) {
    if (error instanceof FilterSyntaxError) return refuse(`${error.message} in '${text}'.`)
    throw error
  }
}

function refuse(message: string): QueryResult<FilterExpression> {
  return { ok: false, error: graphErrors.malformedQuery(`Invalid filter clause: ${message}`) }
}

function parseOr(cursor: Cursor): FilterExpression {
  return parseChain(cursor, 'or', () => parseChain(cursor, 'and', () => parseUnary(cursor)))
}

function parseChain(cursor: Cursor, kind: 'and' | 'or', parsePart: () => FilterExpression): FilterExpression {
  const first = parsePart()
  const parts = [first]
  while (takeName(cursor, kind)) parts.push(parsePart())
  return parts.length === 1 ? first : { kind, parts }
}

function parseUnary(cursor: Cursor): FilterExpression {
  cursor.depth += 1
  if (cursor.depth > deepestNesting) throw new FilterSyntaxError('The expression is nested too deeply')
  const expression = parseUnarySteps(cursor)
  cursor.depth -= 1
  return expression
}

function parseUnarySteps(cursor: Cursor): FilterExpression {
  if (takeName(cursor, 'not')) return { kind: 'not', inner: parseUnary(cursor) }
  if (takeSign(cursor, '(')) {
    const inner = parseOr(cursor)
    expectSign(cursor, ')')
    return inner
  }
  const name = expectName(cursor)
  // OData names them in lower case, Graph's documentation in both ways.
  const called = functions.find((candidate) => candidate.toLowerCase() === name.toLowerCase())
  if (called !== undefined && takeSign(cursor, '(')) return parseCall(cursor, called)
  if (name.endsWith('/any') && takeSign(cursor, '(')) return parseAny(cursor, name.slice(0, -'/any'.length))
  return parseComparison(cursor, name)
}

function parseCall(cursor: Cursor, name: 'startsWith' | 'endsWith' | 'contains'): FilterExpression {
  const path = expectName(cursor)
  expectSign(cursor, ',')
  const value = expectLiteral(cursor)
  if (typeof value !== 'string') throw new FilterSyntaxError(`${name} needs a string`)
  expectSign(cursor, ')')
  return { kind: 'call', name, path, value }
}

function parseAny(cursor: Cursor, path: string): FilterExpression {
  const variable = expectName(cursor)
  expectSign(cursor, ':')
  const inner = parseOr(cursor)
  expectSign(cursor, ')')
  return { kind: 'any', path, variable, inner }
}

function parseComparison(cursor: Cursor, path: string): FilterExpression {
  if (takeName(cursor, 'in')) return parseIn(cursor, path)
  const operator = comparisons.find((candidate) => takeName(cursor, candidate))
  if (operator === undefined) throw unexpected(cursor)
  return { kind: 'compare', operator, path, value: expectLiteral(cursor) }
}

function parseIn(cursor: Cursor, path: string): FilterExpression {
  expectSign(cursor, '(')
  const values: Literal[] = []
  do values.push(expectLiteral(cursor))
  while (takeSign(cursor, ','))
  expectSign(cursor, ')')
  return { kind: 'in', path, values }
}

function takeName(cursor: Cursor, text: string): boolean {
  const token = cursor.tokens[cursor.position]
  if (token?.kind !== 'name' || token.text !== text) return false
  cursor.position += 1
  return true
}

function takeSign(cursor: Cursor, text: string): boolean {
  const token = cursor.tokens[cursor.position]
  if (token?.kind !== 'sign' || token.text !== text) return false
  cursor.position += 1
  return true
}

function expectSign(cursor: Cursor, text: string): void {
  if (!takeSign(cursor, text)) throw unexpected(cursor)
}

function expectName(cursor: Cursor): string {
  const token = cursor.tokens[cursor.position]
  if (token?.kind !== 'name') throw unexpected(cursor)
  cursor.position += 1
  return token.text
}

function expectLiteral(cursor: Cursor): Literal {
  const token = cursor.tokens[cursor.position]
  if (token?.kind !== 'literal') throw unexpected(cursor)
  cursor.position += 1
  return token.value
}

function unexpected(cursor: Cursor): FilterSyntaxError {
  const token = cursor.tokens[cursor.position]
  return new FilterSyntaxError(token === undefined ? 'The expression ends too early' : `Syntax error at position ${token.position}`)
}
