import { expect, it } from 'vitest'
import { codeLifetime, createDeviceCodes } from '../../../src/main/lab/tenant/signIn/deviceCodes.ts'

const now = 1_700_000_000

it('a code is pending until the person has decided, and is redeemed once', () => {
  const codes = createDeviceCodes()
  const { deviceCode, userCode } = codes.begin('app', now)
  expect(codes.redeem(deviceCode, 'app', now + 1)).toBe('pending')
  expect(codes.decide(` ${userCode.toLowerCase()} `, 'administrator', now + 2)).toBe('done')
  expect(codes.decide(userCode, 'employee', now + 2)).toBe('unknown')
  expect(codes.redeem(deviceCode, 'app', now + 3)).toBe('administrator')
  expect(codes.redeem(deviceCode, 'app', now + 3)).toBe('unknown')
})

it('a code of another application, or one that was never given, is unknown', () => {
  const codes = createDeviceCodes()
  const { deviceCode } = codes.begin('app', now)
  expect([codes.redeem(deviceCode, 'other', now), codes.redeem('x', 'app', now), codes.decide('BBBBBBBBB', 'declined', now)]).toEqual(['unknown', 'unknown', 'unknown'])
})

it('a code that nobody entered in time has expired', () => {
  const codes = createDeviceCodes()
  const { deviceCode, userCode } = codes.begin('app', now)
  expect(codes.decide(userCode, 'administrator', now + codeLifetime)).toBe('unknown')
  expect(codes.redeem(deviceCode, 'app', now + codeLifetime)).toBe('expired')
})
