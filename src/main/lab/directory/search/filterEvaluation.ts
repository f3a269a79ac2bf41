import type { Actor } from '../access/actor.ts'
import type { Directory } from '../directory.ts'
import type { Entry, EntryId, StoredValue } from '../entries/entry.ts'
import { referencesOf } from '../entries/entry.ts'
import { resolveReference } from '../entries/resolve.ts'
import type { AttributeDefinition } from '../schema/schema.ts'
import { attributeDefinitions, findAttribute, findClass, forwardLinkOf, isBackLink, knownAttribute } from '../schema/schema.ts'
import { compareValues, matchKey, parseAssertion, syntaxOf } from '../schema/syntax.ts'
import type { Filter } from './filter.ts'
import { readAttribute } from './readAttribute.ts'

/** RFC 4511 4.5.1.7: null is Undefined, as for an attribute that the schema does not know. */
export type Verdict = boolean | null
export type Test = (entry: Entry) => Verdict

/** The filter with every name and value read once, for many entries. */
export function compileFilter(directory: Directory, actor: Actor, filter: Filter): Test {
  switch (filter.kind) {
    case 'and': return every(filter.filters.map((one) => compileFilter(directory, actor, one)))
    case 'or': return some(filter.filters.map((one) => compileFilter(directory, actor, one)))
    case 'not': return negate(compileFilter(directory, actor, filter.filter))
    case 'present': return withAttribute(filter.attribute, (attribute) => presence(directory, actor, attribute))
    case 'substrings': return withAttribute(filter.attribute, (attribute) => substrings(directory, actor, attribute, filter))
    case 'extensible': return extensible(directory, actor, filter)
    case 'equal': case 'approximate':
      if (filter.attribute.toLowerCase() === 'anr') return ambiguousName(directory, actor, filter.value)
      return withAttribute(filter.attribute, (attribute) => equality(directory, actor, attribute, filter.value))
    case 'atLeast': case 'atMost':
      return withAttribute(filter.attribute, (attribute) => ordering(directory, actor, attribute, filter))
  }
}

/** The value that a filter asks for, as it is stored; null where no stored value can equal it. */
export function assertedValue(directory: Directory, attribute: AttributeDefinition, value: Buffer): StoredValue | null {
  const syntax = syntaxOf(attribute)
  if (syntax !== 'reference') return parseAssertion(attribute, value)
  // objectCategory=person stands for the category of that class (MS-ADTS 3.1.1.3.1.3.5).
  const category = attribute.name === 'objectCategory' ? findClass(value.toString('utf8')) : undefined
  if (category !== undefined) return categoryOf(directory, category.name)
  return resolveReference(directory, value)?.id ?? null
}

function categoryOf(directory: Directory, className: string): EntryId | null {
  const [id] = directory.store.findByKey('lDAPDisplayName', matchKey(knownAttribute('lDAPDisplayName'), className)) ?? []
  return id === undefined ? null : (referencesOf(directory.store.get(id), 'defaultObjectCategory')[0] ?? null)
}

function every(tests: readonly Test[]): Test {
  return (entry) => {
    let verdict: Verdict = true
    for (const test of tests) {
      const one = test(entry)
      if (one === false) return false
      if (one === null) verdict = null
    }
    return verdict
  }
}

function some(tests: readonly Test[]): Test {
  const none = every(tests.map(negate))
  return negate(none)
}

function negate(test: Test): Test {
  return (entry) => {
    const verdict = test(entry)
    return verdict === null ? null : !verdict
  }
}

function withAttribute(name: string, make: (attribute: AttributeDefinition) => Test): Test {
  const attribute = findAttribute(name)
  return attribute === undefined ? () => null : make(attribute)
}

function presence(directory: Directory, actor: Actor, attribute: AttributeDefinition): Test {
  return (entry) => readAttribute(directory, actor, entry, attribute).length > 0
}

function equality(directory: Directory, actor: Actor, attribute: AttributeDefinition, value: Buffer): Test {
  const asserted = assertedValue(directory, attribute, value)
  if (asserted === null) return () => (syntaxOf(attribute) === 'reference' ? false : null)
  const key = matchKey(attribute, asserted)
  return (entry) => readAttribute(directory, actor, entry, attribute).some((one) => matchKey(attribute, one) === key)
}

