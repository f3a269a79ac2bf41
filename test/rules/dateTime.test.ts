import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addInterval, dateIntervals, parseDateTime, printDateTime } from '../../src/main/rules/dateTime.ts'
import { formatDateTime } from '../../src/main/rules/dateFormat.ts'

const anyDate = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })

describe('dates of expressions', () => {
  it('read what they print', () => {
    fc.assert(fc.property(anyDate, (date) => {
      const parsed = parseDateTime(date.toISOString())
      expect(parsed.ok && parsed.value.milliseconds).toBe(date.getTime())
      expect(parsed.ok && parseDateTime(printDateTime(parsed.value))).toEqual(parsed)
    }))
  })

  it('print by the standard format o what Date prints, to ten-millionths of a second', () => {
    fc.assert(fc.property(anyDate, (date) => {
      const parsed = parseDateTime(date.toISOString())
      expect(parsed.ok && formatDateTime(parsed.value, 'o')).toEqual({ ok: true, value: date.toISOString().replace('Z', '0000Z') })
    }))
  })

  it.each(['', '2026', '2026-00-10', '2026-04-31', '1900-02-29', '0000-01-01', '2026-11-23T24:00', '2026-11-23T10:60', '2026-11-23T10:15:60', '2026-11-23T10:15+15:00', '2026-11-23T0:15 AM', '13/25/2007', '20261123', '20261123101500', '2026-11-23 tomorrow'])('refuse "%s"', (text) => {
    expect(parseDateTime(text).ok).toBe(false)
  })

  it.each([
    ['2000-02-29', '2000-02-29T00:00:00Z'],
    ['2026-1-2 3:04', '2026-01-02T03:04:00Z'],
    ['2026-11-23T10:15:00.1239Z', '2026-11-23T10:15:00.123Z'],
    ['2026-11-23T00:15+05:30', '2026-11-22T18:45:00Z'],
    ['20261123101500.0+0100', '2026-11-23T09:15:00Z'],
    ['12/25/2007 12:00 AM', '2007-12-25T00:00:00Z'],
    ['0099-03-01', '0099-03-01T00:00:00Z']
  ])('read %s as %s', (text, expected) => {
    const parsed = parseDateTime(text)
    expect(parsed.ok && printDateTime(parsed.value)).toBe(expected)
  })

  it('move forth and back by fixed lengths to where they were', () => {
    fc.assert(fc.property(anyDate, fc.constantFrom(...dateIntervals.filter((one) => !['yyyy', 'q', 'm'].includes(one))), fc.integer({ min: -1000, max: 1000 }), (date, interval, amount) => {
      const start = parseDateTime(date.toISOString())
      const moved = start.ok ? addInterval(start.value, interval, amount) : start
      if (!moved.ok) return
      const back = addInterval(moved.value, interval, -amount)
      expect(back.ok && back.value.milliseconds).toBe(date.getTime())
    }))
  })

  it('never end in another month than the one that a number of months leads to', () => {
    fc.assert(fc.property(anyDate, fc.integer({ min: -500, max: 500 }), (date, amount) => {
      const start = parseDateTime(date.toISOString())
      const moved = start.ok ? addInterval(start.value, 'm', amount) : start
      if (!start.ok || !moved.ok) return
      expect(moved.value.year * 12 + moved.value.month).toBe(start.value.year * 12 + start.value.month + amount)
      expect(moved.value.day).toBeLessThanOrEqual(start.value.day)
    }))
  })

  it('format by any pattern without exception', () => {
    const start = parseDateTime('2026-11-23T10:15:30Z')
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'dfFgHhKmMstyz:/\\\'"% x😀') }), (pattern) => {
      expect(start.ok && formatDateTime(start.value, pattern)).toHaveProperty('ok')
    }), { numRuns: 1000 })
  })
})
