import { describe, expect, it } from 'vitest'
import { historyOf, valuesSince, type KeptVersion } from '../../../src/shared/domain/objectHistory.ts'

const version = (run: number, until: number | null, values: KeptVersion['values']): KeptVersion => ({ run, until, values })

describe('the history of an object', () => {
  it.each([
    ['nothing is kept', [], []],
    ['it came', [version(1, null, { sn: ['a'] })], [[1, 'came', [['sn', [], ['a']]]]]],
    ['a value changed, another one stayed', [version(1, 4, { sn: ['a'], mail: ['m'] }), version(4, null, { sn: ['b'], mail: ['m'] })], [[4, 'changed', [['sn', ['a'], ['b']]]], [1, 'came', [['mail', [], ['m']], ['sn', [], ['a']]]]]],
    ['a value went away', [version(1, 4, { sn: ['a'] }), version(4, null, {})], [[4, 'changed', [['sn', ['a'], []]]], [1, 'came', [['sn', [], ['a']]]]]],
    ['only its contributor changed', [version(1, 2, { sn: ['a'] }), version(2, null, { sn: ['a'] })], [[2, 'changed', []], [1, 'came', [['sn', [], ['a']]]]]],
    ['values in another order are the same', [version(1, 2, { member: ['a', 'b'] }), version(2, null, { member: ['b', 'a'] })], [[2, 'changed', []], [1, 'came', [['member', [], ['a', 'b']]]]]],
    ['it went', [version(1, 3, { sn: ['a'] })], [[3, 'went', [['sn', ['a'], []]]], [1, 'came', [['sn', [], ['a']]]]]],
    ['it went and came again', [version(1, 3, { sn: ['a'] }), version(7, null, { sn: ['a'] })], [[7, 'came', [['sn', [], ['a']]]], [3, 'went', [['sn', ['a'], []]]], [1, 'came', [['sn', [], ['a']]]]]],
  ] as const)('says newest first what happened: %s', (_what, versions, expected) => {
    expect(historyOf(versions).map(({ run, kind, differences }) => [run, kind, differences.map(({ name, before, after }) => [name, before, after])])).toEqual(expected)
  })
})

describe('the time of a value', () => {
  it('is that of the run from which on it has not changed', () => {
    expect(valuesSince([version(1, 2, { sn: ['a'], mail: ['m'] }), version(2, 5, { sn: ['b'], mail: ['m'] }), version(5, null, { sn: ['b'], mail: ['m'], givenName: ['g'] })])).toEqual({ sn: 2, mail: 1, givenName: 5 })
  })

  it('begins anew where it had another value in between, or the object was gone', () => {
    expect(valuesSince([version(1, 2, { sn: ['a'] }), version(2, 3, { sn: ['b'] }), version(3, null, { sn: ['a'] })])).toEqual({ sn: 3 })
    expect(valuesSince([version(1, 2, { sn: ['a'] }), version(4, null, { sn: ['a'] })])).toEqual({ sn: 4 })
    expect(valuesSince([])).toEqual({})
  })
})
