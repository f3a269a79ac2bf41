import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childDn, dnKey, isWithin, parentDn, parseDn, rdnOf, relativeNameText, sameDn } from '../../../src/shared/domain/dn.ts'
import { escapeDnValue } from '../../../src/shared/domain/escapeDnValue.ts'
import type { Dn } from '../../../src/shared/domain/ids.ts'

function dn(text: string): Dn {
  const result = parseDn(text)
  if (!result.ok) throw new Error(`${text}: expected ${result.problem.expected} at ${result.problem.position}`)
  return result.value
}

const anyText = fc.string({ unit: 'binary', maxLength: 24 })
const trickyText = fc.string({ unit: fc.constantFrom(...Array.from(' ,+"\\<>;=#\0\n\r\u007fAé😀İ0f')), maxLength: 12 })
const halfSurrogates = fc.string({ unit: fc.constantFrom('\ud83d', '\ude00', 'a', ','), maxLength: 8 })
const value = fc.oneof(anyText, trickyText)
const type = fc.constantFrom('CN', 'OU', 'DC', 'O', 'serialNumber', '1.2.840.113556.1.4.1')
const anyDn = fc.array(fc.tuple(type, value), { minLength: 1, maxLength: 5 }).map((parts) => parts.reduce<Dn | null>((parent, [name, text]) => childDn(name, text, parent), null) as Dn)

describe('parseDn', () => {
  it.each([
    ['UID=jsmith,DC=example,DC=net', 'UID=jsmith,DC=example,DC=net'],
    ['OU=Sales+CN=J.  Smith,DC=example,DC=net', 'OU=Sales+CN=J.  Smith,DC=example,DC=net'],
    ['CN=James \\"Jim\\" Smith\\, III,DC=example,DC=net', 'CN=James \\"Jim\\" Smith\\, III,DC=example,DC=net'],
    ['CN=Before\\0dAfter,DC=example,DC=net', 'CN=Before\\0DAfter,DC=example,DC=net'],
    ['1.3.6.1.4.1.1466.0=#04024869', '1.3.6.1.4.1.1466.0=#04024869'],
    ['CN=Lu\\C4\\8Di\\C4\\87', 'CN=Lučić'],
  ])('reads the example of RFC 4514: %s', (text, canonical) => {
    expect(dn(text)).toBe(canonical)
  })

  it.each([
    ['blanks around separators', ' cn = Jane Doe , ou = Guests ; dc=test ', 'CN=Jane Doe,OU=Guests,DC=test'],
    ['a value in quotation marks', 'CN="Smith, Jane; \\"JS\\" ",O=x', 'CN=Smith\\, Jane\\; \\"JS\\"\\20,O=x'],
    ['OID. before a number', 'OID.2.5.4.3=x,oid.1.2.3=y', 'CN=x,1.2.3=y'],
    ['escapes that nothing needs', 'CN=\\#EXT\\=a\\20b', 'CN=\\23EXT\\=a b'],
    ['a hash inside of the value', 'CN=jane#EXT#', 'CN=jane#EXT#'],
    ['escaped blanks at both ends', 'CN=\\ a\\ ,DC=x', 'CN=\\20a\\20,DC=x'],
    ['one escaped blank alone', 'CN=\\ ,DC=x', 'CN=\\20,DC=x'],
    ['a deleted object of Active Directory', 'CN=jane\\0ADEL:7c0e6a5e,CN=Deleted Objects,DC=x', 'CN=jane\\0ADEL:7c0e6a5e,CN=Deleted Objects,DC=x'],
    ['an equals sign in the value', 'CN=a=b', 'CN=a\\=b'],
    ['an empty value', 'CN=,DC=x', 'CN=,DC=x'],
    ['digits of a hexadecimal value', 'serialNumber=#04AbFF', 'serialNumber=#04abff'],
    ['letters outside of ASCII', 'CN=Ångström 日本 😀', 'CN=Ångström 日本 😀'],
  ])('takes %s', (_, text, canonical) => {
    expect(dn(text)).toBe(canonical)
  })

  it.each([
    ['', 0, 'an attribute type such as CN, OU or DC'],
    ['CN', 2, '"=" after the attribute type'],
    ['CN=a,', 5, 'an attribute type such as CN, OU or DC'],
    ['CN=Smith, Jane,DC=x', 14, '"=" after the attribute type'],
    ['CN=a\\', 5, 'a special character or two hexadecimal digits after the backslash'],
    ['CN=a\\zb', 5, 'a special character or two hexadecimal digits after the backslash'],
    ['CN=\\C3x', 3, 'hex pairs that are UTF-8'],
    ['CN=\\ED\\A0\\80', 3, 'hex pairs that are UTF-8'],
    ['CN=a"b', 4, 'a backslash before "\\""'],
    ['CN=a<b', 4, 'a backslash before "<"'],
    ['CN=a\0b', 4, 'a backslash before "\\u0000"'],
    ['CN=#zz', 3, 'pairs of hexadecimal digits after "#", or a backslash before it'],
    ['CN=#04 x', 7, '"," or "+" or the end'],
    ['CN="a', 5, 'a closing quotation mark'],
    ['CN="a"b', 6, '"," or "+" or the end'],
    ['CN=\ud83d', 3, 'a character that UTF-8 can carry'],
  ])('says where and what it expected in %j', (text, position, expected) => {
    expect(parseDn(text)).toEqual({ ok: false, problem: { kind: 'badDn', text, position, expected } })
  })

  it('leaves a canonical DN as it is', () => {
    fc.assert(fc.property(anyDn, (name) => { expect(dn(name)).toBe(name) }))
  })

  it('answers for any text with a DN or a problem inside of the text', () => {
    fc.assert(fc.property(fc.oneof(value, value.map((text) => `CN=${text}`)), (text) => {
      const result = parseDn(text)
      if (result.ok) expect(dn(result.value)).toBe(result.value)
      else expect(result.problem.position).toBeLessThanOrEqual(text.length)
    }))
  })
})

