import type { DatabaseSync } from 'node:sqlite'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { MetaverseObject } from '../../../shared/domain/metaverse.ts'
import type { MetaverseQuery } from '../store.ts'
import { listParameter, textIn } from './columns.ts'
import { metaverseObjectOf } from './metaverse.ts'
import { boundary, foldText, searchTextOf } from './metaverseText.ts'

/** Characters of a trigram: what is shorter can only be found where a boundary makes it longer. */
const shortest = 3
/** Of a long text so many trigrams, spread over it, find few enough; each object that is found is looked at. */
const mostTrigrams = 12
const batchSize = 1_000

/**
 * The index proposes, the query decides: whatever part of the query the index can find narrows the candidates, and each
 * candidate is then compared with all of it.
 */
export function searchMetaverse(database: DatabaseSync) {
  const all = database.prepare('SELECT id FROM metaverse_object WHERE id > ? ORDER BY id LIMIT ?')
  const matching = database.prepare(
    `SELECT r.id FROM metaverse_text t JOIN metaverse_text_row r ON r.row = t.rowid WHERE t.metaverse_text MATCH ? AND r.id > ? ORDER BY r.id LIMIT ?`,
  )
  const objects = database.prepare('SELECT * FROM metaverse_object WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id')
  return (query: MetaverseQuery, after: string | null, limit: number): readonly MetaverseObject[] => {
    const phrases = phrasesOf(query)
    const found: MetaverseObject[] = []
    for (let behind = after ?? ''; found.length < limit;) {
      const rows = phrases.length === 0 ? all.all(behind, batchSize) : matching.all(phrases.join(' AND '), behind, batchSize)
      const ids = rows.map((row) => textIn(row, 'id'))
      for (const row of objects.all(listParameter(ids))) {
        const object = metaverseObjectOf(row)
        if (answers(object, query)) found.push(object)
      }
      const last = ids.at(-1)
      if (last === undefined || ids.length < batchSize) break
      behind = last
    }
    return found.slice(0, limit)
  }
}

type Clause = MetaverseQuery['clauses'][number]

function phrasesOf({ clauses, text }: MetaverseQuery): readonly string[] {
  const wanted = [...clauses.map(soughtText), text === null ? null : soughtByText(text)]
  return wanted.flatMap((sought) => (sought === null ? [] : trigramsOf(sought).map(quoted)))
}

/** What must stand in the text of an object for which the clause holds. */
function soughtText({ operator, value }: Clause): string | null {
  if (value === null) return null
  switch (operator) {
    case 'equals':
      return `${boundary}${foldText(value)}${boundary}`
    case 'startsWith':
      return `${boundary}${foldText(value)}`
    case 'contains':
      return foldText(value)
    case 'isPresent':
    case 'isMissing':
      return null
    default:
      return assertNever(operator)
  }
}

/** From three characters on anywhere in a value, below at its beginning. */
function soughtByText(text: string): string {
  const folded = foldText(text)
  return [...folded].length < shortest ? `${boundary}${folded}` : folded
}

/** The index knows which trigrams a text has, not where: that keeps it at a third of the size. */
function trigramsOf(text: string): readonly string[] {
  const characters = [...text]
  const trigrams = [...new Set(characters.slice(shortest - 1).map((_, index) => characters.slice(index, index + shortest).join('')))]
  const stride = Math.max(1, Math.ceil(trigrams.length / mostTrigrams))
  return trigrams.filter((_, index) => index % stride === 0)
}

function quoted(phrase: string): string {
  return `"${phrase.replaceAll('"', '""')}"`
}

function answers(object: MetaverseObject, { clauses, text }: MetaverseQuery): boolean {
  return clauses.every((clause) => holds(object, clause)) && (text === null || text === '' || searchTextOf(object).includes(soughtByText(text)))
}

/** A comparison without a value holds for nobody. */
function holds(object: MetaverseObject, { attribute, operator, value }: Clause): boolean {
  const values = Object.hasOwn(object.attributes, attribute) ? (object.attributes[attribute]?.values ?? []).map(foldText) : []
  if (operator === 'isPresent') return values.length > 0
  if (operator === 'isMissing') return values.length === 0
  if (value === null) return false
  const wanted = foldText(value)
  switch (operator) {
    case 'equals':
      return values.includes(wanted)
    case 'startsWith':
      return values.some((held) => held.startsWith(wanted))
    case 'contains':
      return values.some((held) => held.includes(wanted))
    default:
      return assertNever(operator)
  }
}
