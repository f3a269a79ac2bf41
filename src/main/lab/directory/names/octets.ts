/** MS-DTYP 2.3.4: the first three groups of a GUID are little-endian on the wire. Null where the text is no GUID. */
export function guidToOctets(text: string): Buffer | null {
  const match = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i.exec(text)
  if (match === null) return null
  const [, first = '', second = '', third = '', fourth = '', fifth = ''] = match
  return Buffer.concat([swapped(first), swapped(second), swapped(third), Buffer.from(fourth + fifth, 'hex')])
}

export function guidFromOctets(octets: Uint8Array): string {
  const bytes = Buffer.from(octets)
  const group = (from: number, to: number) => bytes.subarray(from, to)
  return [swapped(group(0, 4).toString('hex')), swapped(group(4, 6).toString('hex')), swapped(group(6, 8).toString('hex')), group(8, 10), group(10, 16)]
    .map((part) => part.toString('hex'))
    .join('-')
}

/** MS-DTYP 2.4.2: `S-1-5-21-…` to its octets. Null where the text is no SID. */
export function sidToOctets(text: string): Buffer | null {
  const match = /^S-1-(\d{1,14})((?:-\d{1,10}){1,15})$/i.exec(text)
  if (match === null) return null
  const parts = (match[2] ?? '').slice(1).split('-').map(Number)
  if (parts.some((part) => part > 0xffff_ffff)) return null
  const octets = Buffer.alloc(8 + 4 * parts.length)
  octets[0] = 1
  octets[1] = parts.length
  octets.writeUIntBE(Number(match[1]), 2, 6)
  parts.forEach((part, index) => octets.writeUInt32LE(part, 8 + 4 * index))
  return octets
}

export function isSid(octets: Uint8Array): boolean {
  const count = octets[1] ?? 0
  return octets[0] === 1 && count >= 1 && count <= 15 && octets.length === 8 + 4 * count
}

export function sidFromOctets(octets: Uint8Array): string {
  const bytes = Buffer.from(octets)
  const parts = Array.from({ length: bytes[1] ?? 0 }, (_, index) => bytes.readUInt32LE(8 + 4 * index))
  return ['S', 1, bytes.readUIntBE(2, 6), ...parts].join('-')
}

/** The last part of a SID. */
export function ridOf(sid: Uint8Array): number {
  return Buffer.from(sid).readUInt32LE(sid.length - 4)
}

function swapped(hex: string): Buffer {
  return Buffer.from(Buffer.from(hex, 'hex').toReversed())
}
