import type { Result } from './result.ts'
import { fail, succeed } from './result.ts'

/** `position` counts UTF-16 units from 0; `expected` finishes the sentence "expected …". */
export type DnProblem = { readonly kind: 'badDn'; readonly text: string; readonly position: number; readonly expected: string }

/** One `type=value`. `text` is unescaped; `hex` keeps the digits of a `#04…` value (RFC 4514 2.4), whose syntax is unknown. */
export type DnPart =
  | { readonly type: string; readonly form: 'text'; readonly value: string }
  | { readonly type: string; readonly form: 'hex'; readonly value: string }

/** Several parts where the relative distinguished name is multi-valued (`CN=a+UID=b`). */
export type RelativeName = readonly DnPart[]

type Scanned<Value> = { readonly value: Value; readonly next: number }
type Scan<Value> = Result<Scanned<Value>, DnProblem>
type PartValue = { readonly form: 'text' | 'hex'; readonly value: string }

const typePattern = /(?:OID\.)?([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)/iy
const hexValuePattern = /#((?:[0-9A-Fa-f]{2})+)/y
const hexRunPattern = /(?:\\[0-9A-Fa-f]{2})+/y
const escapable = new Set(Array.from(' "#+,;<=>\\'))
const mustBeEscaped = new Set(['"', '<', '>', '\0'])

/**
 * Reads the string form of a DN: RFC 4514, and what RFC 4514 asks nobody to write but LDAPv2 servers and administrators
 * still do: values in quotation marks, `;` between names, blanks around separators, `OID.` before a number (RFC 1779, RFC 2253 4).
 */
export function scanDn(text: string): Result<readonly RelativeName[], DnProblem> {
  const loneSurrogate = text.search(/\p{Surrogate}/u)
  if (loneSurrogate >= 0) return problemAt(text, loneSurrogate, 'a character that UTF-8 can carry')
  const names: DnPart[][] = [[]]
  let position = 0
  for (;;) {
    const part = scanPart(text, position)
    if (!part.ok) return part
    names.at(-1)?.push(part.value.value)
    position = part.value.next
    if (position === text.length) return succeed(names)
    if (text[position] !== '+') names.push([])
    position += 1
  }
}

function scanPart(text: string, start: number): Scan<DnPart> {
  const at = skipBlanks(text, start)
  const type = match(typePattern, text, at)
  if (type?.[1] === undefined) return problemAt(text, at, 'an attribute type such as CN, OU or DC')
  const equals = skipBlanks(text, at + type[0].length)
  if (text[equals] !== '=') return problemAt(text, equals, '"=" after the attribute type')
  const value = scanValue(text, skipBlanks(text, equals + 1))
  if (!value.ok) return value
  const end = skipBlanks(text, value.value.next)
  if (end < text.length && !isSeparator(text[end])) return problemAt(text, end, '"," or "+" or the end')
  return succeed({ value: { type: type[1], ...value.value.value }, next: end })
}

function scanValue(text: string, start: number): Scan<PartValue> {
  if (text[start] === '"') return scanQuoted(text, start + 1)
  if (text[start] !== '#') return scanPlain(text, start)
  const hex = match(hexValuePattern, text, start)
  if (hex?.[1] === undefined) return problemAt(text, start, 'pairs of hexadecimal digits after "#", or a backslash before it')
  return succeed({ value: { form: 'hex', value: hex[1].toLowerCase() }, next: start + hex[0].length })
}

function scanQuoted(text: string, start: number): Scan<PartValue> {
  let value = ''
  let position = start
  while (position < text.length && text[position] !== '"') {
    const next = scanCharacters(text, position)
    if (!next.ok) return next
    value += next.value.value
    position = next.value.next
  }
  if (position === text.length) return problemAt(text, position, 'a closing quotation mark')
  return succeed({ value: { form: 'text', value }, next: position + 1 })
}

function scanPlain(text: string, start: number): Scan<PartValue> {
  let value = ''
  let position = start
  // Blanks are kept back until something follows them: unescaped blanks at the end do not belong to the value.
  let blanks = ''
  while (position < text.length && !isSeparator(text[position])) {
    // Most values are letters, digits and hyphens: taken at once.
    const simple = endOfSimple(text, position)
    if (simple > position) {
      value += blanks + text.slice(position, simple)
      blanks = ''
      position = simple
      continue
    }
    const character = text[position] ?? ''
    if (mustBeEscaped.has(character)) return problemAt(text, position, `a backslash before ${JSON.stringify(character)}`)
    const next = scanCharacters(text, position)
    if (!next.ok) return next
    if (character === ' ') {
      blanks += ' '
    } else {
      value += blanks + next.value.value
      blanks = ''
    }
    position = next.value.next
  }
  return succeed({ value: { form: 'text', value }, next: position })
}

/** Where the run of ASCII letters, digits and hyphens ends that begins at `start`. */
function endOfSimple(text: string, start: number): number {
  let position = start
  for (; position < text.length; position += 1) {
    const code = text.charCodeAt(position)
    const isSimple = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 45
    if (!isSimple) break
  }
  return position
}

/** One plain or escaped character, or a whole run of hex pairs: a character outside of ASCII takes several of them. */
function scanCharacters(text: string, position: number): Scan<string> {
  if (text[position] !== '\\') return succeed({ value: text[position] ?? '', next: position + 1 })
  const run = match(hexRunPattern, text, position)?.[0]
  if (run !== undefined) {
    const decoded = decodeUtf8Pairs(run)
    if (decoded === null) return problemAt(text, position, 'hex pairs that are UTF-8')
    return succeed({ value: decoded, next: position + run.length })
  }
  const escaped = text[position + 1] ?? ''
  if (!escapable.has(escaped)) return problemAt(text, position + 1, 'a special character or two hexadecimal digits after the backslash')
  return succeed({ value: escaped, next: position + 2 })
}

/** `\C3\A9` → `é`; null where the bytes are not UTF-8. */
function decodeUtf8Pairs(run: string): string | null {
  try {
    return decodeURIComponent(run.replaceAll('\\', '%'))
  } catch {
    // decodeURIComponent has no other way to say that the bytes are not UTF-8.
    return null
  }
}

function isSeparator(character: string | undefined): boolean {
  return character === ',' || character === '+' || character === ';'
}

function skipBlanks(text: string, start: number): number {
  let position = start
  while (text[position] === ' ') position += 1
  return position
}

function match(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  const sticky = new RegExp(pattern)
  sticky.lastIndex = position
  return sticky.exec(text)
}

function problemAt(text: string, position: number, expected: string): { readonly ok: false; readonly problem: DnProblem } {
  return fail({ kind: 'badDn', text, position, expected })
}
