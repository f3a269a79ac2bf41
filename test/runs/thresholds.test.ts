import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/shared/domain/change.ts'
import { applyLifts, countForThresholds, findExceeded, thresholdGroups, type Limits } from '../../src/main/runs/thresholds.ts'
import { createOf, dn, updateOf } from './sampleChanges.ts'

const limits: Limits = {
  disableAndDelete: { count: 20, percent: 10 },
  renameMoveAndUserPrincipalName: { count: 50, percent: 10 },
  updateAdoptAndEnable: { count: 200, percent: 50 },
  create: { count: 500 },
}

function exceeded(changes: readonly Change[], managedAccounts: number, recent: readonly Change[] = []) {
  return findExceeded(countForThresholds(changes), countForThresholds(recent), managedAccounts, limits).map(({ kind, unit, planned }) => `${kind} ${unit} ${planned}`)
}

const disables = (count: number): readonly Change[] => Array.from({ length: count }, (_, index) => updateOf(index, { kind: 'disable' }))
const deletes = (count: number): readonly Change[] => Array.from({ length: count }, (_, index) => updateOf(index, { kind: 'delete' }))
const updates = (count: number): readonly Change[] => Array.from({ length: count }, (_, index) => updateOf(index))
const creates = (count: number): readonly Change[] => Array.from({ length: count }, (_, index) => createOf(index))
const newName = { name: 'userPrincipalName', before: ['old@x'], after: ['new@x'], from: { rule: 'r', source: 'userPrincipalName', connector: 'entra' } } as const

describe('thresholds of a plan', () => {
  it('count disables and deletes together', () => {
    expect(exceeded([...disables(10), ...deletes(10)], 1000)).toEqual([])
    expect(exceeded([...disables(11), ...deletes(10)], 1000)).toEqual(['disableAndDelete count 21'])
  })

  it('apply a percentage only from 50 managed accounts and five changes on', () => {
    expect(exceeded(disables(5), 49)).toEqual([])
    expect(exceeded(disables(4), 50)).toEqual([])
    expect(exceeded(disables(5), 50)).toEqual([])
    expect(exceeded(disables(6), 50)).toEqual(['disableAndDelete percent 6'])
  })

  it('take what was written in the last 24 hours together with the plan', () => {
    expect(exceeded(disables(12), 1000, disables(8))).toEqual([])
    expect(exceeded(disables(12), 1000, disables(9))).toEqual(['disableAndDelete count 21'])
  })

  it('do not block a plan for what others did, when it holds nothing of that kind', () => {
    expect(exceeded(updates(1), 1000, disables(100))).toEqual([])
  })

  it('limit creates by count alone', () => {
    expect(exceeded(creates(500), 60)).toEqual([])
    expect(exceeded(creates(501), 60)).toEqual(['create count 501'])
  })

  it('count a changed userPrincipalName as update and as change of name', () => {
    expect(thresholdGroups(updateOf(1, { attributes: [newName] }))).toEqual(['updateAdoptAndEnable', 'renameMoveAndUserPrincipalName'])
    expect(exceeded(Array.from({ length: 51 }, (_, index) => updateOf(index, { attributes: [newName] })), 1000)).toEqual(['renameMoveAndUserPrincipalName count 51'])
  })

  it('do not take the first userPrincipalName of an account for a change of name', () => {
    expect(thresholdGroups(updateOf(1, { attributes: [{ ...newName, before: [] }] }))).toEqual(['updateAdoptAndEnable'])
    expect(thresholdGroups(createOf(1))).toEqual(['create'])
  })
})

describe('what moves an account', () => {
  const elsewhere = dn('CN=a,OU=Leavers,DC=contoso,DC=test')

  it('counts as a move too, unless it is a restore, which has to name a place', () => {
    expect(thresholdGroups(updateOf(1, { kind: 'disable', newDn: elsewhere }))).toEqual(['disableAndDelete', 'renameMoveAndUserPrincipalName'])
    expect(thresholdGroups(updateOf(1, { kind: 'restore', newDn: elsewhere }))).toEqual(['updateAdoptAndEnable'])
    expect(thresholdGroups(updateOf(1, { kind: 'move', newDn: elsewhere }))).toEqual(['renameMoveAndUserPrincipalName'])
  })
})

describe('a lifted threshold', () => {
  const blocks = findExceeded(countForThresholds([...disables(21), ...creates(501)]), countForThresholds([]), 1000, limits)

  it('is the one that the approver names, and carries the note', () => {
    const { blocking, lifted } = applyLifts(blocks, [{ kind: 'disableAndDelete', note: 'contract ended' }])
    expect(blocking.map(({ kind }) => kind)).toEqual(['create'])
    expect(lifted).toMatchObject([{ kind: 'disableAndDelete', planned: 21, limit: 20, note: 'contract ended' }])
  })

  it('is not recorded where nothing was exceeded', () => {
    expect(applyLifts(blocks, [{ kind: 'updateAdoptAndEnable', note: 'to be safe' }])).toEqual({ blocking: blocks, lifted: [] })
  })
})
