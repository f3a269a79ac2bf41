import { describe, expect, it } from 'vitest'
import type { Syntax, Value } from '../../src/shared/domain/attributes.ts'
import { directoryAttribute, directoryValues, sameDirectoryValues } from '../../src/main/engine/directoryValues.ts'

const attribute = (syntax: Syntax, maximum: number | null = null, isMultiValued = false) => ({ name: 'a', syntax, maximum, isMultiValued })

describe('directoryValues', () => {
  it.each<[Syntax, Value, Value]>([
    ['text', 5, '5'], ['text', true, 'true'], ['integer', '512', 512], ['largeInteger', 9_007_199_254_740_991, '9007199254740991'],
    ['largeInteger', '9223372036854775807', '9223372036854775807'], ['boolean', 'TRUE', true], ['boolean', 'false', false], ['dn', 'cn=a, dc=b', 'CN=a,DC=b'],
  ])('writes %s %j as %j', (syntax, value, written) => {
    expect(directoryValues(attribute(syntax), [value])).toEqual({ ok: true, value: [written] })
  })

  it.each<[Syntax, Value]>([['integer', 'x'], ['integer', true], ['integer', 1.5], ['boolean', 'yes'], ['dn', 'x'], ['largeInteger', '1e3']])('refuses %s %j', (syntax, value) => {
    expect(directoryValues(attribute(syntax), [value])).toMatchObject({ ok: false, problem: { kind: 'syntaxInvalid' } })
  })

  it.each<[Syntax, Value, Value]>([
    ['text', 'abc', 'abcd'], ['integer', 3, 4], ['binary', 'AAAA', 'AAAAAA=='],
  ])('counts the length of %s: %j is as long as three, %j is longer', (syntax, fits, tooLong) => {
    expect(directoryValues(attribute(syntax, 3), [fits]).ok).toBe(true)
    expect(directoryValues(attribute(syntax, 3), [tooLong])).toMatchObject({ ok: false, problem: { kind: 'valueTooLong' } })
  })

  it('takes several values only where the schema says so', () => {
    expect(directoryValues(attribute('text'), ['a', 'b'])).toMatchObject({ ok: false, problem: { kind: 'attributeIsSingleValued' } })
    expect(directoryValues(attribute('text', null, true), ['a', 'b'])).toEqual({ ok: true, value: ['a', 'b'] })
  })
})

describe('sameDirectoryValues', () => {
  it.each<[Syntax, readonly Value[], readonly Value[], boolean]>([
    ['text', ['Muller'], ['muller'], false],
    ['text', ['a', 'b'], ['b', 'a'], true],
    ['text', ['a'], ['a', 'a'], false],
    ['text', [], [], true],
    ['integer', [512], ['512'], true],
    ['largeInteger', ['0132'], ['132'], true],
    ['largeInteger', ['132000000000000000'], ['132000000000000001'], false],
    ['dn', ['cn=A,dc=x'], ['CN=a, DC=X'], true],
    ['dn', ['CN=a,DC=x'], ['CN=b,DC=x'], false],
    ['boolean', ['TRUE'], [true], true],
    ['sid', ['s-1-5-9'], ['S-1-5-9'], true],
    ['guid', ['6F9619FF-8B86-D011-B42D-00C04FC964FF'], ['6f9619ff-8b86-d011-b42d-00c04fc964ff'], true],
    ['binary', ['AAAA'], ['aaaa'], false],
  ])('%s %j and %j: %s', (syntax, left, right, expected) => {
    expect(sameDirectoryValues(syntax, left, right)).toBe(expected)
    expect(sameDirectoryValues(syntax, right, left)).toBe(expected)
  })
})

describe('directoryAttribute', () => {
  it('gives the schema\'s spelling of a name, and knows the attributes that the engine asks for itself', () => {
    expect(directoryAttribute({ displayname: { ...attribute('text'), name: 'displayName' } }, 'DISPLAYNAME').name).toBe('displayName')
    expect(directoryAttribute({}, 'samaccountname')).toMatchObject({ name: 'sAMAccountName', syntax: 'text' })
    expect(directoryAttribute({}, 'somethingElse')).toEqual({ name: 'somethingElse', syntax: 'text', isMultiValued: false, maximum: null })
  })
})
