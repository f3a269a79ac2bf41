import { namesOf } from './compileExpression.ts'
import type { CompiledRuleSet } from './compiled.ts'
import { parseExpression } from './parser.ts'

/** The `%name%` parameters that the rules need, each once in the spelling of its first use: a configuration must have them all. */
export function parametersOf(rules: CompiledRuleSet): readonly string[] {
  const names = new Map<string, string>()
  for (const flow of rules.source.rules.flatMap((rule): readonly { readonly from: object }[] => rule.flows)) {
    for (const name of 'expression' in flow.from && typeof flow.from.expression === 'string' ? parametersOfExpression(flow.from.expression) : []) {
      if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name)
    }
  }
  return [...names.values()]
}

function parametersOfExpression(text: string): readonly string[] {
  const node = parseExpression(text)
  return node.ok ? namesOf(node.value, 'parameter') : []
}
