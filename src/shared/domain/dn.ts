import { escapeDnValue } from './escapeDnValue.ts'
import type { Dn } from './ids.ts'
import type { Result } from './result.ts'
import { succeed } from './result.ts'
import type { DnPart, DnProblem, RelativeName } from './scanDn.ts'
import { scanDn } from './scanDn.ts'

/**
 * A DN in the one spelling that the whole application uses: naming attributes in upper case, no blanks around
 * separators, values escaped by `escapeDnValue`, order of a multi-valued name as written, case of values kept.
 * The empty DN (the root) is a problem here; where a root makes sense, functions take and give null.
 */
export function parseDn(text: string): Result<Dn, DnProblem> {
  const names = scanDn(text)
  return names.ok ? succeed(names.value.map(spellName).join(',') as Dn) : names
}

/**
 * Equal for two DNs that name the same object. Active Directory compares names without case (MS-ADTS 3.1.1.2.2.4),
 * and the parts of a multi-valued name have no order (RFC 4514 2.2). Accents and repeated blanks count:
 * servers differ in them, and two objects of one server must never get one key.
 */
export function dnKey(dn: Dn): string {
  const folded = dn.toLowerCase()
  return folded.includes('+') ? splitAt(folded, ',').map(sortParts).join(',') : folded
}

export function sameDn(left: Dn, right: Dn): boolean {
  return dnKey(left) === dnKey(right)
}

/** Null where the parent is the root. */
export function parentDn(dn: Dn): Dn | null {
  const comma = firstUnescaped(dn, ',')
  return comma === -1 ? null : (dn.slice(comma + 1) as Dn)
}

/** The leading part of the DN as it stands there, escaped (`CN=Smith\, Jane`): what a rename is given. */
export function relativeNameText(dn: Dn): string {
  const comma = firstUnescaped(dn, ',')
  return comma === -1 ? dn : dn.slice(0, comma)
}

/**
 * Type and unescaped value that the object is named by; the first pair of a multi-valued name. A `#04…` value has the
 * form `hex` and its digits as value.
 */
export function rdnOf(dn: Dn): DnPart {
  const names = scanDn(relativeNameText(dn))
  const part = names.ok ? names.value[0]?.[0] : undefined
  if (part === undefined) throw new Error(`Not a canonical DN: ${dn}`)
  return part
}

/** `type` must be an attribute type (letters, digits, hyphens); `value` is any text, unescaped; no parent means the root. */
export function childDn(type: string, value: string, parent: Dn | null): Dn {
  const name = spellPart({ type, form: 'text', value })
  return (parent === null ? name : `${name},${parent}`) as Dn
}

/** Whether the object is the base itself or anywhere below it. */
export function isWithin(dn: Dn, base: Dn): boolean {
  const [key, baseKey] = [dnKey(dn), dnKey(base)]
  if (!key.endsWith(baseKey)) return false
  if (key.length === baseKey.length) return true
  const comma = key.length - baseKey.length - 1
  return key[comma] === ',' && !isEscaped(key, comma)
}

/** RFC 4514 3, and what Active Directory names objects by: these are written in upper case, others as they came. */
const upperCaseTypes = new Map(
  Object.entries({ cn: '2.5.4.3', l: '2.5.4.7', st: '2.5.4.8', o: '2.5.4.10', ou: '2.5.4.11', c: '2.5.4.6', street: '2.5.4.9', dc: '0.9.2342.19200300.100.1.25', uid: '0.9.2342.19200300.100.1.1' })
    .flatMap(([name, oid]) => [[name, name.toUpperCase()], [oid, name.toUpperCase()]]),
)

function spellName(name: RelativeName): string {
  return name.map(spellPart).join('+')
}

function spellPart(part: DnPart): string {
  const type = upperCaseTypes.get(part.type.toLowerCase()) ?? part.type
  return `${type}=${part.form === 'hex' ? `#${part.value}` : escapeDnValue(part.value)}`
}

function sortParts(name: string): string {
  return splitAt(name, '+').sort().join('+')
}

function splitAt(text: string, separator: ',' | '+'): string[] {
  const position = firstUnescaped(text, separator)
  return position === -1 ? [text] : [text.slice(0, position), ...splitAt(text.slice(position + 1), separator)]
}

/** In a canonical DN a backslash escapes exactly what follows it; nothing is quoted. */
function firstUnescaped(text: string, separator: ',' | '+'): number {
  for (let position = 0; position < text.length; position += 1) {
    if (text[position] === '\\') position += 1
    else if (text[position] === separator) return position
  }
  return -1
}

function isEscaped(text: string, position: number): boolean {
  let backslashes = 0
  while (text[position - 1 - backslashes] === '\\') backslashes += 1
  return backslashes % 2 === 1
}
