import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aceFlags, aceTypes, makeAllowEntry } from '../../../src/shared/domain/accessEntry.ts'
import { guidToBytes, parseObjectGuid, sidFromBytes, sidToBytes } from '../../../src/shared/domain/ids.ts'
import type { ObjectGuid } from '../../../src/shared/domain/ids.ts'
import { decodeSecurityDescriptor, encodeSecurityDescriptor } from '../../../src/shared/domain/securityDescriptor.ts'
import type { SecurityDescriptor } from '../../../src/shared/domain/securityDescriptor.ts'
import { anyDescriptor, anySid, bytesOf, hexOf, oneTrusteeHex, sid } from './descriptors.ts'

function decoded(octets: Uint8Array): SecurityDescriptor {
  const result = decodeSecurityDescriptor(octets)
  if (!result.ok) throw new Error(result.problem.why)
  return result.value
}

function guid(text: string): ObjectGuid {
  const result = parseObjectGuid(text)
  if (!result.ok) throw new Error(text)
  return result.value
}

/** `O:BAD:P(OA;CI;WP;bf967953-…;;AU)`, written out by hand after MS-DTYP. */
const objectEntryHex = [
  '01000494', '14000000', '00000000', '00000000', '24000000', '0102000000000005', '20000000', '20020000',
  '04003000', '01000000', '05022800', '20000000', '01000000', '537996bfe60dd011a28500aa003049e2', '0101000000000005', '0b000000',
].join('')

describe('decodeSecurityDescriptor', () => {
  it('reads owner, list and trustee of what administrators\' tools write for resource-based delegation', () => {
    const descriptor = decoded(bytesOf(oneTrusteeHex))
    expect(descriptor).toMatchObject({ owner: 'S-1-5-32-544', group: null, audits: null, control: 0x8004, order: ['owner', 'access'] })
    expect(descriptor.access?.entries).toMatchObject([{ type: aceTypes.allow, flags: 0, mask: 0x000f01ff, objectType: null, inheritedObjectType: null, sid: 'S-1-5-21-1-2-3-1105' }])
  })

  it('reads the property, the class and the flags of an object entry', () => {
    expect(decoded(bytesOf(objectEntryHex)).access?.entries).toMatchObject([
      { type: aceTypes.allowObject, flags: aceFlags.containerInherit, mask: 0x20, objectType: 'bf967953-0de6-11d0-a285-00aa003049e2', inheritedObjectType: null, sid: 'S-1-5-11' },
    ])
  })

  it('reads the class that inherits where only that one is told', () => {
    const user = guid('bf967aba-0de6-11d0-a285-00aa003049e2')
    const entry = [0x06, 0x0a, 0x28, 0, 1, 0, 0, 0, 2, 0, 0, 0, ...guidToBytes(user), ...sidToBytes(sid('S-1-1-0'))]
    const octets = Uint8Array.from([...bytesOf('0100048000000000000000000000000014000000'), 4, 0, 0x30, 0, 1, 0, 0, 0, ...entry])
    expect(decoded(octets).access?.entries).toMatchObject([{ type: aceTypes.denyObject, mask: 1, objectType: null, inheritedObjectType: user, sid: 'S-1-1-0' }])
  })

  it('keeps entries that it does not understand', () => {
    const label = [0x13, 0, 8, 0, 1, 2, 3, 4]
    const octets = Uint8Array.from([...bytesOf('0100048000000000000000000000000014000000'), 2, 0, 16, 0, 1, 0, 0, 0, ...label])
    expect(decoded(octets).access?.entries).toMatchObject([{ type: 0x13, mask: null, sid: null, octets: Uint8Array.from(label) }])
    expect(encodeSecurityDescriptor(decoded(octets))).toEqual(octets)
  })

  it('tells an empty list, which grants nothing, from no list, which grants everything', () => {
    expect(decoded(bytesOf('01000480000000000000000000000000140000000200080000000000')).access?.entries).toEqual([])
    expect(decoded(bytesOf('0100008000000000000000000000000000000000')).access).toBeNull()
  })

  it.each([
    ['a revision that nobody knows', `02${oneTrusteeHex.slice(2)}`],
    ['an absolute descriptor', `01000400${oneTrusteeHex.slice(8)}`],
    ['an owner inside of the header', `${oneTrusteeHex.slice(0, 8)}08000000${oneTrusteeHex.slice(16)}`],
    ['a list behind the end', `${oneTrusteeHex.slice(0, 32)}ff000000${oneTrusteeHex.slice(40)}`],
    ['an entry of no size', oneTrusteeHex.replace('00002400ff', '00000000ff')],
    ['an entry larger than its list', oneTrusteeHex.replace('00002400ff', '0000ff00ff')],
    ['more entries than there are', oneTrusteeHex.replace('02002c0001', '02002c0002')],
    ['a list of an unknown revision', oneTrusteeHex.replace('02002c0001', '07002c0001')],
  ])('refuses %s', (_, hex) => {
    expect(decodeSecurityDescriptor(bytesOf(hex))).toMatchObject({ ok: false, problem: { kind: 'malformedDescriptor' } })
  })

  it.each([oneTrusteeHex, objectEntryHex])('refuses a descriptor that is cut off, wherever: %s', (hex) => {
    const octets = bytesOf(hex)
    for (let length = 0; length < octets.length; length += 1) expect(decodeSecurityDescriptor(octets.subarray(0, length)).ok, `${length} octets`).toBe(false)
  })

  it('reads or refuses any octets without failing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => { decodeSecurityDescriptor(octets) }))
    fc.assert(fc.property(anyDescriptor, fc.nat(), fc.nat({ max: 255 }), (descriptor, place, octet) => {
      const octets = encodeSecurityDescriptor(descriptor)
      octets[place % octets.length] = octet
      decodeSecurityDescriptor(octets)
    }))
  })
})

describe('encodeSecurityDescriptor', () => {
  it.each([oneTrusteeHex, objectEntryHex])('gives back the octets that were read: %s', (hex) => {
    expect(hexOf(encodeSecurityDescriptor(decoded(bytesOf(hex))))).toBe(hex)
  })

  it('gives back what was read, in whatever order the parts stood', () => {
    fc.assert(fc.property(anyDescriptor, (descriptor) => {
      const octets = encodeSecurityDescriptor(descriptor)
      expect(decoded(octets)).toEqual(descriptor)
      expect(encodeSecurityDescriptor(decoded(octets))).toEqual(octets)
    }))
  })
})

describe('a security identifier', () => {
  it('has the octets that it was read from', () => {
    fc.assert(fc.property(anySid, (given) => { expect(sidFromBytes(sidToBytes(given))).toEqual({ ok: true, value: given }) }))
    expect(hexOf(sidToBytes(sid('S-1-5-32-544')))).toBe('01020000000000052000000020020000')
    expect(hexOf(sidToBytes(sid('S-1-281474976710655-1')))).toBe('0101ffffffffffff01000000')
  })
})

describe('makeAllowEntry', () => {
  it('is read as what it was made of', () => {
    fc.assert(fc.property(anySid, fc.nat({ max: 0xffffffff }), (trustee, mask) => {
      const access = { revision: 2, entries: [makeAllowEntry(trustee, mask)], rest: new Uint8Array(0), reserved: [0, 0] as const }
      const octets = encodeSecurityDescriptor({ resourceManager: 0, control: 0x8004, owner: null, group: null, audits: null, access, order: ['access'] })
      expect(decoded(octets).access?.entries).toEqual(access.entries)
    }))
  })
})
