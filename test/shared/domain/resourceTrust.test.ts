import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sid } from '../../../src/shared/domain/ids.ts'
import { readTrust, withTrustees } from '../../../src/shared/domain/resourceTrust.ts'
import { decodeSecurityDescriptor, encodeSecurityDescriptor } from '../../../src/shared/domain/securityDescriptor.ts'
import { anyDescriptor, anySid, bytesOf, hexOf, oneTrusteeHex, sid } from './descriptors.ts'

const connector = sid('S-1-5-21-1-2-3-1105')
const other = sid('S-1-5-21-1-2-3-1106')

function changed(octets: Uint8Array | null, add: readonly Sid[], remove: readonly Sid[]): Uint8Array | null {
  const result = withTrustees(octets, add, remove)
  if (!result.ok) throw new Error(result.problem.kind)
  return result.value
}

function written(octets: Uint8Array | null, add: readonly Sid[], remove: readonly Sid[]): Uint8Array {
  const result = changed(octets, add, remove)
  if (result === null) throw new Error('the attribute would be cleared')
  return result
}

function entriesOf(octets: Uint8Array) {
  const { content } = readTrust(octets)
  if (content.kind === 'malformed') throw new Error(content.why)
  return content.entries
}

/** With a first entry of the given type instead of an allowing one. */
function withType(type: string, octets: Uint8Array): Uint8Array {
  return bytesOf(hexOf(octets).replace('00002400ff010f00', `${type}002400ff010f00`))
}

describe('withTrustees', () => {
  it('writes for one trustee the 80 octets that administrators\' tools write', () => {
    expect(hexOf(written(null, [connector], []))).toBe(oneTrusteeHex)
  })

  it('changes nothing where the trustee is there', () => {
    const octets = bytesOf(oneTrusteeHex)
    expect(changed(octets, [connector, connector], [other])).toEqual(octets)
    expect(changed(null, [], [connector])).toBeNull()
  })

  it('gives a trustee whose entry does not allow enough an entry that does', () => {
    const readOnly = bytesOf(oneTrusteeHex.replace('ff010f00', '10000000'))
    expect(entriesOf(written(readOnly, [connector], []))).toEqual([{ kind: 'allow', sid: connector, mask: 0x10 }, { kind: 'allow', sid: connector, mask: 0xf01ff }])
  })

  it('clears the attribute with its last trustee', () => {
    expect(changed(bytesOf(oneTrusteeHex), [], [connector])).toBeNull()
  })

  it('keeps an entry that denies, and refuses to allow what it denies', () => {
    const denying = withType('01', written(null, [connector, other], []))
    expect(entriesOf(written(denying, [], [connector, other]))).toEqual([{ kind: 'deny', sid: connector, mask: 0xf01ff }])
    expect(withTrustees(denying, [connector], [])).toEqual({ ok: false, problem: { kind: 'trusteeDenied', sid: connector } })
  })

  it('refuses to touch what it cannot read, wherever it is cut off', () => {
    const octets = bytesOf(oneTrusteeHex)
    for (let length = 0; length < octets.length; length += 1) {
      expect(withTrustees(octets.subarray(0, length), [other], [connector])).toMatchObject({ ok: false, problem: { kind: 'malformedDescriptor' } })
      expect(readTrust(octets.subarray(0, length)).content.kind).toBe('malformed')
    }
  })

  it('refuses a descriptor without a list, which would trust everybody', () => {
    const open = bytesOf('0100008000000000000000000000000000000000')
    expect(withTrustees(open, [connector], [])).toMatchObject({ ok: false, problem: { kind: 'malformedDescriptor' } })
    expect(readTrust(open).content).toMatchObject({ kind: 'malformed', why: expect.stringContaining('every account') })
  })

  it('refuses more trustees than a list can hold', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => sid(`S-1-5-21-1-2-3-${2_000 + index}`))
    expect(withTrustees(null, many, [])).toEqual({ ok: false, problem: { kind: 'tooManyTrustees' } })
  })

  it('keeps every entry of others and every other part of the descriptor, whatever is added', () => {
    fc.assert(fc.property(anyDescriptor, fc.array(anySid, { maxLength: 3 }), (descriptor, add) => {
      const result = withTrustees(encodeSecurityDescriptor(descriptor), add, [])
      if (!result.ok) return result.problem.kind === 'trusteeDenied'
      const after = result.value === null ? null : decodeSecurityDescriptor(result.value)
      if (after?.ok !== true) return false
      const { access, ...others } = after.value
      const { access: before, ...othersBefore } = descriptor
      expect(others).toEqual(othersBefore)
      expect(access?.entries.slice(0, before.entries.length)).toEqual(before.entries)
      expect(add.every((trustee) => access?.entries.some((entry) => entry.sid === trustee))).toBe(true)
      return true
    }))
  })

  it('comes back to the first octets when what was added is taken away', () => {
    fc.assert(fc.property(anyDescriptor, anySid, (descriptor, trustee) => {
      fc.pre(descriptor.access.entries.length > 0 && !descriptor.access.entries.some((entry) => entry.sid === trustee))
      const octets = encodeSecurityDescriptor(descriptor)
      expect(written(written(octets, [trustee], []), [], [trustee])).toEqual(octets)
    }))
  })
})

describe('readTrust', () => {
  it('tells conditional and object entries from those that allow', () => {
    const conditional = withType('09', written(null, [connector], []))
    expect(readTrust(conditional)).toEqual({ base64: Buffer.from(conditional).toString('base64'), content: { kind: 'descriptor', entries: [{ kind: 'other', sid: connector, mask: 0xf01ff }] } })
  })
})
