import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { secondsOfInstant } from '../../../src/shared/domain/instant.ts'

describe('the seconds of an instant', () => {
  it('are those of the calendar, from the year 1 to 9999', () => {
    fc.assert(fc.property(fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }), (date) => {
      expect(secondsOfInstant(date.toISOString())).toBeCloseTo(date.getTime() / 1000, 3)
    }))
  })

  it('of a day are those of its midnight', () => {
    expect(secondsOfInstant('2024-02-29')).toBe(Date.parse('2024-02-29T00:00:00Z') / 1000)
  })

  it.each(['', 'yesterday', '2026-13-01', '2026-01-32', '2026-11-23T25:00:00Z', '2026-11-23T10:15:00+01:00', '20261123101500.0Z'])('of what is no instant in UTC are none: %j', (text) => {
    expect(secondsOfInstant(text)).toBeNull()
  })
})
