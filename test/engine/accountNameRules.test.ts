import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAccountName, checkUserPrincipalName } from '../../src/main/engine/accountNameRules.ts'
import { accountNameOfAttempt } from '../../src/main/engine/nameSuffix.ts'

describe('checkAccountName', () => {
  it.each(['anna', 'a.b', 'ä-ö_$', 'x'.repeat(20), 'with blank'])('takes "%s"', (name) => {
    expect(checkAccountName(name)).toEqual({ ok: true, value: null })
  })

  it.each(['x'.repeat(21), 'a.', '  ', '', 'a\u0000b', ...Array.from('"/\\[]:;|=,+*?<>', (character) => `a${character}b`)])('refuses "%s"', (name) => {
    expect(checkAccountName(name)).toMatchObject({ ok: false, problem: { kind: 'accountNameInvalid' } })
  })
})

describe('checkUserPrincipalName', () => {
  it.each(['a@b', 'anna_fabrikam.com#EXT#@contoso.onmicrosoft.com', "o'brien+x@b.c", 'jürgen@münchen.de'])('takes "%s"', (name) => {
    expect(checkUserPrincipalName(name)).toEqual({ ok: true, value: null })
  })

  it.each(['a', '@b', 'a@', 'a@b@c', 'a b@c', 'a\t@c', 'a/b@c', 'a\\b@c', '"a"@c', ''])('refuses "%s"', (name) => {
    expect(checkUserPrincipalName(name)).toMatchObject({ ok: false, problem: { kind: 'syntaxInvalid' } })
  })
})

describe('accountNameOfAttempt', () => {
  it('is the wish at first', () => {
    expect(accountNameOfAttempt('wish', 'entra:1', 0)).toBe('wish')
  })

  it('never gives a person the same name twice, and never more than 20 characters', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 30 }), fc.uuid(), (wish, id) => {
      const names = Array.from({ length: 64 }, (_, index) => accountNameOfAttempt(wish, id, index + 1))
      expect(new Set(names).size).toBe(64)
      expect(names.every((name) => name.length <= 20)).toBe(true)
    }))
  })

  it('visits every suffix before it repeats one', () => {
    const names = new Set(Array.from({ length: 1296 }, (_, index) => accountNameOfAttempt('x', 'entra:1', index + 1)))
    expect(names.size).toBe(1296)
  })

  it('leaves no half of a surrogate pair', () => {
    const name = accountNameOfAttempt(`${'x'.repeat(17)}😀`, 'entra:1', 1)
    expect(name.isWellFormed()).toBe(true)
    expect(name).toMatch(/^x{17}[0-9a-z]{2}$/)
  })

  it('depends on the id alone, so that the batch does not matter', () => {
    expect(accountNameOfAttempt('wish', 'entra:1', 1)).not.toBe(accountNameOfAttempt('wish', 'entra:2', 1))
  })
})
