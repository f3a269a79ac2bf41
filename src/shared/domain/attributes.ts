/** One value of an attribute. Binary values travel as text: GUID and SID in their usual form, anything else as base64. */
export type Value = string | number | boolean

/**
 * The attributes of an object. Every attribute is a list, in the schema's spelling of its name; no value means that the
 * key is missing. What was not read is never represented here: the importer says what it reads (`SchemaAttribute`).
 */
export type Attributes = Readonly<Record<string, readonly Value[]>>

/**
 * How two values are compared. `text` ignores case and surrounding blanks do count (MS-ADTS 3.1.1.2.2.4 compares
 * directory strings without case); a flow still corrects a value that differs in case only, see `sameValues`.
 */
export type Syntax = 'text' | 'dn' | 'integer' | 'largeInteger' | 'boolean' | 'time' | 'sid' | 'guid' | 'binary'

export type SchemaAttribute = {
  readonly name: string
  readonly syntax: Syntax
  readonly isMultiValued: boolean
  /** rangeUpper: characters for text, bytes for binary, the value itself for numbers. */
  readonly maximum: number | null
}

/** By lower-case name. */
export type Schema = Readonly<Record<string, SchemaAttribute>>

/** A name comes from a rule file and may be anything, `toString` too. */
export function valuesOf(attributes: Attributes, name: string): readonly Value[] {
  return Object.hasOwn(attributes, name) ? attributes[name] ?? [] : []
}

/** The only value, or the first of several; null where there is none. */
export function firstValue(attributes: Attributes, name: string): Value | null {
  return valuesOf(attributes, name)[0] ?? null
}

export function textOf(attributes: Attributes, name: string): string | null {
  const value = firstValue(attributes, name)
  return value === null ? null : String(value)
}

/** Exact comparison, the order of several values aside: `Muller` and `muller` differ, so that a flow can correct case. */
export function sameValues(left: readonly Value[], right: readonly Value[]): boolean {
  if (left.length !== right.length) return false
  if (left.length === 1) return left[0] === right[0]
  const sorted = (values: readonly Value[]) => values.map((value) => `${typeof value}:${String(value)}`).sort()
  const [leftSorted, rightSorted] = [sorted(left), sorted(right)]
  return leftSorted.every((value, index) => value === rightSorted[index])
}
