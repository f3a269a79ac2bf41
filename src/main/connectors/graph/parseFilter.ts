import type { Value } from '../../../shared/domain/attributes.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { FilterExpression } from './filterExpression.ts'
import type { FilterMistake, FilterToken } from './filterTokens.ts'
import { readFilterTokens } from './filterTokens.ts'

type Parsed<Node> = Result<Node, FilterMistake>

/** Each parenthesis and each `not` goes one level deeper; nobody writes as many. */
const deepest = 50

/**
 * The `filter` of the configuration. Delta queries cannot filter users on the server, and a group's members are filtered
 * here, so a filter that cannot be evaluated on the client is refused from the beginning: a full and a delta import would not agree.
 * Understood are eq, ne, in, startsWith, endsWith, and, or, not and parentheses, with texts, numbers, true, false and null.
 * https://learn.microsoft.com/graph/delta-query-overview, /graph/filter-query-parameter
 */
export function parseFilter(text: string): Result<FilterExpression, Problem> {
  const tokens = readFilterTokens(text)
  if (!tokens.ok) return fail(describeMistake(text, tokens.problem))
  if (tokens.value.length === 0) return succeed({ kind: 'everything' })
  const cursor = new Cursor(tokens.value, text.length)
  const expression = readOr(cursor, 0)
  if (!expression.ok) return fail(describeMistake(text, expression.problem))
  return cursor.isAtEnd() ? expression : fail(describeMistake(text, cursor.mistake('the end')))
}

class Cursor {
  readonly #tokens: readonly FilterToken[]
  readonly #length: number
  #position = 0
  constructor(tokens: readonly FilterToken[], length: number) {
    this.#tokens = tokens
    this.#length = length
  }

  isAtEnd(): boolean {
    return this.#position >= this.#tokens.length
  }

  take(): FilterToken | null {
    const token = this.#tokens[this.#position] ?? null
    this.#position += 1
    return token
  }

  /** Steps over a word (whatever its case) or a mark, if it comes next. */
  skip(text: string): boolean {
    const token = this.#tokens[this.#position]
    const isNext = token !== undefined && (token.kind === 'name' || token.kind === 'mark') && token.text.toLowerCase() === text.toLowerCase()
    if (isNext) this.#position += 1
    return isNext
  }

  mistake(expected: string): FilterMistake {
    const token = this.#tokens[this.#position]
    return { at: token?.at ?? this.#length, what: `${expected} is expected here` }
  }
}

function readOr(cursor: Cursor, depth: number): Parsed<FilterExpression> {
  return readChain(cursor, 'or', () => readAnd(cursor, depth))
}

function readAnd(cursor: Cursor, depth: number): Parsed<FilterExpression> {
  return readChain(cursor, 'and', () => readOperand(cursor, depth))
}

function readChain(cursor: Cursor, kind: 'and' | 'or', readNext: () => Parsed<FilterExpression>): Parsed<FilterExpression> {
  let left = readNext()
  while (left.ok && cursor.skip(kind)) {
    const right = readNext()
    left = right.ok ? succeed({ kind, left: left.value, right: right.value }) : right
  }
  return left
}

function readOperand(cursor: Cursor, depth: number): Parsed<FilterExpression> {
  if (depth > deepest) return fail(cursor.mistake('a filter with fewer levels'))
  if (cursor.skip('not')) {
    const operand = readOperand(cursor, depth + 1)
    return operand.ok ? succeed({ kind: 'not', operand: operand.value }) : operand
  }
  if (cursor.skip('(')) return closing(cursor, readOr(cursor, depth + 1))
  if (cursor.skip('startsWith')) return readAffix(cursor, 'startsWith')
  if (cursor.skip('endsWith')) return readAffix(cursor, 'endsWith')
  return readComparison(cursor)
}

function readAffix(cursor: Cursor, kind: 'startsWith' | 'endsWith'): Parsed<FilterExpression> {
  if (!cursor.skip('(')) return fail(cursor.mistake('"("'))
  const attribute = readAttributeName(cursor)
  if (!attribute.ok) return attribute
  if (!cursor.skip(',')) return fail(cursor.mistake('","'))
  const expected = cursor.mistake('a text in single quotes')
  const token = cursor.take()
  return token?.kind === 'text' ? closing(cursor, succeed({ kind, attribute: attribute.value, text: token.text })) : fail(expected)
}

function readComparison(cursor: Cursor): Parsed<FilterExpression> {
  const attribute = readAttributeName(cursor)
  if (!attribute.ok) return attribute
  if (cursor.skip('in')) {
    const values = readList(cursor)
    return values.ok ? succeed({ kind: 'isOneOf', attribute: attribute.value, values: values.value }) : values
  }
  const isEqual = cursor.skip('eq')
  if (!isEqual && !cursor.skip('ne')) return fail(cursor.mistake('eq, ne or in'))
  const value = readValue(cursor)
  if (!value.ok) return value
  const comparison: FilterExpression = { kind: 'isOneOf', attribute: attribute.value, values: [value.value] }
  return succeed(isEqual ? comparison : { kind: 'not', operand: comparison })
}

function readAttributeName(cursor: Cursor): Parsed<string> {
  const expected = cursor.mistake('the name of an attribute')
  const token = cursor.take()
  return token?.kind === 'name' ? succeed(token.text) : fail(expected)
}

function readList(cursor: Cursor): Parsed<readonly (Value | null)[]> {
  if (!cursor.skip('(')) return fail(cursor.mistake('"("'))
  const values: (Value | null)[] = []
  do {
    const value = readValue(cursor)
    if (!value.ok) return value
    values.push(value.value)
  } while (cursor.skip(','))
  return closing(cursor, succeed(values))
}

function readValue(cursor: Cursor): Parsed<Value | null> {
  const expected = cursor.mistake('a text in single quotes, a number, true, false or null')
  const token = cursor.take()
  if (token?.kind === 'text') return succeed(token.text)
  if (token?.kind === 'number') return succeed(token.value)
  const constants: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null }
  const constant = token?.kind === 'name' && Object.hasOwn(constants, token.text.toLowerCase()) ? constants[token.text.toLowerCase()] : undefined
  return constant === undefined ? fail(expected) : succeed(constant)
}

function closing<Node>(cursor: Cursor, inside: Parsed<Node>): Parsed<Node> {
  if (!inside.ok || cursor.skip(')')) return inside
  return fail(cursor.mistake('")"'))
}

function describeMistake(text: string, mistake: FilterMistake): Problem {
  return {
    kind: 'configurationInvalid', detail: { filter: text, position: mistake.at + 1 },
    message: `The filter of Entra cannot be evaluated from character ${mistake.at + 1} on: ${mistake.what}.`,
    remedy: 'Use eq, ne, in, startsWith, endsWith, and, or, not and parentheses with texts, numbers, true, false and null in `filter` of `entra`; '
      + 'comparisons of size, dates, any and all cannot be repeated on what a delta import brings. Put such conditions into the scope of the rules.',
  }
}
