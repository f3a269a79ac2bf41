import { expect, it } from 'vitest'
import { authorizationCodeLifetime, createAuthorizationCodes, type CodeGrant } from '../../../src/main/lab/tenant/signIn/authorizationCodes.ts'

const now = 1_700_000_000
const grant: CodeGrant = { clientId: 'app', redirectUri: 'http://localhost:1', challenge: 'x', person: 'administrator' }

it('a code is redeemed once, for what it was given for', () => {
  const codes = createAuthorizationCodes()
  const [first, second] = [codes.issue(grant, now), codes.issue({ ...grant, person: 'employee' }, now)]
  expect(first).not.toBe(second)
  expect(codes.redeem(first, now + 1)).toEqual(grant)
  expect(codes.redeem(first, now + 1)).toBe('redeemed')
  expect(codes.redeem(second, now + 1)).toMatchObject({ person: 'employee' })
  expect(codes.redeem('x', now)).toBe('unknown')
})

it('a code lives for ten minutes, and does not come back when it is asked again', () => {
  const codes = createAuthorizationCodes()
  const [late, inTime] = [codes.issue(grant, now), codes.issue(grant, now)]
  expect(authorizationCodeLifetime).toBe(600)
  expect(codes.redeem(inTime, now + authorizationCodeLifetime - 1)).toEqual(grant)
  expect(codes.redeem(late, now + authorizationCodeLifetime)).toBe('expired')
  expect(codes.redeem(late, now)).toBe('redeemed')
})
