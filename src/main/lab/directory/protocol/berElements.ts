import { BerReader } from 'ldapts'

/** One BER element, its octets bounded by its own length, so that a lying inner length cannot reach the next element. */
export type Element = { readonly tag: number; readonly content: Buffer }

/** Octets that are no LDAP message (RFC 4511 5.1): the connection ends, the server goes on. */
export class MalformedMessage extends Error {}

/** Elements one after the other, to the end of the octets. */
export function readElements(octets: Buffer): readonly Element[] {
  const elements: Element[] = []
  for (let rest = octets; rest.length > 0; ) {
    const size = elementSize(rest)
    if (size === null || size > rest.length) throw new MalformedMessage('an element is cut off')
    elements.push(elementOf(rest.subarray(0, size)))
    rest = rest.subarray(size)
  }
  return elements
}

/** Octets of the first element with its tag and length; null while the length itself has not arrived. */
export function elementSize(octets: Buffer): number | null {
  if (octets.length < 2) return null
  const reader = new BerReader(octets)
  const start = asBer(() => reader.readLength(1))
  if (start === null) return null
  // BerReader puts lengths together by shifting, so four octets from 0x80 up come out negative.
  if (reader.length < 0) throw new MalformedMessage('a length is over 2 GiB')
  return start + reader.length
}

export function integerIn(element: Element): number {
  const reader = new BerReader(Buffer.concat([Buffer.from([2, element.content.length & 0x7f]), element.content]))
  const value = element.content.length === 0 || element.content.length > 4 ? null : asBer(() => reader.readInt())
  if (value === null) throw new MalformedMessage('an integer has the wrong length')
  return value
}

/** Every value but 0 is true (X.690 8.2.2). */
export function booleanIn(element: Element): boolean {
  return element.content.length === 1 ? element.content[0] !== 0 : malformed('a boolean is not one octet')
}

export function textIn(element: Element): string {
  return element.content.toString('utf8')
}

/** The element at a position, of one of the tags; a message without it is malformed. */
export function elementAt(elements: readonly Element[], position: number, ...tags: readonly number[]): Element {
  const element = elements[position]
  if (element === undefined || (tags.length > 0 && !tags.includes(element.tag))) return malformed(`element ${position} is missing or of another kind`)
  return element
}

export function malformed(what: string): never {
  throw new MalformedMessage(what)
}

function elementOf(octets: Buffer): Element {
  const reader = new BerReader(octets)
  const tag = asBer(() => reader.readSequence())
  if (tag === null) throw new MalformedMessage('an element has no tag')
  return { tag, content: octets.subarray(reader.offset) }
}

function asBer<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    throw new MalformedMessage('not BER', { cause: error })
  }
}
