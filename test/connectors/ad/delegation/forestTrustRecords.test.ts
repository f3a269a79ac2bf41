import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readForestTrustRecords } from '../../../../src/main/connectors/ad/delegation/forestTrustRecords.ts'

// As MS-ADTS 6.1.6.9.3.1 writes them down, octet by octet: version 1 and the number of records first.
const head = (count: number) => `01000000 ${count.toString(16).padStart(2, '0')}000000`
const timestamp = '0080 3ed5 deb1 9d01'
/** RecordLen 25: 13 of the header, 4 of the length, 8 of the name. */
const suffix = (flags: string, type: string, name: string) => `19000000 ${flags}000000 ${timestamp} ${type} 08000000 ${Buffer.from(name).toString('hex')}`
/** RecordLen 61: header, then SID (S-1-5-21-1-2-3, 24 octets), DNS name (8) and NetBIOS name (4), each with its length. */
const domain = (flags: string) => `3d000000 ${flags}000000 ${timestamp} 02 18000000 01040000000000051500000001000000 0200000003000000 08000000 ${Buffer.from('Part.LAB').toString('hex')} 04000000 ${Buffer.from('PART').toString('hex')}`
const octets = (...parts: readonly string[]) => Uint8Array.from(Buffer.from(parts.join('').replaceAll(' ', ''), 'hex'))

describe('the records of a forest trust', () => {
  it('are suffixes, exceptions and domains, in their order and in lower case', () => {
    expect(readForestTrustRecords(octets(head(3), suffix('00', '00', 'PART.lab'), suffix('00', '01', 'a.pa.lab'), domain('00')))).toEqual({
      ok: true, value: [
        { kind: 'suffix', name: 'part.lab', state: 'on' }, { kind: 'excluded', name: 'a.pa.lab', state: 'on' },
        { kind: 'domain', sid: 'S-1-5-21-1-2-3', name: 'part.lab', netBiosName: 'PART', state: 'on' },
      ],
    })
  })

  it.each([['00', 'on'], ['01', 'new'], ['02', 'switchedOff'], ['04', 'conflict'], ['06', 'conflict'], ['03', 'switchedOff'], ['08', 'on']])('with the flags %s: a suffix is %s', (flags, state) => {
    expect(readForestTrustRecords(octets(head(1), suffix(flags, '00', 'part.lab')))).toMatchObject({ value: [{ state }] })
  })

  it.each([['00', 'on'], ['01', 'switchedOff'], ['02', 'conflict'], ['04', 'on'], ['08', 'on']])('with the flags %s: the SIDs of a domain are %s, whatever its NetBIOS name is', (flags, state) => {
    expect(readForestTrustRecords(octets(head(1), domain(flags)))).toMatchObject({ value: [{ state }] })
  })

  it('leave out what is not understood, and read what comes after it', () => {
    const unknown = `0f000000 00000000 ${timestamp} 04 abcd`
    const shortDomain = `11000000 00000000 ${timestamp} 02 ff000000`
    expect(readForestTrustRecords(octets(head(3), unknown, shortDomain, suffix('00', '00', 'part.lab')))).toMatchObject({ ok: true, value: [{ name: 'part.lab' }] })
  })

  it('are refused where they end too early, wherever, or have another version', () => {
    const whole = octets(head(2), suffix('00', '00', 'part.lab'), domain('00'))
    expect(readForestTrustRecords(whole).ok).toBe(true)
    for (let length = 0; length < whole.length; length += 1) expect(readForestTrustRecords(whole.subarray(0, length)).ok, `${length} octets`).toBe(false)
    expect(readForestTrustRecords(octets('02000000 00000000'))).toMatchObject({ ok: false, problem: 'it has version 2 instead of 1' })
    expect(readForestTrustRecords(octets(head(1), suffix('00', '00', 'part.lab').replace('08000000', '09000000')))).toEqual({ ok: false, problem: 'a name is cut off' })
  })

  it('are read or refused, whatever the octets, and never more than were announced', () => {
    const announced = fc.tuple(fc.nat({ max: 5 }), fc.uint8Array({ maxLength: 150 }))
    fc.assert(fc.property(announced, ([count, rest]) => {
      const read = readForestTrustRecords(Uint8Array.from([1, 0, 0, 0, count, 0, 0, 0, ...rest]))
      if (read.ok) expect(read.value.length).toBeLessThanOrEqual(count)
    }))
    const changed = fc.tuple(fc.nat(), fc.nat({ max: 255 }))
    fc.assert(fc.property(changed, ([at, octet]) => {
      const broken = octets(head(2), suffix('00', '00', 'part.lab'), domain('00'))
      broken[at % broken.length] = octet
      const read = readForestTrustRecords(broken)
      expect(typeof read.ok).toBe('boolean')
    }), { numRuns: 500 })
  })
})
