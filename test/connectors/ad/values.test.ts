import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeValue, encodeValue } from '../../../src/main/connectors/ad/values.ts'
import type { Syntax, Value } from '../../../src/shared/domain/attributes.ts'
import { generateUnicodePwd } from '../../../src/main/connectors/ad/randomPassword.ts'

const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const sid = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 1, maxLength: 15 })).map(([authority, parts]) => `S-1-${authority}-${parts.join('-')}`)

describe('decodeValue, encodeValue', () => {
  it.each<readonly [Syntax, fc.Arbitrary<Value>]>([
    ['text', fc.string({ unit: 'binary' })], ['integer', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })], ['boolean', fc.boolean()], ['largeInteger', fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String)],
    ['guid', fc.uuid()], ['sid', sid], ['binary', fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64'))],
  ])('read back what they wrote as %s', (syntax, value) => {
    fc.assert(fc.property(value, (original) => {
      const encoded = encodeValue(original, syntax)
      expect(encoded.ok && decodeValue(encoded.value, syntax)).toEqual({ ok: true, value: original })
    }))
  })

  it('keep octets as they came', () => {
    fc.assert(fc.property(octets(16), (bytes) => {
      const value = decodeValue(bytes, 'guid')
      expect(value.ok && encodeValue(value.value, 'guid')).toEqual({ ok: true, value: Buffer.from(bytes) })
    }))
  })

  it('give a DN its canonical spelling', () => {
    expect(decodeValue(Buffer.from('cn=a\\2Cb, dc=x'), 'dn')).toEqual({ ok: true, value: 'CN=a\\,b,DC=x' })
  })

  it.each<readonly [Syntax, Buffer]>([
    ['text', Buffer.from([0xc3])], ['integer', Buffer.from('12.5')], ['integer', Buffer.from('')], ['boolean', Buffer.from('true')], ['guid', Buffer.alloc(15)], ['sid', Buffer.from([1, 2, 3])], ['dn', Buffer.from('nonsense')],
  ])('take nothing for %s that is not', (syntax, bytes) => {
    expect(decodeValue(bytes, syntax).ok).toBe(false)
  })
})

describe('generateUnicodePwd', () => {
  it('makes quoted UTF-16LE of 40 characters with upper and lower case, digits and others, never the same', () => {
    const passwords = Array.from({ length: 200 }, () => generateUnicodePwd().toString('utf16le'))
    for (const password of passwords) {
      expect(password).toMatch(/^"[!#-~]{40}"$/)
      for (const kind of [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9"]/]) expect(password.slice(1, -1)).toMatch(kind)
    }
    expect(new Set(passwords).size).toBe(passwords.length)
  })

  it('uses every character of its alphabet about as often as the others', () => {
    const counts = new Map<string, number>()
    for (let round = 0; round < 500; round += 1) {
      for (const character of generateUnicodePwd().toString('utf16le').slice(1, -1)) counts.set(character, (counts.get(character) ?? 0) + 1)
    }
    const expected = 500 * 40 / counts.size
    expect(counts.size).toBeGreaterThan(85)
    // Six standard deviations of a binomial distribution: one false alarm in a million runs.
    const tolerance = 6 * Math.sqrt(expected)
    for (const [character, count] of counts) expect(Math.abs(count - expected), character).toBeLessThan(tolerance)
  })
})
