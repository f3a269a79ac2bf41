import { spellName } from '../../../../shared/domain/spellName.ts'

export type Recorded = { readonly name: string; readonly value: string }

/** What an entry records, one line a value: `{ counts: { create: 3 } }` is "counts, create: 3". Zeros and nulls say nothing. */
export function flattenDetails(details: Readonly<Record<string, unknown>>): readonly Recorded[] {
  return Object.entries(details).flatMap(([name, value]) => flatten(spellName(name), value))
}

function flatten(name: string, value: unknown): readonly Recorded[] {
  if (value === null || value === undefined || value === 0) return []
  if (Array.isArray(value)) return value.flatMap((member: unknown, index) => flatten(value.length === 1 ? name : `${name} ${index + 1}`, member))
  if (typeof value === 'object') return Object.entries(value).flatMap(([inner, member]) => flatten(`${name}, ${spellName(inner)}`, member))
  return [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }]
}
