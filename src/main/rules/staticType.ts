import type { StaticType } from './functions/definition.ts'
import type { Node } from './syntax.ts'

/** What a node gives whatever the attributes hold. */
export function typeOf(node: Node): StaticType {
  switch (node.kind) {
    case 'literal':
      // A large integer is carried as text and is a number all the same.
      return node.isNumber ? 'number' : typeof node.value === 'boolean' ? 'boolean' : 'text'
    case 'attribute':
      return 'any'
    case 'parameter':
    case 'concatenation':
      return 'text'
    case 'call':
      return node.function.returns
  }
}
