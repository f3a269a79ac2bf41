import { textOfValue } from './values.ts'
import type { LiteralNode, Node } from './syntax.ts'

/** Writes an expression in its plain form: attributes in brackets, `+`, functions by their own names. Parsing it gives the same again. */
export function printExpression(node: Node): string {
  switch (node.kind) {
    case 'literal':
      return printLiteral(node)
    case 'attribute':
      return `[${node.name}]`
    case 'parameter':
      return `%${node.name}%`
    case 'concatenation':
      return node.parts.map((part) => (part.kind === 'concatenation' ? `(${printExpression(part)})` : printExpression(part))).join(' + ')
    case 'call':
      return `${node.function.name}(${node.arguments.map(printExpression).join(', ')})`
  }
}

function printLiteral({ value, isNumber }: LiteralNode): string {
  return isNumber || typeof value === 'boolean' ? textOfValue(value) : `"${textOfValue(value).replaceAll('"', '""')}"`
}
