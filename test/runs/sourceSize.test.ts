import { describe, expect, it } from 'vitest'
import { judgeSourceSize } from '../../src/main/runs/sourceSize.ts'

const refused = { kind: 'refused', percent: 10 } as const

describe('the size of a source', () => {
  it.each([
    ['entra', 0, 250, null],
    ['entra', 100, 90, null],
    ['entra', 100, 89, 'sourceShrunk'],
    ['entra', 100, 0, 'sourceEmpty'],
    ['entra', 0, 0, 'sourceEmpty'],
    ['ad', 0, 0, null],
    ['ad', 40, 0, 'sourceEmpty'],
    ['ad', 3, 2, 'sourceShrunk'],
  ] as const)('of %s from %i to %i is judged %s', (connector, before, now, kind) => {
    expect(judgeSourceSize(connector, before, now, refused)?.kind ?? null).toBe(kind)
  })

  it('is not asked about when a person has accepted it', () => {
    expect(judgeSourceSize('entra', 100, 0, { kind: 'accepted', note: 'contract of Fabrikam ended' })).toBeNull()
  })
})
