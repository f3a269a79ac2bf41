/**
 * The one text of a JSON value (RFC 8785): no white space, members sorted by the UTF-16 code units of their names, numbers
 * and strings as ECMAScript writes them. Equal values give equal text, so that the text can be hashed. Members that are
 * undefined are left out, as absent optional ones.
 *
 * One deliberate difference: RFC 8785 3.2.2.2 refuses a lone surrogate, which a directory can hold; it is escaped here as
 * JSON.stringify does (`\ud800`), so that no object's data can stop a plan. Throws for what is no JSON (NaN, infinities,
 * functions, undefined): the engine lets none of them into a value, so it is a bug of ours.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (Array.isArray(value)) return canonicalList(value)
  if (typeof value === 'object') return canonicalObject(value)
  throw new TypeError(`A value of type ${typeof value} cannot be written as JSON`)
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be written as JSON`)
  return JSON.stringify(value)
}

function canonicalList(values: readonly unknown[]): string {
  let text = '['
  for (const value of values) text += text.length === 1 ? canonicalJson(value) : `,${canonicalJson(value)}`
  return `${text}]`
}

function canonicalObject(members: object): string {
  const values: Readonly<Record<string, unknown>> = { ...members }
  let text = '{'
  // Array.prototype.sort compares UTF-16 code units, as RFC 8785 3.2.3 wants.
  for (const name of Object.keys(values).sort()) {
    const value = values[name]
    if (value === undefined) continue
    text += `${text.length === 1 ? '' : ','}${JSON.stringify(name)}:${canonicalJson(value)}`
  }
  return `${text}}`
}
