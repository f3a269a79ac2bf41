import type { Value } from '../../shared/domain/attributes.ts'
import type { Result } from '../../shared/domain/result.ts'
import { succeed } from '../../shared/domain/result.ts'
import type { CompiledExpression } from './compiled.ts'
import { evaluate } from './evaluate.ts'
import { parseExpression } from './parser.ts'
import type { ExpressionProblem, Node } from './syntax.ts'

/**
 * Parses an expression once; it is then evaluated for every object.
 *
 * Null: a missing attribute is null. In a concatenation and in the text functions null is empty text; functions of numbers,
 * lists and identifiers give null for null (test/rules/conformance.ts has a row for each). A result that is empty text
 * contributes nothing, because a directory cannot hold an empty text (RFC 4517 3.3.6): `Left(mail, 20)` without mail is
 * null, `"User_" + id` without id is `User_`.
 */
export function compileExpression(text: string): Result<CompiledExpression, ExpressionProblem> {
  const node = parseExpression(text)
  return node.ok ? succeed(compileNode(node.value, text)) : node
}

/** A direct flow: all values of the attribute as they are. */
export function compileAttribute(name: string): CompiledExpression {
  return compileNode({ kind: 'attribute', name, position: 1 }, name)
}

export function compileConstant(value: Value): CompiledExpression {
  return compileNode({ kind: 'literal', value, isNumber: typeof value === 'number', position: 1 }, String(value))
}

/** For values that are made elsewhere, at the moment of the write. */
export const compiledNothing: CompiledExpression = { text: '', attributes: [], evaluate: () => succeed([]) }

export function compileNode(node: Node, text: string): CompiledExpression {
  return {
    text,
    attributes: namesOf(node, 'attribute'),
    evaluate: (context) => {
      const values = evaluate(node, context)
      if (!values.ok || !values.value.includes('')) return values
      return succeed(values.value.filter((value) => value !== ''))
    }
  }
}

/** Names of attributes or parameters in the order in which they stand, each once. */
export function namesOf(node: Node, kind: 'attribute' | 'parameter'): readonly string[] {
  return [...new Set(collectNames(node, kind))]
}

function collectNames(node: Node, kind: 'attribute' | 'parameter'): readonly string[] {
  switch (node.kind) {
    case 'literal':
      return []
    case 'attribute':
    case 'parameter':
      return node.kind === kind ? [node.name] : []
    case 'concatenation':
      return node.parts.flatMap((part) => collectNames(part, kind))
    case 'call':
      return node.arguments.flatMap((argument) => collectNames(argument, kind))
  }
}