function ordering(directory: Directory, actor: Actor, attribute: AttributeDefinition, filter: { readonly kind: 'atLeast' | 'atMost'; readonly value: Buffer }): Test {
  const asserted = assertedValue(directory, attribute, filter.value)
  if (asserted === null || compareValues(attribute, asserted, asserted) === null) return () => null
  const sign = filter.kind === 'atLeast' ? 1 : -1
  return (entry) => readAttribute(directory, actor, entry, attribute).some((one) => (compareValues(attribute, one, asserted) ?? -sign) * sign >= 0)
}

function substrings(directory: Directory, actor: Actor, attribute: AttributeDefinition, filter: Filter & { readonly kind: 'substrings' }): Test {
  const syntax = syntaxOf(attribute)
  if (syntax === 'reference' || syntax === 'integer' || syntax === 'largeInteger' || syntax === 'boolean') return () => null
  const key = (piece: Buffer) => matchKey(attribute, syntax === 'octets' || syntax === 'sid' ? piece : piece.toString('utf8'))
  const [initial, middle, final] = [filter.initial === null ? '' : key(filter.initial), filter.middle.map(key), filter.final === null ? '' : key(filter.final)]
  return (entry) => readAttribute(directory, actor, entry, attribute).some((value) => holdsPieces(matchKey(attribute, value), initial, middle, final))
}

function holdsPieces(text: string, initial: string, middle: readonly string[], final: string): boolean {
  if (!text.startsWith(initial)) return false
  let position = initial.length
  for (const piece of middle) {
    const found = text.indexOf(piece, position)
    if (found < 0) return false
    position = found + piece.length
  }
  return text.length - final.length >= position && text.endsWith(final)
}

const [bitAnd, bitOr, inChain] = ['1.2.840.113556.1.4.803', '1.2.840.113556.1.4.804', '1.2.840.113556.1.4.1941']

/** MS-ADTS 3.1.1.3.4.4; other rules are Undefined. */
function extensible(directory: Directory, actor: Actor, filter: Filter & { readonly kind: 'extensible' }): Test {
  const attribute = filter.attribute === null ? undefined : findAttribute(filter.attribute)
  if (attribute === undefined) return () => null
  if (filter.rule === null) return equality(directory, actor, attribute, filter.value)
  if (filter.rule === inChain) return chain(directory, attribute, filter.value)
  const isNumber = ['integer', 'largeInteger'].includes(syntaxOf(attribute))
  const asserted = parseAssertion(attribute, filter.value)
  if (!isNumber || asserted === null || (filter.rule !== bitAnd && filter.rule !== bitOr)) return () => null
  const mask = BigInt.asUintN(64, BigInt(String(asserted)))
  const holds = (bits: bigint) => (filter.rule === bitAnd ? bits === mask : bits !== 0n)
  return (entry) => readAttribute(directory, actor, entry, attribute).some((value) => holds(BigInt.asUintN(64, BigInt(String(value))) & mask))
}

/** LDAP_MATCHING_RULE_TRANSITIVE_EVAL: what reaches the asserted entry by the link, over any number of steps. */
function chain(directory: Directory, attribute: AttributeDefinition, value: Buffer): Test {
  const target = resolveReference(directory, value)
  if (syntaxOf(attribute) !== 'reference') return () => null
  if (target === null) return () => false
  const forward = isBackLink(attribute) ? forwardLinkOf(attribute) : attribute
  if (forward === undefined) return () => false
  const step = isBackLink(attribute)
    ? (id: EntryId) => referencesOf(directory.store.get(id), forward.name)
    : (id: EntryId) => directory.store.findByKey(forward.name, matchKey(forward, id)) ?? []
  const reached = new Set<EntryId>()
  const waiting = [...step(target.id)]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue
    reached.add(id)
    waiting.push(...step(id))
  }
  return (entry) => reached.has(entry.id)
}

/** Ambiguous name resolution (MS-ADTS 3.1.1.3.1.3.3): a prefix of any attribute with fANR. */
function ambiguousName(directory: Directory, actor: Actor, value: Buffer): Test {
  const attributes = attributeDefinitions.filter((attribute) => ((attribute.searchFlags ?? 0) & 4) !== 0)
  return some(attributes.map((attribute) => substrings(directory, actor, attribute, { kind: 'substrings', attribute: attribute.name, initial: value, middle: [], final: null })))
}
