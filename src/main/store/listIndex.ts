import { foldText } from './foldText.ts'
import type { ListEntry, OpenView, ViewRequest } from './views.ts'

/** So many values of a facet are offered. */
const mostValues = 100

/**
 * What a list is asked for while somebody types, in memory: a search over 100,000 rows and the counts of all facets take
 * milliseconds there, where an index of trigrams cannot answer the first two characters and the counts are most of the work.
 * The rows themselves are not here.
 */
export type ListIndex = {
  readonly size: number
  /** Numbers of the rows that the request leaves, in the order given. */
  readonly select: (request: ViewRequest, order: Uint32Array | null) => { readonly rows: Uint32Array; readonly facets: OpenView['facets'] }
  /** Number of the row with that key; null where there is none. */
  readonly numberOf: (key: string) => number | null
}

type IndexedEntry = Pick<ListEntry<unknown>, 'key' | 'text' | 'facets'>

/** Entries are added in their natural order; their numbers begin at 0. */
export function startListIndex(): { readonly add: (entry: IndexedEntry) => void; readonly finish: () => ListIndex } {
  const texts: string[] = []
  const numbers = new Map<string, number>()
  const facets = new Map<string, FacetBuilder>()
  return {
    add: ({ key, text, facets: values }) => {
      const number = texts.push(foldText(text)) - 1
      numbers.set(key, number)
      for (const [name, held] of Object.entries(values)) {
        const facet = facets.get(name) ?? startFacet()
        facets.set(name, facet)
        for (const value of new Set(held)) facet.add(number, value)
      }
    },
    finish: () => {
      const finished = [...facets].map(([name, facet]) => ({ name, ...facet.finish(texts.length) }))
      const search = openSearch(texts)
      return {
        size: texts.length,
        numberOf: (key) => numbers.get(key) ?? null,
        select: (request, order) => {
          const failures = judgeRows(search, finished, request)
          return { rows: collectRows(failures, order), facets: countFacets(finished, failures) }
        },
      }
    },
  }
}

/** The values of row n are `codes` from `starts[n]` up to `starts[n + 1]`; a code is a place in `values`. */
type Facet = { readonly name: string; readonly values: readonly string[]; readonly starts: Uint32Array; readonly codes: Uint32Array }
type FacetBuilder = { readonly add: (number: number, value: string) => void; readonly finish: (size: number) => Omit<Facet, 'name'> }

function startFacet(): FacetBuilder {
  const codeOf = new Map<string, number>()
  const starts: number[] = []
  const codes: number[] = []
  const fillTo = (number: number): void => { while (starts.length <= number) starts.push(codes.length) }
  return {
    add: (number, value) => {
      fillTo(number)
      const code = codeOf.get(value) ?? codeOf.size
      codeOf.set(value, code)
      codes.push(code)
    },
    finish: (size) => {
      fillTo(size)
      return { values: [...codeOf.keys()], starts: Uint32Array.from(starts), codes: Uint32Array.from(codes) }
    },
  }
}

/** What keeps a row out: nothing, one facet alone (its place + 1), or more than that. */
const [passes, failsForGood] = [0, 255]

/** Only a row that one facet alone keeps out counts for that facet: so another of its values can be added to the choice. */
function judgeRows(search: Search, facets: readonly Facet[], request: ViewRequest): Uint8Array {
  const failures = search(request.text)
  for (const [place, facet] of facets.entries()) {
    const chosen = request.facets[facet.name] ?? []
    if (chosen.length === 0) continue
    const isChosen = facet.values.map((value) => chosen.includes(value))
    for (let number = 0; number < failures.length; number += 1) {
      if (!holdsOne(facet, number, isChosen)) failures[number] = failures[number] === passes ? place + 1 : failsForGood
    }
  }
  const isUnknown = Object.entries(request.facets).some(([name, values]) => values.length > 0 && facets.every((facet) => facet.name !== name))
  return isUnknown ? failures.fill(failsForGood) : failures
}

/** Rows without one of the words fail for good, the others pass. */
type Search = (text: string) => Uint8Array
type Searched = { readonly words: readonly string[]; readonly failures: Uint8Array; /** So many rows pass. */ readonly left: number }

/** So many searches are remembered: whoever types goes letter by letter, and back. */
const rememberedSearches = 12

/** A row that lacks a part of a word lacks the word: where the search goes on from a former one, only the rows of that are looked at. */
function openSearch(texts: readonly string[]): Search {
  const remembered = new Map<string, Searched>()
  return (text) => {
    const words = wordsOf(text)
    if (words.length === 0) return new Uint8Array(texts.length)
    const name = words.join(' ')
    const known = remembered.get(name)
    if (known !== undefined) return known.failures.slice()
    const searched = searchWithin(texts, words, findNarrowest([...remembered.values()], words))
    for (const oldest of remembered.keys()) if (remembered.size >= rememberedSearches) remembered.delete(oldest)
    remembered.set(name, searched)
    return searched.failures.slice()
  }
}

function findNarrowest(searches: readonly Searched[], words: readonly string[]): Searched | undefined {
  const wider = searches.filter((former) => former.words.every((part) => words.some((word) => word.includes(part))))
  return wider.toSorted((one, other) => one.left - other.left)[0]
}

function searchWithin(texts: readonly string[], words: readonly string[], wider: Searched | undefined): Searched {
  const failures = wider?.failures.slice() ?? new Uint8Array(texts.length)
  const sought = words.filter((word) => wider?.words.includes(word) !== true)
  let left = 0
  for (let number = 0; number < failures.length; number += 1) {
    if (failures[number] !== passes) continue
    if (holdsAll(texts[number] ?? '', sought)) left += 1
    else failures[number] = failsForGood
  }
  return { words, failures, left }
}

function holdsAll(text: string, words: readonly string[]): boolean {
  for (const word of words) if (!text.includes(word)) return false
  return true
}

function wordsOf(text: string): readonly string[] {
  return foldText(text).split(/\s+/).filter((word) => word !== '')
}

function holdsOne({ starts, codes }: Facet, number: number, isChosen: readonly boolean[]): boolean {
  const end = starts[number + 1] ?? 0
  for (let at = starts[number] ?? 0; at < end; at += 1) if (isChosen[codes[at] ?? 0] === true) return true
  return false
}

function collectRows(failures: Uint8Array, order: Uint32Array | null): Uint32Array {
  const rows = new Uint32Array(failures.length)
  let total = 0
  for (let place = 0; place < failures.length; place += 1) {
    const number = order === null ? place : (order[place] ?? 0)
    if (failures[number] !== passes) continue
    rows[total] = number
    total += 1
  }
  return rows.slice(0, total)
}

function countFacets(facets: readonly Facet[], failures: Uint8Array): OpenView['facets'] {
  return Object.fromEntries(facets.map((facet, place) => [facet.name, countValues(facet, failures, place + 1)]))
}

function countValues({ values, starts, codes }: Facet, failures: Uint8Array, ownFailure: number): OpenView['facets'][string] {
  const counts = new Uint32Array(values.length)
  for (let number = 0; number < failures.length; number += 1) {
    if (failures[number] !== passes && failures[number] !== ownFailure) continue
    const end = starts[number + 1] ?? 0
    for (let at = starts[number] ?? 0; at < end; at += 1) {
      const code = codes[at] ?? 0
      counts[code] = (counts[code] ?? 0) + 1
    }
  }
  const counted = values.map((value, code) => ({ value, count: counts[code] ?? 0 })).filter(({ count }) => count > 0)
  return counted.sort((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1)).slice(0, mostValues)
}
