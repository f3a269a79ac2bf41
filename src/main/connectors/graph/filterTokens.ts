import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'

/** `at` counts characters from 0. */
export type FilterToken =
  | { readonly kind: 'name'; readonly text: string; readonly at: number }
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'mark'; readonly text: '(' | ')' | ','; readonly at: number }

export type FilterMistake = { readonly at: number; readonly what: string }

/** A quote inside of a text is doubled (OData 4.01, URL Conventions 5.1.1.14.1). */
const tokenPattern = /\s*(?:'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)(?![\w.:-])|([A-Za-z_]\w*)(?![\w/])|([(),]))/y

/** Takes a `$filter` apart as far as a client can evaluate one; the first thing that is no such token is the mistake. */
export function readFilterTokens(text: string): Result<readonly FilterToken[], FilterMistake> {
  const tokens: FilterToken[] = []
  const end = text.trimEnd().length
  let at = 0
  while (at < end) {
    tokenPattern.lastIndex = at
    const match = tokenPattern.exec(text)
    if (match === null) return fail(describeUnknown(text, at))
    tokens.push(toToken(match, at + match[0].length - match[0].trimStart().length))
    at = tokenPattern.lastIndex
  }
  return succeed(tokens)
}

function describeUnknown(text: string, at: number): FilterMistake {
  const rest = text.slice(at).trimStart()
  return { at: text.length - rest.length, what: `"${rest.slice(0, 20)}" is not understood` }
}

function toToken(match: RegExpExecArray, at: number): FilterToken {
  const [, text, number, name, mark] = match
  if (text !== undefined) return { kind: 'text', text: text.replaceAll("''", "'"), at }
  if (number !== undefined) return { kind: 'number', value: Number(number), at }
  if (name !== undefined) return { kind: 'name', text: name, at }
  return { kind: 'mark', text: mark === '(' || mark === ')' ? mark : ',', at }
}
