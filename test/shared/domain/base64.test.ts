import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from '../../../src/shared/domain/base64.ts'

describe('base64', () => {
  it('is what Node makes of the same bytes, and back', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes)
    }))
  })

  it.each(['a', 'ab=', 'a===', '====', 'ab c', 'ab=c', '+/-_', 'ü==='])('refuses %s', (text) => {
    expect(decodeBase64(text)).toBeNull()
  })
})
