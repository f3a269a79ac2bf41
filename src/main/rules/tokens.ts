import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'
import type { ExpressionProblem } from './syntax.ts'
import { expressionLimits } from './syntax.ts'

export type Comparison = '=' | '<>' | '<' | '>' | '<=' | '>='

/** `position` counts from 1. `content` is the value without its marks: of `[mail]` it is `mail`, of `"a""b"` it is `a"b`. */
export type Token =
  | { readonly kind: 'text' | 'name' | 'attribute' | 'parameter' | 'number' | 'hexNumber'; readonly content: string; readonly position: number }
  | { readonly kind: 'comparison'; readonly content: Comparison; readonly position: number }
  | { readonly kind: 'concatenation' | 'open' | 'close' | 'comma' | 'end'; readonly content: string; readonly position: number }

/** Splits an expression into its tokens; the last one is always `end`. */
export function readTokens(text: string): Result<readonly Token[], ExpressionProblem> {
  if (text.length > expressionLimits.length) {
    const message = `The expression has ${text.length} characters; at most ${expressionLimits.length} are allowed.`
    return fail({ message, position: expressionLimits.length + 1, expected: [] })
  }
  const tokens: Token[] = []
  let index = 0
  while (index < text.length) {
    const blanks = match(blankPattern, text, index)
    if (blanks !== null) {
      index += blanks.length
      continue
    }
    const read = readToken(text, index)
    if (!read.ok) return read
    tokens.push(read.value.token)
    index += read.value.length
  }
  return succeed([...tokens, { kind: 'end', content: '', position: text.length + 1 }])
}

type Read = { readonly token: Token; readonly length: number }

const blankPattern = /\s+/y
const comparisonPattern = /<>|<=|>=|[=<>]/y
/** In the order of trying: `&HF` is a number before `&` joins, as in Visual Basic. */
const patterns = [
  ['hexNumber', /&H([0-9A-F]+)(?![\w-])/iy],
  ['number', /(-?\d+(?:\.\d+)?)/y],
  ['name', /([A-Za-z_][\w.-]*)/y],
  // A doubled mark is part of the text, so a closing one never has another behind it.
  ['text', /"((?:[^"]|"")*)"(?!")/y],
  ['attribute', /\[([^\]]*)\]/y],
  ['parameter', /%([^%\r\n]*)%/y],
  ['concatenation', /([+&])/y],
  ['open', /(\()/y],
  ['close', /(\))/y],
  ['comma', /(,)/y]
] as const

function readToken(text: string, index: number): Result<Read, ExpressionProblem> {
  const position = index + 1
  const comparison = match(comparisonPattern, text, index)
  if (comparison !== null) return succeed({ token: { kind: 'comparison', content: comparison as Comparison, position }, length: comparison.length })
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = index
    const found = pattern.exec(text)
    if (found === null) continue
    const content = contentOf(kind, found[1] ?? '')
    if (content === '' && (kind === 'attribute' || kind === 'parameter')) return fail({ message: `The name of the ${kind} is missing.`, position, expected: [`the name of an ${kind}`] })
    return succeed({ token: { kind, content, position }, length: found[0].length })
  }
  return fail(describeStray(text, index))
}

function contentOf(kind: (typeof patterns)[number][0], inside: string): string {
  if (kind === 'text') return inside.replaceAll('""', '"')
  return kind === 'attribute' || kind === 'parameter' ? inside.trim() : inside
}

const unclosed: Readonly<Record<string, { readonly what: string; readonly closing: string }>> = {
  '"': { what: 'text', closing: '"' },
  '[': { what: 'name of an attribute', closing: ']' },
  '%': { what: 'name of a parameter', closing: '%' }
}

function describeStray(text: string, index: number): ExpressionProblem {
  const character = String.fromCodePoint(text.codePointAt(index) ?? 0)
  const position = index + 1
  const open = unclosed[character]
  if (open !== undefined) return { message: `The ${open.what} that begins here is not closed by ${open.closing}`, position, expected: [open.closing] }
  // Rules are copied from documents, whose quotation marks are typographic.
  if ('“”„«»‘’\''.includes(character)) return { message: `Text stands in straight quotation marks ("), not in ${character}`, position, expected: ['"'] }
  return { message: `${character} has no meaning here.`, position, expected: ['a text in quotation marks', 'a number', 'an attribute', 'a parameter', 'a function'] }
}

/** What a sticky pattern finds exactly at the index; each call sets the index anew, so nothing is carried over. */
function match(pattern: RegExp, text: string, index: number): string | null {
  pattern.lastIndex = index
  return pattern.exec(text)?.[0] ?? null
}
