import { SearchFilter } from 'ldapts'
import type { Filter } from '../search/filter.ts'
import type { Element } from './berElements.ts'
import { elementAt, malformed, readElements, textIn } from './berElements.ts'

/** Deeper filters would exhaust the stack; Windows refuses them as well. */
const deepest = 100

export function parseFilter(element: Element, depth = 0): Filter {
  if (depth > deepest) return malformed('the filter is nested too deeply')
  switch (element.tag) {
    case SearchFilter.and: return { kind: 'and', filters: readElements(element.content).map((inner) => parseFilter(inner, depth + 1)) }
    case SearchFilter.or: return { kind: 'or', filters: readElements(element.content).map((inner) => parseFilter(inner, depth + 1)) }
    case SearchFilter.not: return { kind: 'not', filter: parseFilter(elementAt(readElements(element.content), 0), depth + 1) }
    case SearchFilter.equalityMatch: return { kind: 'equal', ...parseAssertion(element) }
    case SearchFilter.greaterOrEqual: return { kind: 'atLeast', ...parseAssertion(element) }
    case SearchFilter.lessOrEqual: return { kind: 'atMost', ...parseAssertion(element) }
    case SearchFilter.approxMatch: return { kind: 'approximate', ...parseAssertion(element) }
    case SearchFilter.substrings: return parseSubstrings(element)
    case SearchFilter.present: return { kind: 'present', attribute: textIn(element) }
    case SearchFilter.extensibleMatch: return parseExtensible(element)
    default: return malformed('a filter is of no known kind')
  }
}

function parseAssertion(element: Element): { readonly attribute: string; readonly value: Buffer } {
  const parts = readElements(element.content)
  return { attribute: textIn(elementAt(parts, 0, 0x04)), value: elementAt(parts, 1, 0x04).content }
}

function parseSubstrings(element: Element): Filter {
  const parts = readElements(element.content)
  const pieces = readElements(elementAt(parts, 1, 0x30).content)
  if (pieces.length === 0) return malformed('a substring filter has no substring')
  const only = (tag: number) => pieces.filter((piece) => piece.tag === tag).map((piece) => piece.content)
  return { kind: 'substrings', attribute: textIn(elementAt(parts, 0, 0x04)), initial: only(0x80)[0] ?? null, middle: only(0x81), final: only(0x82)[0] ?? null }
}

function parseExtensible(element: Element): Filter {
  const parts = readElements(element.content)
  const part = (tag: number) => parts.find((one) => one.tag === tag)
  const [rule, attribute, value] = [part(0x81), part(0x82), part(0x83)]
  if (value === undefined) return malformed('an extensible filter has no value')
  return { kind: 'extensible', rule: rule === undefined ? null : textIn(rule), attribute: attribute === undefined ? null : textIn(attribute), value: value.content }
}
