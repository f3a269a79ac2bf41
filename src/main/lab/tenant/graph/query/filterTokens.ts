import type { Literal } from './filterExpression.ts'

export type FilterToken =
  | { readonly kind: 'name'; readonly text: string; readonly position: number }
  | { readonly kind: 'literal'; readonly value: Literal; readonly position: number }
  | { readonly kind: 'sign'; readonly text: '(' | ')' | ',' | ':'; readonly position: number }

const patterns = [
  { kind: 'blank', pattern: /\s+/y },
  // OData 4.01 ABNF: an apostrophe inside of a string is doubled.
  { kind: 'text', pattern: /'((?:[^']|'')*)'/y },
  { kind: 'dateTime', pattern: /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,12})?)?(?:Z|[+-]\d{2}:\d{2}))?(?![\w-])/y },
  { kind: 'number', pattern: /-?\d+(?:\.\d+)?(?![\w.-])/y },
  { kind: 'name', pattern: /[A-Za-z_][\w]*(?:\/[A-Za-z_$][\w]*)*/y },
  { kind: 'sign', pattern: /[(),:]/y },
] as const

/** Cuts a `$filter` into its parts; a number is the position of what cannot be one. */
export function cutFilter(text: string): readonly FilterToken[] | number {
  const tokens: FilterToken[] = []
  let position = 0
  while (position < text.length) {
    const found = matchAt(text, position)
    if (found === null) return position
    const token = makeToken(found.kind, found.match, position)
    if (token !== null) tokens.push(token)
    position += found.match[0].length
  }
  return tokens
}

function matchAt(text: string, position: number): { readonly kind: (typeof patterns)[number]['kind']; readonly match: RegExpExecArray } | null {
  for (const { kind, pattern } of patterns) {
    pattern.lastIndex = position
    const match = pattern.exec(text)
    if (match !== null) return { kind, match }
  }
  return null
}

function makeToken(kind: (typeof patterns)[number]['kind'], match: RegExpExecArray, position: number): FilterToken | null {
  const text = match[0]
  switch (kind) {
    case 'blank':
      return null
    case 'text':
      return { kind: 'literal', value: (match[1] ?? '').replaceAll("''", "'"), position }
    case 'dateTime':
      return { kind: 'literal', value: { dateTime: text }, position }
    case 'number':
      return { kind: 'literal', value: Number(text), position }
    case 'name':
      return makeWord(text, position)
    case 'sign':
      return { kind: 'sign', text: text as '(' | ')' | ',' | ':', position }
  }
}

function makeWord(text: string, position: number): FilterToken {
  if (text === 'null') return { kind: 'literal', value: null, position }
  return text === 'true' || text === 'false' ? { kind: 'literal', value: text === 'true', position } : { kind: 'name', text, position }
}