describe('escapeDnValue', () => {
  it('gives back every value through rdnOf', () => {
    fc.assert(fc.property(value, (text) => {
      expect(rdnOf(dn(`CN=${escapeDnValue(text)},DC=x`))).toEqual({ type: 'CN', form: 'text', value: text })
    }))
  })

  it('writes half of a surrogate pair as what UTF-8 makes of it', () => {
    fc.assert(fc.property(halfSurrogates, (text) => {
      expect(rdnOf(dn(`CN=${escapeDnValue(text)}`)).value).toBe(Buffer.from(text, 'utf8').toString('utf8'))
    }))
  })

  it('leaves no raw control character and no blank at an end', () => {
    const isPrintable = (text: string) => Array.from(text).every((character) => character >= ' ' && character !== '\u007f')
    fc.assert(fc.property(trickyText, (text) => {
      const escaped = escapeDnValue(text)
      expect(isPrintable(escaped)).toBe(true)
      expect(escaped).toBe(escaped.trim())
    }))
  })
})

describe('dnKey', () => {
  it('compares without case, in types and values', () => {
    expect(sameDn(dn('cn=Jané,ou=Guests,dc=X'), dn('CN=JANÉ,OU=guests,DC=x'))).toBe(true)
  })

  it('keeps apart what differs in blanks or accents', () => {
    expect(sameDn(dn('CN=a  b'), dn('CN=a b'))).toBe(false)
    expect(sameDn(dn('CN=Jane'), dn('CN=Jané'))).toBe(false)
  })

  it('knows no order in a multi-valued name, also where a plus or comma is escaped', () => {
    expect(sameDn(dn('CN=a\\+b+OU=c\\,d,DC=x'), dn('OU=c\\,d+CN=A\\+B,DC=x'))).toBe(true)
    expect(sameDn(dn('CN=a\\+b,DC=x'), dn('CN=b\\+a,DC=x'))).toBe(false)
  })

  it('is the same for a DN and for how else it may be written', () => {
    fc.assert(fc.property(anyDn, (name) => {
      expect(sameDn(name, name)).toBe(true)
      expect(dnKey(dn(name.replaceAll(/(?<!\\)((?:\\\\)*),/g, '$1 ; ')))).toBe(dnKey(name))
    }))
  })
})

describe('parentDn, childDn, isWithin', () => {
  it('splits at the first comma that is not escaped', () => {
    const name = dn('CN=Smith\\, Jane\\\\,OU=Guests,DC=test')
    expect(relativeNameText(name)).toBe('CN=Smith\\, Jane\\\\')
    expect(parentDn(name)).toBe('OU=Guests,DC=test')
    expect(parentDn(dn('DC=test'))).toBeNull()
  })

  it('gives the parent back that a child was made of', () => {
    fc.assert(fc.property(anyDn, value, (parent, text) => {
      const child = childDn('cn', text, parent)
      expect(parentDn(child)).toBe(parent)
      expect(isWithin(child, parent)).toBe(true)
      expect(isWithin(parent, child)).toBe(false)
      expect(isWithin(parent, parent)).toBe(true)
    }))
  })

  it('takes the end of a value for no base, however it looks', () => {
    expect(isWithin(dn('CN=a\\,DC=x'), dn('DC=x'))).toBe(false)
    expect(isWithin(dn('CN=a\\\\,DC=x'), dn('DC=x'))).toBe(true)
    expect(isWithin(dn('XDC=x'), dn('DC=x'))).toBe(false)
    expect(isWithin(dn('CN=a,dc=X'), dn('DC=x'))).toBe(true)
  })

  it('names an object by the first pair of its name', () => {
    expect(rdnOf(dn('ou=a\\+b+CN=c,DC=x'))).toEqual({ type: 'OU', form: 'text', value: 'a+b' })
    expect(rdnOf(dn('serialNumber=#04FF'))).toEqual({ type: 'serialNumber', form: 'hex', value: '04ff' })
  })
})
