import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRoutedSuffixes } from '../../../../src/main/connectors/ad/delegation/forestTrustInformation.ts'

type Row = { readonly type: number; readonly flags?: number; readonly name: string }

/** MS-ADTS 6.1.6.9.3.1, written anew here. */
function information(rows: readonly Row[], version = 1): Uint8Array {
  const number = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255]
  const records = rows.flatMap(({ type, flags = 0, name }) => {
    const text = [...new TextEncoder().encode(name)]
    const record = [...number(flags), 0, 0, 0, 0, 0, 0, 0, 0, type, ...number(text.length), ...text]
    return [...number(record.length), ...record]
  })
  return Uint8Array.from([...number(version), ...number(rows.length), ...records])
}

describe('readRoutedSuffixes', () => {
  it('reads the names of the partner in lower case, and skips domains and records that it does not know', () => {
    const rows = [{ type: 0, name: 'Fabrikam.LAB' }, { type: 2, name: 'S-1-5' }, { type: 0, name: 'fabrikam.com' }, { type: 9, name: 'later' }]
    expect(readRoutedSuffixes(information(rows))).toEqual({ ok: true, value: ['fabrikam.lab', 'fabrikam.com'] })
  })

  it.each([1, 2, 4])('leaves out what is switched off (flag %i)', (flags) => {
    expect(readRoutedSuffixes(information([{ type: 0, flags, name: 'off.lab' }, { type: 0, name: 'on.lab' }]))).toEqual({ ok: true, value: ['on.lab'] })
  })

  it('is not sure where names below a suffix are excluded', () => {
    expect(readRoutedSuffixes(information([{ type: 0, name: 'fabrikam.lab' }, { type: 1, name: 'secret.fabrikam.lab' }])).ok).toBe(false)
    expect(readRoutedSuffixes(information([{ type: 0, name: 'fabrikam.lab' }, { type: 1, flags: 2, name: 'secret.fabrikam.lab' }]))).toEqual({ ok: true, value: ['fabrikam.lab'] })
  })

  it('refuses another version, and information that is cut off, wherever', () => {
    expect(readRoutedSuffixes(information([], 2)).ok).toBe(false)
    const octets = information([{ type: 0, name: 'fabrikam.lab' }, { type: 0, name: 'fabrikam.com' }])
    for (let length = 0; length < octets.length; length += 1) expect(readRoutedSuffixes(octets.subarray(0, length)).ok, `${length} octets`).toBe(false)
  })

  it('reads or refuses any octets without failing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), (octets) => { readRoutedSuffixes(octets) }))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat({ max: 4 }), (octets, count) => { readRoutedSuffixes(Uint8Array.from([1, 0, 0, 0, count, 0, 0, 0, ...octets])) }))
  })
})
