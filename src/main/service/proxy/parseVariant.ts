export type Variant = string | number | boolean | readonly string[]

/** The values of GVariant's text format that proxies have (https://docs.gtk.org/glib/gvariant-text-format.html): strings, lists of strings, numbers, truth. Null: another one, or none. */
export function parseVariant(text: string): Variant | null {
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^-?\d{1,10}$/.test(text)) return Number(text)
  if (text.startsWith('[') || text.startsWith('@as [')) return parseList(text.slice(text.indexOf('[')))
  const string = readString(text, 0)
  return string !== null && string.end === text.length ? string.value : null
}

function parseList(text: string): readonly string[] | null {
  const values: string[] = []
  if (text === '[]') return values
  for (let at = 1; ;) {
    const string = readString(text, at)
    if (string === null) return null
    values.push(string.value)
    if (text.slice(string.end) === ']') return values
    if (!text.startsWith(', ', string.end)) return null
    at = string.end + 2
  }
}

/** `end`: behind the closing quote, which is the same as the opening one. */
function readString(text: string, start: number): { readonly value: string; readonly end: number } | null {
  const quoted = /'((?:[^'\\]|\\[^])*)'|"((?:[^"\\]|\\[^])*)"/y
  quoted.lastIndex = start
  const found = quoted.exec(text)
  return found === null ? null : { value: unescape(found[1] ?? found[2] ?? ''), end: quoted.lastIndex }
}

const controls: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

function unescape(written: string): string {
  return written.replaceAll(/\\u([\da-fA-F]{4})|\\U([\da-fA-F]{8})|\\([^])/g, (_whole, short: string | undefined, long: string | undefined, character: string | undefined) => {
    const codePoint = Number.parseInt(short ?? long ?? '', 16)
    if (Number.isNaN(codePoint)) return controls[character ?? ''] ?? character ?? ''
    // No character has such a number: as a decoder answers it.
    return codePoint > 0x10_ff_ff ? '\ufffd' : String.fromCodePoint(codePoint)
  })
}
