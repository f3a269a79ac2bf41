import fc from 'fast-check'
import { makeAllowEntry } from '../../../src/shared/domain/accessEntry.ts'
import type { AccessEntry } from '../../../src/shared/domain/accessEntry.ts'
import { parseSid } from '../../../src/shared/domain/ids.ts'
import type { Sid } from '../../../src/shared/domain/ids.ts'
import type { AccessList, DescriptorPart, SecurityDescriptor } from '../../../src/shared/domain/securityDescriptor.ts'

export function sid(text: string): Sid {
  const result = parseSid(text)
  if (!result.ok) throw new Error(`${text} is no SID`)
  return result.value
}

export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

export function hexOf(octets: Uint8Array): string {
  return Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('')
}

/** `O:BAD:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;S-1-5-21-1-2-3-1105)`: 80 octets. */
export const oneTrusteeHex = [
  '01000480', '14000000', '00000000', '00000000', '24000000', '0102000000000005', '20000000', '20020000',
  '02002c00', '01000000', '00002400', 'ff010f00', '0105000000000005', '15000000', '01000000', '02000000', '03000000', '51040000',
].join('')

export const anySid: fc.Arbitrary<Sid> = fc
  .tuple(fc.nat({ max: 2 ** 48 - 1 }), fc.array(fc.nat({ max: 0xffffffff }), { minLength: 1, maxLength: 15 }))
  .map(([authority, parts]) => sid(`S-1-${authority}-${parts.join('-')}`))

const unknownEntry: fc.Arbitrary<AccessEntry> = fc.tuple(fc.constantFrom(0x3, 0x4, 0x11, 0x12, 0x13), fc.nat({ max: 255 }), fc.uint8Array({ maxLength: 12 })).map(([type, flags, data]) => ({
  type, flags, mask: null, objectType: null, inheritedObjectType: null, sid: null, octets: Uint8Array.from([type, flags, 4 + data.length, 0, ...data]),
}))

/** With the type and the flags of a denial, an audit or an inherited entry. */
const plainEntry: fc.Arbitrary<AccessEntry> = fc.tuple(fc.constantFrom(0x0, 0x1, 0x2), fc.nat({ max: 31 }), anySid, fc.nat({ max: 0xffffffff })).map(([type, flags, trustee, mask]) => {
  const entry = makeAllowEntry(trustee, mask)
  const octets = Uint8Array.from(entry.octets)
  octets.set([type, flags])
  return { ...entry, type, flags, octets }
})

export const anyEntry: fc.Arbitrary<AccessEntry> = fc.oneof({ weight: 3, arbitrary: plainEntry }, { weight: 1, arbitrary: unknownEntry })

const anyList: fc.Arbitrary<AccessList> = fc.record({
  revision: fc.constantFrom(2, 4), entries: fc.array(anyEntry, { maxLength: 8 }), rest: fc.uint8Array({ maxLength: 8 }), reserved: fc.tuple(fc.nat({ max: 255 }), fc.nat({ max: 65_535 })),
})

/** With an access list always, as what delegation reads. */
export const anyDescriptor: fc.Arbitrary<SecurityDescriptor & { readonly access: AccessList }> = fc
  .record({
    resourceManager: fc.nat({ max: 255 }), owner: fc.option(anySid), group: fc.option(anySid), audits: fc.option(anyList), access: anyList,
    places: fc.shuffledSubarray<DescriptorPart>(['owner', 'group', 'audits', 'access'], { minLength: 4 }),
  })
  .map(({ places, ...given }) => ({ ...given, control: 0x8004 | (given.audits === null ? 0 : 0x10), order: places.filter((part) => given[part] !== null) }))
