import { collationKey } from '../schema/collation.ts'

export type Rdn = { readonly attribute: string; readonly value: string }

/** RFC 4514, first the entry's own name, last `DC=lab`; null where the text is no DN. Multi-valued names do not exist in Active Directory. */
export function parseDnOfLab(text: string): readonly Rdn[] | null {
  if (text.trim() === '') return []
  const parts = splitUnescaped(text)
  const names = parts === null ? [null] : parts.map(parseRdn)
  return names.every((name) => name !== null) ? names : null
}

export function parseRdn(text: string): Rdn | null {
  const equals = text.indexOf('=')
  const attribute = text.slice(0, equals).trim().replace(/^OID\./i, '')
  if (equals < 1 || !/^(?:[A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)$/.test(attribute)) return null
  const value = parseValue(text.slice(equals + 1))
  return value === null || value === '' ? null : { attribute, value }
}

/** As a domain controller writes it: backslash before special characters, hex for control characters. */
export function formatRdn(rdn: Rdn): string {
  const escaped = rdn.value
    .replace(/[,+"\\<>;=]/g, '\\$&')
    .replace(/[\0\n\r]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`)
    .replace(/^[ #]| $/g, '\\$&')
  return `${rdn.attribute}=${escaped}`
}

export function formatDn(names: readonly Rdn[]): string {
  return names.map(formatRdn).join(',')
}

/** Equal for names that the directory takes for the same. */
export function rdnKey(rdn: Rdn): string {
  return `${rdn.attribute.toLowerCase()}=${collationKey(rdn.value)}`
}

/** At commas and semicolons outside of quotes and escapes; null where a quote or an escape is left open. */
function splitUnescaped(text: string): readonly string[] | null {
  const parts: string[] = []
  let [start, isQuoted] = [0, false]
  for (let position = 0; position < text.length; position++) {
    const character = text[position]
    if (character === '\\') position++
    else if (character === '"') isQuoted = !isQuoted
    else if ((character === ',' || character === ';') && !isQuoted) {
      parts.push(text.slice(start, position))
      start = position + 1
    }
  }
  return isQuoted ? null : [...parts, text.slice(start)]
}

function parseValue(text: string): string | null {
  const trimmed = text.replace(/^ +/, '').replace(/((?:^|[^\\])(?:\\\\)*) +$/, '$1')
  const quoted = /^"(.*)"$/s.exec(trimmed)
  if (quoted !== null) return readEscapes(quoted[1] ?? '', /["\\]/, /"/)
  // RFC 4514 2.4: a value after # is BER in hex; only the string types are read.
  if (/^#(?:[0-9a-f]{2}){2,}$/i.test(trimmed)) return Buffer.from(trimmed.slice(5), 'hex').toString('utf8')
  return readEscapes(trimmed, /[,+"\\<>;=# ]/, /["+<>;,\0]/)
}

/** `escapable` may follow a backslash; `forbidden` must not stand without one. */
function readEscapes(text: string, escapable: RegExp, forbidden: RegExp): string | null {
  const bytes: Buffer[] = []
  for (let position = 0; position < text.length; ) {
    const character = String.fromCodePoint(text.codePointAt(position) ?? 0)
    if (character !== '\\') {
      if (forbidden.test(character)) return null
      bytes.push(Buffer.from(character))
      position += character.length
      continue
    }
    const escaped = readEscape(text.slice(position + 1), escapable)
    if (escaped === null) return null
    bytes.push(escaped.bytes)
    position += 1 + escaped.length
  }
  return decodeUtf8(Buffer.concat(bytes))
}

function readEscape(rest: string, escapable: RegExp): { readonly bytes: Buffer; readonly length: number } | null {
  const hex = /^[0-9a-f]{2}/i.exec(rest)
  if (hex !== null) return { bytes: Buffer.from(hex[0], 'hex'), length: 2 }
  const next = rest[0]
  return next !== undefined && escapable.test(next) ? { bytes: Buffer.from(next), length: 1 } : null
}

/** Null where the octets are not UTF-8. */
export function decodeUtf8(octets: Uint8Array): string | null {
  const text = Buffer.from(octets).toString('utf8')
  return Buffer.from(text).equals(octets) ? text : null
}
