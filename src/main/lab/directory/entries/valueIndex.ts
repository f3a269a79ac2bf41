import { findAttribute, isIndexed } from '../schema/schema.ts'
import { matchKey } from '../schema/syntax.ts'
import type { Entry, EntryId } from './entry.ts'

/** Which entries hold a value, for the attributes that the schema calls indexed and for every forward link. */
export type ValueIndex = {
  /** Null where the attribute is not indexed. `key` comes from `matchKey`. */
  find(attribute: string, key: string): ReadonlySet<EntryId> | null
  replace(before: Entry | undefined, after: Entry): void
}

export function makeValueIndex(): ValueIndex {
  const keysByAttribute = new Map<string, Map<string, Set<EntryId>>>()
  return {
    find(attribute, key) {
      const definition = findAttribute(attribute)
      if (definition === undefined || !isIndexed(definition)) return null
      return keysByAttribute.get(attribute.toLowerCase())?.get(key) ?? nothing
    },
    replace(before, after) {
      if (before !== undefined) forEachKey(before, (name, key) => keysByAttribute.get(name)?.get(key)?.delete(before.id))
      forEachKey(after, (name, key) => setOf(mapOf(keysByAttribute, name), key).add(after.id))
    },
  }
}

const nothing: ReadonlySet<EntryId> = new Set()

function forEachKey(entry: Entry, visit: (name: string, key: string) => void): void {
  for (const [name, values] of entry.attributes) {
    const definition = findAttribute(name)
    if (definition !== undefined && isIndexed(definition)) for (const value of values) visit(name, matchKey(definition, value))
  }
}

function mapOf<Key, Inner>(outer: Map<Key, Map<string, Inner>>, key: Key): Map<string, Inner> {
  const found = outer.get(key) ?? new Map<string, Inner>()
  outer.set(key, found)
  return found
}

function setOf(outer: Map<string, Set<EntryId>>, key: string): Set<EntryId> {
  const found = outer.get(key) ?? new Set<EntryId>()
  outer.set(key, found)
  return found
}
