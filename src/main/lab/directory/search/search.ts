import type { Actor } from '../access/actor.ts'
import { mayRead } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import { domainHead } from '../directory.ts'
import type { Entry, EntryId } from '../entries/entry.ts'
import { isContextHead } from '../entries/entry.ts'
import { contextHeadOf, dnOf, namesOf, resolveName } from '../entries/resolve.ts'
import { nonBaseSearch, noSuchObject, notBound } from '../errors.ts'
import { formatDn } from '../names/dnOfLab.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal } from '../refusal.ts'
import type { Scope } from './candidates.ts'
import { candidatesFor } from './candidates.ts'
import { needsBaseSearch } from './constructed.ts'
import type { Filter } from './filter.ts'
import { compileFilter } from './filterEvaluation.ts'
import type { Selection } from './selection.ts'
import { parseSelection } from './selection.ts'
import type { DeletedObjects } from './visibility.ts'
import { isShown } from './visibility.ts'

export type SearchRequest = {
  readonly base: string
  readonly scope: Scope
  readonly sizeLimit: number
  /** Seconds; 0 for none. */
  readonly timeLimit: number
  readonly content: 'values' | 'typesOnly'
  readonly filter: Filter
  readonly attributes: readonly string[]
}

export type SearchOptions = { readonly deletedObjects: DeletedObjects; readonly referrals: 'followed' | 'suppressed'; readonly descriptorParts: number | null }

/** A search that has found its place: entries come out one by one, so that a page can end and go on anywhere. */
export type PreparedSearch = {
  readonly candidates: readonly EntryId[]
  /** The entry as it is now, if the search still finds it. */
  readonly matches: (id: EntryId) => Entry | null
  readonly selection: Selection
  readonly references: readonly string[]
}

export function prepareSearch(directory: Directory, actor: Actor, request: SearchRequest, options: SearchOptions): PreparedSearch | Refusal {
  if (actor.kind === 'anonymous') return notBound()
  const view = actor.kind === 'account' ? actor.view : 'domain'
  // The global catalog is searched from nowhere: the whole forest.
  const base = view === 'forest' && request.base === '' ? domainHead(directory) : resolveName(directory, request.base)
  if (isRefusal(base)) return base
  const isVisible = (entry: Entry) => mayRead(directory, actor, entry) && (isShown(entry, options.deletedObjects))
  if (!isVisible(base)) return noSuchObject(dnOf(directory, contextHeadOf(directory, base)))
  const selection = parseSelection(request.attributes, options.descriptorParts)
  if (request.scope !== 'base' && selection.named.some(({ attribute }) => needsBaseSearch(attribute))) return nonBaseSearch()
  const test = compileFilter(directory, actor, request.filter)
  return {
    candidates: candidatesFor(directory, base, request.scope, request.filter, view),
    matches: (id) => {
      const entry = directory.store.find(id)
      return entry !== undefined && isVisible(entry) && test(entry) === true ? entry : null
    },
    selection,
    references: request.scope === 'subtree' && options.referrals === 'followed' && view === 'domain' ? referencesBelow(directory, base) : [],
  }
}

/** Naming contexts right below a head that is searched are referred to, not entered (MS-ADTS 3.1.1.3.1.3.2). */
function referencesBelow(directory: Directory, base: Entry): readonly string[] {
  if (!isContextHead(base)) return []
  const heads = Array.from(directory.store.childrenOf(base.id)).filter(isContextHead)
  return heads.map((head) => `ldap://${directory.domain.dnsName}/${encodeURI(formatDn(namesOf(directory, head)))}`)
}
