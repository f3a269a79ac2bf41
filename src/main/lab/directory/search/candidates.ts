import type { Directory } from '../directory.ts'
import type { Entry, EntryId } from '../entries/entry.ts'
import { isContextHead } from '../entries/entry.ts'
import { findAttribute } from '../schema/schema.ts'
import { matchKey } from '../schema/syntax.ts'
import type { Filter } from './filter.ts'
import { assertedValue } from './filterEvaluation.ts'
import type { View } from './view.ts'

export type Scope = 'base' | 'one' | 'subtree'

/** Entries that the scope covers and that an index does not rule out, in the order in which they came into the directory. */
export function candidatesFor(directory: Directory, base: Entry, scope: Scope, filter: Filter, view: View = 'domain'): readonly EntryId[] {
  if (scope === 'base') return [base.id]
  const indexed = indexedCandidates(directory, filter)
  if (indexed !== null) return indexed.filter((id) => isInScope(directory, directory.store.get(id), base, scope, view))
  const entries = scope === 'one' ? directory.store.childrenOf(base.id) : directory.store.all()
  const found: EntryId[] = []
  for (const entry of entries) if (isInScope(directory, entry, base, scope, view)) found.push(entry.id)
  return found.sort((left, right) => left - right)
}

/** A search below a naming context's head does not enter another context (MS-ADTS 3.1.1.3.1.3), but for the global catalog's. */
function isInScope(directory: Directory, entry: Entry, base: Entry, scope: Scope, view: View): boolean {
  if (scope === 'one') return entry.parentId === base.id && (view === 'forest' || !isContextHead(entry))
  for (let current = entry; ; current = directory.store.get(current.parentId)) {
    if (current.id === base.id) return true
    if (current.parentId === null || (view === 'domain' && isContextHead(current))) return false
  }
}

/** Null where only looking at every entry would tell. */
function indexedCandidates(directory: Directory, filter: Filter): readonly EntryId[] | null {
  switch (filter.kind) {
    case 'and': {
      const choices = filter.filters.map((one) => indexedCandidates(directory, one)).filter((ids) => ids !== null)
      return choices.toSorted((left, right) => left.length - right.length)[0] ?? null
    }
    case 'or': {
      const parts = filter.filters.map((one) => indexedCandidates(directory, one))
      return parts.every((ids) => ids !== null) ? [...new Set(parts.flat())].sort((left, right) => left - right) : null
    }
    case 'equal': {
      const attribute = findAttribute(filter.attribute)
      const value = attribute === undefined ? null : assertedValue(directory, attribute, filter.value)
      return attribute === undefined || value === null ? null : directory.store.findByKey(attribute.name, matchKey(attribute, value))
    }
    default: return null
  }
}
