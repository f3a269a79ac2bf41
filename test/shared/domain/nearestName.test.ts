import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestName } from '../../../src/shared/domain/nearestName.ts'

const attributes = ['userPrincipalName', 'displayName', 'mail', 'sn', 'givenName', 'accountEnabled']

describe('nearestName', () => {
  it.each([
    ['userPrincipleName', 'userPrincipalName'],
    ['USERPRINCIPALNAME', 'userPrincipalName'],
    ['dispalyName', 'displayName'],
    ['displayname', 'displayName'],
    ['mial', 'mail'],
    ['s', 'sn'],
    ['givenNames', 'givenName']
  ])('suggests for %s the name %s', (unknown, expected) => {
    expect(nearestName(unknown, attributes)).toBe(expected)
  })

  it.each([['telephoneNumber'], [''], ['xyz'], ['x'.repeat(1_000_000)]])('suggests nothing where nothing is near', (unknown) => {
    expect(nearestName(unknown, attributes)).toBeNull()
  })

  it('takes the nearest of several, and of equally near ones the first', () => {
    expect(nearestName('UpperCas', ['LowerCase', 'UpperCase'])).toBe('UpperCase')
    expect(nearestName('PadXeft', ['PadZeft', 'PadLeft'])).toBe('PadZeft')
  })

  it('suggests nothing where no name is known', () => {
    expect(nearestName('mail', [])).toBeNull()
  })

  it('finds a name again after one letter was replaced', () => {
    fc.assert(fc.property(fc.constantFrom(...attributes.filter((name) => name.length > 3)), fc.nat(), (name, place) => {
      const index = place % name.length
      expect(nearestName(`${name.slice(0, index)}§${name.slice(index + 1)}`, attributes)).toBe(name)
    }))
  })
})
