import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Ace } from '../../../src/main/lab/directory/access/descriptor/descriptor.ts'
import { formatDescriptor, parseDescriptor } from '../../../src/main/lab/directory/access/descriptor/descriptorOctets.ts'
import { parseSddl } from '../../../src/main/lab/directory/access/descriptor/sddl.ts'

const domain = 'S-1-5-21-1004336348-1177238915-682003330'
const sid = fc.tuple(fc.constant(domain), fc.integer({ min: 500, max: 2 ** 32 - 1 })).map(([start, rid]) => `${start}-${rid}`)
const guid = fc.option(fc.uuid(), { nil: null })
const bits = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const ace: fc.Arbitrary<Ace> = fc.record({
  kind: fc.constantFrom('allow' as const, 'deny' as const, 'audit' as const), flags: fc.integer({ min: 0, max: 255 }), mask: bits, objectType: guid, inheritedType: guid, sid,
})
const aces = fc.option(fc.array(ace, { maxLength: 12 }), { nil: null })
const descriptor = fc.record({
  owner: fc.option(sid, { nil: null }), group: fc.option(sid, { nil: null }), inheritance: fc.constantFrom('open' as const, 'blocked' as const), dacl: aces, sacl: aces,
})

describe('the octets of a descriptor', () => {
  test('give the descriptor back', () => {
    fc.assert(fc.property(descriptor, (given) => { expect(parseDescriptor(formatDescriptor(given))).toEqual(given) }))
  })

  test('are refused or read, never a reason to fail, whatever they are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => { parseDescriptor(octets) }))
    const damaged = fc.tuple(descriptor, fc.nat(), fc.integer({ min: 0, max: 255 }))
    fc.assert(fc.property(damaged, ([given, place, octet]) => {
      const octets = formatDescriptor(given)
      octets[place % octets.length] = octet
      parseDescriptor(octets)
    }))
  })

  test('are those of MS-DTYP 2.4.6 for a small descriptor', () => {
    const octets = formatDescriptor(parseSddl('O:BAD:P(OA;CI;WP;bf967953-0de6-11d0-a285-00aa003049e2;;AU)', domain))
    const header = ['01000494', '14000000', '00000000', '00000000', '24000000']
    const owner = ['0102000000000005', '20000000', '20020000']
    const list = ['04003000', '01000000', '05022800', '20000000', '01000000', '537996bfe60dd011a28500aa003049e2', '0101000000000005', '0b000000']
    expect(octets.toString('hex')).toBe([...header, ...owner, ...list].join(''))
  })
})
