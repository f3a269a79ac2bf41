import type { Node, ParseError } from 'jsonc-parser'
import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser'
import type { ConfigurationFinding, ConfigurationPath, ConfigurationProblem } from './configurationProblem.ts'
import { nameSyntaxError } from './nameSyntaxError.ts'

/** The text of a configuration, read: its value, and where in it a finding is. */
export type ConfigurationText = {
  readonly value: unknown
  /** Places where the text is no JSON (comments and trailing commas aside), and keys that come twice. */
  readonly problems: readonly ConfigurationProblem[]
  readonly locate: (finding: ConfigurationFinding) => ConfigurationProblem
}

const longestValue = 60
/** One mistake makes many places look wrong: whoever mends the first has mended most of them. */
const mostSyntaxErrors = 3

export function readConfigurationText(written: string): ConfigurationText {
  const text = written.replace(/^\uFEFF/, '')
  if (text.includes('\0')) return unreadable
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false })
  const locate = (finding: ConfigurationFinding): ConfigurationProblem => {
    const node = root === undefined ? undefined : nodeOf(root, finding)
    const value = node === undefined || finding.isAboutKey === true || isContainer(node) ? '' : shorten(text.slice(node.offset, node.offset + node.length))
    return { path: pointerOf(finding.path), ...positionAt(text, node?.offset ?? 0), value, message: finding.message, allowed: finding.allowed }
  }
  return {
    value: root === undefined ? undefined : getNodeValue(root) as unknown,
    problems: [...errors.slice(0, mostSyntaxErrors).map((error) => describeSyntaxError(text, error)), ...(root === undefined ? [] : findDuplicateKeys(root)).map((duplicate) => describeDuplicate(text, duplicate))],
    locate,
  }
}

/** Text in UTF-16, as Windows PowerShell writes it, has a zero in every character of a name. */
const otherEncoding: ConfigurationProblem = {
  path: '', line: 1, column: 1, value: '', message: 'The file is not written in UTF-8.', allowed: 'UTF-8: save it so in an editor; Windows PowerShell writes it with Set-Content -Encoding UTF8',
}

const unreadable: ConfigurationText = { value: undefined, problems: [otherEncoding], locate: ({ path, message, allowed }) => ({ ...otherEncoding, path: pointerOf(path), message, allowed }) }

function describeSyntaxError(text: string, error: ParseError): ConfigurationProblem {
  const value = shorten(text.slice(error.offset, error.offset + error.length))
  return { path: '', ...positionAt(text, error.offset), value, message: `The file is no JSON here: ${nameSyntaxError(error.error)}.`, allowed: 'JSON; comments and trailing commas may be there' }
}

type Duplicate = { readonly path: ConfigurationPath; readonly key: string; readonly offset: number; readonly firstOffset: number }

function findDuplicateKeys(node: Node, path: ConfigurationPath = []): readonly Duplicate[] {
  if (node.type === 'array') return (node.children ?? []).flatMap((child, index) => findDuplicateKeys(child, [...path, index]))
  if (node.type !== 'object') return []
  const offsets = new Map<string, number>()
  return (node.children ?? []).flatMap((property) => {
    const [name, value] = property.children ?? []
    if (name === undefined) return []
    const key = String(name.value)
    const firstOffset = offsets.get(key)
    if (firstOffset === undefined) offsets.set(key, name.offset)
    const own = firstOffset === undefined ? [] : [{ path: [...path, key], key, offset: name.offset, firstOffset }]
    return value === undefined ? own : [...own, ...findDuplicateKeys(value, [...path, key])]
  })
}

function describeDuplicate(text: string, duplicate: Duplicate): ConfigurationProblem {
  const first = positionAt(text, duplicate.firstOffset)
  return { path: pointerOf(duplicate.path), ...positionAt(text, duplicate.offset), value: '', message: `The key "${duplicate.key}" is there already, in line ${first.line}.`, allowed: 'each key once' }
}

/** The node at the path, or the nearest one around it where a key is missing. */
function nodeOf(root: Node, finding: ConfigurationFinding): Node | undefined {
  for (let length = finding.path.length; length >= 0; length -= 1) {
    const node = findNodeAtLocation(root, finding.path.slice(0, length))
    if (node === undefined) continue
    return finding.isAboutKey === true && length === finding.path.length ? node.parent?.children?.[0] ?? node : node
  }
  return root
}

function isContainer(node: Node): boolean {
  return node.type === 'object' || node.type === 'array'
}

/** Line and column of a place in a text, both from 1. */
export function positionAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/)
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

function pointerOf(path: ConfigurationPath): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ')
  return line.length > longestValue ? `${line.slice(0, longestValue)}…` : line
}
