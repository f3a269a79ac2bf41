import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeKinds, type ChangeKind } from '../../../src/shared/domain/change.ts'
import { findUncovered, type JudgedPlan, type StandingApproval } from '../../../src/shared/domain/standingApproval.ts'

const none = Object.fromEntries(changeKinds.map((kind) => [kind, 0])) as Record<ChangeKind, number>
const approval: StandingApproval = {
  line: 7, givenBy: 'ana@host', givenAt: '2026-01-01T00:00:00.000Z', until: '2026-06-30T23:59:59.000Z', rulesHash: 'r', limits: { create: 20, update: 5 }, note: 'first half of the year',
}
const plan: JudgedPlan = { rulesHash: 'r', counts: { ...none, create: 20 }, recent: none, now: '2026-03-01T00:00:00.000Z' }

describe('a standing approval', () => {
  it('covers a plan within its limits', () => {
    expect(findUncovered(approval, plan)).toEqual([])
  })

  it('counts what was written in the last 24 hours, and says so', () => {
    expect(findUncovered(approval, { ...plan, recent: { ...none, create: 1 } })).toEqual(['The plan has "create" for 21 (1 of them in the last 24 hours); the standing approval allows 20.'])
  })

  it('allows no kind that it does not name', () => {
    expect(findUncovered(approval, { ...plan, counts: { ...none, disable: 1 } })).toEqual(['The plan has "disable" for 1; the standing approval allows 0.'])
  })

  it('ends at its end, and with other rules or settings', () => {
    expect(findUncovered(approval, { ...plan, now: '2026-07-01T00:00:00.000Z' })).toHaveLength(1)
    expect(findUncovered(approval, { ...plan, rulesHash: 'another' })).toEqual(['Rules or settings have changed since ana@host gave the standing approval.'])
  })

  it('counts for nothing while the clock is before the moment in which it was given', () => {
    expect(findUncovered(approval, { ...plan, now: '2025-12-31T23:59:59.000Z' })).toEqual([expect.stringContaining('set the clock')])
  })

  it('never lets more of any kind through than its limits say', () => {
    const count = fc.nat({ max: 50 })
    const counts = fc.record(Object.fromEntries(changeKinds.map((kind) => [kind, count]))) as fc.Arbitrary<Record<ChangeKind, number>>
    fc.assert(fc.property(counts, counts, counts, (limits, planned, recent) => {
      const uncovered = findUncovered({ ...approval, limits }, { ...plan, counts: planned, recent })
      const isWithin = changeKinds.every((kind) => planned[kind] === 0 || planned[kind] + recent[kind] <= limits[kind])
      expect(uncovered.length === 0).toBe(isWithin)
    }))
  })
})
