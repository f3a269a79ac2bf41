import { describe, expect, it } from 'vitest'
import { pairLifts } from '../../../src/main/hosts/cli/commands/export.ts'

describe('thresholds to be lifted', () => {
  it('take the notes in their order', () => {
    expect(pairLifts(['create', 'disableAndDelete'], ['new partner', 'contract ended'])).toEqual({
      ok: true, value: [{ kind: 'create', note: 'new partner' }, { kind: 'disableAndDelete', note: 'contract ended' }],
    })
  })

  it('are refused without a note for each', () => {
    expect(pairLifts(['create', 'disableAndDelete'], ['new partner'])).toMatchObject({ ok: false, problem: { kind: 'usage' } })
    expect(pairLifts([], ['for nothing'])).toMatchObject({ ok: false })
  })

  it('are named by what was probably meant where the kind is unknown', () => {
    const refused = pairLifts(['disableAndDelet'], ['x'])
    expect(!refused.ok && refused.problem.message).toContain('did you mean "disableAndDelete"?')
  })
})
