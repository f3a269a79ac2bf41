import { ensureSyntaxTree, syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'

type SyntaxNode = ReturnType<typeof syntaxTree>['topNode']

/** Milliseconds that a whole rule set may take to be parsed before a place in it counts as not found. */
const parsePatience = 500

export type Place = { readonly key: string | null; readonly rule: number | null; readonly direction: 'inbound' | 'outbound' | null; readonly connector: 'entra' | 'ad' | null; readonly isInScope: boolean }

/** What stands at an offset of a rule file: the key of the value, and the rule around it. */
export function placeAt(state: EditorState, offset: number): Place {
  const inner = syntaxTree(state).resolveInner(offset, -1)
  const property = closest(inner, (node) => node.name === 'Property')
  const rule = ruleAround(state, inner)
  const text = (name: string): string | null => (rule === null ? null : textOf(state, valueOf(state, rule.node, name)))
  const [direction, connector] = [text('direction'), text('connector')]
  return {
    key: property === null ? null : keyOf(state, property), rule: rule?.index ?? null,
    direction: direction === 'inbound' || direction === 'outbound' ? direction : null, connector: connector === 'entra' || connector === 'ad' ? connector : null,
    isInScope: closest(inner, (node) => node.name === 'Property' && keyOf(state, node) === 'scope') !== null,
  }
}

/** The text of a rule, or of one of its flows; null where it is not in the file. */
export function rangeOf(state: EditorState, rule: number, flow: number | null): { readonly from: number; readonly to: number } | null {
  const tree = ensureSyntaxTree(state, state.doc.length, parsePatience)
  const root = tree?.topNode.getChild('Object') ?? null
  const rules = root === null ? null : valueOf(state, root, 'rules')
  const found = rules?.getChildren('Object')[rule] ?? null
  if (found === null || flow === null) return found
  return valueOf(state, found, 'flows')?.getChildren('Object')[flow] ?? null
}

function ruleAround(state: EditorState, inner: SyntaxNode): { readonly node: SyntaxNode; readonly index: number } | null {
  const node = closest(inner, (one) => one.name === 'Object' && one.parent?.name === 'Array' && one.parent.parent !== null && keyOf(state, one.parent.parent) === 'rules')
  if (node === null) return null
  return { node, index: node.parent?.getChildren('Object').findIndex(({ from }) => from === node.from) ?? 0 }
}

function closest(from: SyntaxNode, isWanted: (node: SyntaxNode) => boolean): SyntaxNode | null {
  for (let node: SyntaxNode | null = from; node !== null; node = node.parent) if (isWanted(node)) return node
  return null
}

function valueOf(state: EditorState, object: SyntaxNode, key: string): SyntaxNode | null {
  return object.getChildren('Property').find((property) => keyOf(state, property) === key)?.lastChild ?? null
}

function keyOf(state: EditorState, property: SyntaxNode): string | null {
  return textOf(state, property.getChild('PropertyName'))
}

function textOf(state: EditorState, node: SyntaxNode | null): string | null {
  return node === null ? null : state.sliceDoc(node.from, node.to).replaceAll('"', '')
}
