import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../src/shared/domain/canonicalJson.ts'

/** The number whose IEEE 754 bits are given in hexadecimal, as the table of RFC 8785 appendix B has them. */
function numberOfBits(hex: string): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(`0x${hex}`))
  return view.getFloat64(0)
}

const jsonValue = fc.jsonValue()

describe('canonicalJson', () => {
  it('gives the text of RFC 8785 3.2.2 for its example', () => {
    const example = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(example)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('sorts members by UTF-16 code units, as RFC 8785 3.2.3 shows', () => {
    const example = { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '\ufb33': 'Hebrew Letter Dalet With Dagesh', '1': 'One', '\ud83d\ude00': 'Emoji: Grinning Face', '\u0080': 'Control', '\u00f6': 'Latin Small Letter O With Diaeresis' }
    const order = [...canonicalJson(example).matchAll(/:"([^"]+)"/g)].map((match) => match[1])
    expect(order).toEqual([
      'Carriage Return', 'One', 'Control', 'Latin Small Letter O With Diaeresis', 'Euro Sign', 'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555555', '333333333.3333333'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s of RFC 8785 appendix B as %s', (bits, text) => {
    expect(canonicalJson(numberOfBits(bits))).toBe(text)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %s, which is no JSON', (value) => {
    expect(() => canonicalJson([value])).toThrow(RangeError)
  })

  it('escapes a lone surrogate instead of refusing the object', () => {
    expect(canonicalJson('a\ud800b')).toBe('"a\\ud800b"')
  })

  it('leaves out members that are undefined', () => {
    const optional: { readonly a?: number; readonly b: number } = { b: 1 }
    expect(canonicalJson(optional)).toBe('{"b":1}')
  })

  it.each([[undefined], [() => 1], [10n]])('refuses %s, which is no JSON either', (value) => {
    expect(() => canonicalJson({ value: [value] })).toThrow(TypeError)
  })

  it('reads back as the same value', () => {
    fc.assert(fc.property(jsonValue, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }))
  })

  it('does not depend on the order in which members were set', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), jsonValue), fc.infiniteStream(fc.nat()), (members, numbers) => {
      const shuffled = Object.entries(members).map((entry) => ({ entry, rank: numbers.next().value ?? 0 })).sort((left, right) => left.rank - right.rank)
      expect(canonicalJson(Object.fromEntries(shuffled.map(({ entry }) => entry)))).toBe(canonicalJson(members))
    }))
  })
})
