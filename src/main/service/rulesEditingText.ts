import { findNodeAtLocation, parseTree, type Node, type ParseError } from 'jsonc-parser'
import type { RulesTextProblem } from '../../shared/api/rulesEditing.ts'
import type { CompiledRuleSet } from '../rules/compiled.ts'
import { parseRuleSet } from '../rules/parseRuleSet.ts'
import type { RulesProblem } from '../rules/rulesProblem.ts'
import { nameSyntaxError } from '../workspace/nameSyntaxError.ts'

/** A text as a rule set; `rules` is null where there are problems. Each problem has its place in the text. */
export function readRulesText(text: string): { readonly rules: CompiledRuleSet | null; readonly problems: readonly RulesTextProblem[] } {
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true, allowEmptyContent: false })
  const syntax = errors.map(({ error, offset, length }): RulesTextProblem => ({
    path: '', message: `This is no JSON here: ${nameSyntaxError(error)}.`, position: null, ...span(text, offset, length),
  }))
  const content = parseJson(text)
  if (!content.isJson) return { rules: null, problems: syntax.length > 0 ? syntax : [{ path: '', message: 'This is not JSON.', position: null, from: 0, to: 0 }] }
  const rules = parseRuleSet(content.value)
  if (rules.ok) return { rules: rules.value, problems: [] }
  return { rules: null, problems: rules.problem.map((problem) => placed(text, root, problem)) }
}

function parseJson(text: string): { readonly isJson: true; readonly value: unknown } | { readonly isJson: false } {
  try {
    return { isJson: true, value: JSON.parse(text) as unknown }
  } catch {
    // Where it breaks is in the problems of the tolerant parser.
    return { isJson: false }
  }
}

function placed(text: string, root: Node | undefined, { path, message, position }: RulesProblem): RulesTextProblem {
  const node = root === undefined ? undefined : nodeAt(root, path)
  const place = node === undefined ? { from: 0, to: 0 } : { from: node.offset, to: node.offset + node.length }
  if (node?.type !== 'string' || position === undefined) return { path, message, position: position ?? null, ...place }
  const from = node.offset + offsetInLiteral(text.slice(node.offset, node.offset + node.length), position)
  return { path, message, position, from, to: Math.max(from, place.to - 1) }
}

/** The node that the pointer names; where a key is missing, the one that should have it. */
function nodeAt(root: Node, pointer: string): Node | undefined {
  const steps = pointer.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  let node: Node = root
  for (const step of steps) {
    const next = findNodeAtLocation(node, [node.type === 'array' ? Number(step) : step])
    if (next === undefined) break
    node = next
  }
  // A whole rule underlined says less than its first line.
  return node.type === 'object' || node.type === 'array' ? { ...node, length: 1 } : node
}

/** Where the character with that number (from 1) stands in a JSON text with its quotes: an escape is one character. */
export function offsetInLiteral(literal: string, position: number): number {
  let offset = 1
  for (let character = 1; character < position && offset < literal.length - 1; character += 1) {
    offset += literal[offset] !== '\\' ? 1 : literal[offset + 1] === 'u' ? 6 : 2
  }
  return offset
}

function span(text: string, offset: number, length: number): { readonly from: number; readonly to: number } {
  const from = Math.min(offset, text.length)
  return { from, to: Math.min(text.length, from + Math.max(1, length)) }
}
