import type { Result } from '../../shared/domain/result.ts'
import { fail, succeed } from '../../shared/domain/result.ts'
import { findFunction } from './functions/catalogue.ts'
import { buildCall } from './buildCall.ts'
import { readNumeric, valueOfNumeric } from './numeric.ts'
import type { ExpressionProblem, Node } from './syntax.ts'
import { expressionLimits } from './syntax.ts'
import type { Comparison, Token } from './tokens.ts'
import { readTokens } from './tokens.ts'

type Parsed<Value = Node> = Result<Value, ExpressionProblem>

/** Reads an expression (grammar in syntax.ts). Functions are known by then, so unknown ones and wrong arguments are problems here. */
export function parseExpression(text: string): Parsed {
  const tokens = readTokens(text)
  if (!tokens.ok) return tokens
  const reader = readerOf(tokens.value)
  if (reader.peek().kind === 'end') return fail({ message: 'The expression is empty.', position: 1, expected: operands })
  const node = parseComparison(reader, 0)
  if (!node.ok) return node
  const rest = reader.peek()
  return rest.kind === 'end' ? node : fail(describeUnexpected(rest, ['+', 'a comparison', 'the end of the expression']))
}

const operands = ['a text in quotation marks', 'a number', 'an attribute', 'a parameter', 'a function', '(']

/** The only thing that moves while parsing: where we are. */
type Reader = { readonly peek: () => Token; readonly take: () => Token }

function readerOf(tokens: readonly Token[]): Reader {
  let index = 0
  const end: Token = { kind: 'end', content: '', position: 1 }
  const at = (place: number): Token => tokens[Math.min(place, tokens.length - 1)] ?? end
  return {
    peek: () => at(index),
    take: () => {
      index += 1
      return at(index - 1)
    }
  }
}

const comparisons: Readonly<Record<Comparison, string>> = {
  '=': 'Eq', '<>': 'NotEquals', '<': 'LessThan', '>': 'GreaterThan', '<=': 'LessThanOrEquals', '>=': 'GreaterThanOrEquals'
}

function parseComparison(reader: Reader, depth: number): Parsed {
  const left = parseConcatenation(reader, depth)
  if (!left.ok) return left
  const operator = reader.peek()
  if (operator.kind !== 'comparison') return left
  reader.take()
  const right = parseConcatenation(reader, depth)
  if (!right.ok) return right
  const next = reader.peek()
  if (next.kind === 'comparison') return fail({ message: 'Comparisons are not chained; put one of them in parentheses.', position: next.position, expected: ['+', 'the end of the comparison'] })
  return callByName(comparisons[operator.content], [left.value, right.value], operator.position)
}

function parseConcatenation(reader: Reader, depth: number): Parsed {
  const first = parseOperand(reader, depth)
  if (!first.ok) return first
  const parts = [first.value]
  while (reader.peek().kind === 'concatenation') {
    reader.take()
    const part = parseOperand(reader, depth)
    if (!part.ok) return part
    parts.push(part.value)
  }
  return parts.length === 1 ? first : succeed({ kind: 'concatenation', parts, position: first.value.position })
}

function parseOperand(reader: Reader, depth: number): Parsed {
  const token = reader.take()
  switch (token.kind) {
    case 'text':
      return succeed({ kind: 'literal', value: token.content, isNumber: false, position: token.position })
    case 'number':
      return parseNumber(token.content, token.position)
    case 'hexNumber':
      return parseNumber(`0x${token.content}`, token.position)
    case 'attribute':
      return succeed({ kind: 'attribute', name: token.content, position: token.position })
    case 'parameter':
      return succeed({ kind: 'parameter', name: token.content, position: token.position })
    case 'name':
      return reader.peek().kind === 'open' ? parseCall(reader, token, depth) : parseBareName(token.content, token.position)
    case 'open':
      return parseParentheses(reader, token.position, depth)
    default:
      return fail(describeUnexpected(token, operands))
  }
}

function parseNumber(digits: string, position: number): Parsed {
  const numeric = readNumeric(digits)
  if (numeric === null) return fail({ message: 'The number has too many digits.', position, expected: ['a number of at most 300 digits'] })
  return succeed({ kind: 'literal', value: valueOfNumeric(numeric), isNumber: true, position })
}

/** MIM writes attributes bare; Entra Connect has the constants True, False and NULL. In brackets a name is always an attribute. */
function parseBareName(name: string, position: number): Parsed {
  switch (name.toLowerCase()) {
    case 'true':
    case 'false':
      return succeed({ kind: 'literal', value: name.toLowerCase() === 'true', isNumber: false, position })
    case 'null':
      return callByName('Null', [], position)
    default:
      return succeed({ kind: 'attribute', name, position })
  }
}

function parseParentheses(reader: Reader, position: number, depth: number): Parsed {
  if (depth >= expressionLimits.depth) return fail(describeDepth(position))
  const inside = parseComparison(reader, depth + 1)
  if (!inside.ok) return inside
  const close = reader.take()
  return close.kind === 'close' ? inside : fail(describeUnexpected(close, [')', '+']))
}

function parseCall(reader: Reader, name: Token, depth: number): Parsed {
  if (depth >= expressionLimits.depth) return fail(describeDepth(name.position))
  reader.take()
  const given = parseArguments(reader, depth + 1)
  return given.ok ? callByName(name.content, given.value, name.position) : given
}

function parseArguments(reader: Reader, depth: number): Parsed<readonly Node[]> {
  const given: Node[] = []
  if (reader.peek().kind === 'close') {
    reader.take()
    return succeed(given)
  }
  for (;;) {
    const argument = parseComparison(reader, depth)
    if (!argument.ok) return argument
    given.push(argument.value)
    const token = reader.take()
    if (token.kind === 'close') return succeed(given)
    if (token.kind !== 'comma') return fail(describeUnexpected(token, [',', ')', '+']))
  }
}

function callByName(name: string, given: readonly Node[], position: number): Parsed {
  const found = findFunction(name)
  if (found.ok) return buildCall(found.value, given, position)
  const { nearest } = found.problem
  const hint = nearest === null ? '' : ` Did you mean ${nearest}?`
  return fail({ message: `There is no function ${name}.${hint}`, position, expected: nearest === null ? ['the name of a function'] : [nearest] })
}

function describeUnexpected(token: Token, expected: readonly string[]): ExpressionProblem {
  const found = token.kind === 'end' ? 'The expression ends too early' : `${quoteToken(token)} cannot stand here`
  return { message: `${found}; expected ${joinWords(expected)}.`, position: token.position, expected }
}

function quoteToken(token: Token): string {
  const content = token.content.length > 40 ? `${token.content.slice(0, 40).toWellFormed()}…` : token.content
  return token.kind === 'text' ? `"${content}"` : content
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function describeDepth(position: number): ExpressionProblem {
  return { message: `Parentheses and functions stand in one another more than ${expressionLimits.depth} levels deep.`, position, expected: [] }
}
