import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Value } from '../../src/shared/domain/attributes.ts'
import { evaluateScope } from '../../src/main/engine/scope.ts'
import type { ScopeClause, ScopeOperator } from '../../src/main/rules/ruleSet.ts'

function isInScope(operator: ScopeOperator, value: ScopeClause['value'], actual: readonly Value[]): boolean {
  const clause = value === undefined ? { attribute: 'a', operator } : { attribute: 'a', operator, value }
  return evaluateScope([[clause]], (name) => (name === 'a' ? actual : [])).isInScope
}

describe('evaluateScope', () => {
  it.each<[ScopeOperator, ScopeClause['value'], readonly Value[], boolean]>([
    ['EQUAL', 'Guest', ['guest'], true],
    ['EQUAL', 'Guest', ['Member'], false],
    ['EQUAL', 'Guest', ['Member', 'GUEST'], true],
    ['EQUAL', 'Guest', [], false],
    ['EQUAL', true, ['TRUE'], true],
    ['EQUAL', 512, ['512'], true],
    ['EQUAL', 512, ['0512'], true],
    ['EQUAL', '0512', ['512'], false],
    ['NOTEQUAL', true, [], true],
    ['NOTEQUAL', true, [false], true],
    ['NOTEQUAL', true, [true], false],
    ['NOTEQUAL', 'a', ['b', 'A'], false],
    ['LESSTHAN', 10, ['9'], true],
    ['LESSTHAN', 10, [10], false],
    ['LESSTHAN', 10, [], false],
    ['LESSTHAN', 10, ['abc'], false],
    ['LESSTHAN', '132000000000000001', ['132000000000000000'], true],
    ['LESSTHAN_OR_EQUAL', 10, [10], true],
    ['LESSTHAN_OR_EQUAL', 10, [10.5], false],
    ['GREATERTHAN', 9, ['10'], true],
    ['GREATERTHAN', -1, ['0'], true],
    ['GREATERTHAN', 10, ['abc'], false],
    ['GREATERTHAN', '2026-01-01', ['2026-01-02'], true],
    ['GREATERTHAN', '2026-01-01', ['2025-12-31'], false],
    ['GREATERTHAN_OR_EQUAL', 10, ['10'], true],
    ['GREATERTHAN_OR_EQUAL', 10, [9], false],
    ['CONTAINS', 'FABRIKAM', ['anna@fabrikam.com'], true],
    ['CONTAINS', 'fabrikam', [], false],
    ['NOTCONTAINS', 'fabrikam', [], true],
    ['NOTCONTAINS', 'fabrikam', ['x', 'fabrikam'], false],
    ['STARTSWITH', 'AN', ['anna'], true],
    ['STARTSWITH', 'na', ['anna'], false],
    ['NOTSTARTSWITH', 'an', ['anna'], false],
    ['NOTSTARTSWITH', 'an', [], true],
    ['ENDSWITH', '#EXT#', ['a#ext#'], true],
    ['NOTENDSWITH', '#EXT#', ['a#ext#'], false],
    ['NOTENDSWITH', '#EXT#', [], true],
    ['ISNULL', undefined, [], true],
    ['ISNULL', undefined, [false], false],
    ['ISNOTNULL', undefined, [0], true],
    ['ISNOTNULL', undefined, [], false],
    ['ISIN', ['a', 'b'], ['B'], true],
    ['ISIN', ['a', 'b'], ['c'], false],
    ['ISIN', ['a', 'b'], [], false],
    ['ISNOTIN', ['a', 'b'], ['c'], true],
    ['ISNOTIN', ['a', 'b'], ['A'], false],
    ['ISNOTIN', ['a', 'b'], [], true],
    ['ISBITSET', 2, [514], true],
    ['ISBITSET', 2, ['512'], false],
    ['ISBITSET', 0x80000000, [-2147483646], true],
    ['ISBITSET', 3, [2], false],
    ['ISBITSET', 2, [], false],
    ['ISBITSET', 2, ['x'], false],
    ['ISBITNOTSET', 2, [512], true],
    ['ISBITNOTSET', 2, [514], false],
    ['ISBITNOTSET', 2, [], true],
  ])('%s %j holds for %j: %s', (operator, value, actual, expected) => {
    expect(isInScope(operator, value, actual)).toBe(expected)
  })

  it('is a negation of its positive operator for every value, null included', () => {
    const pairs = [['EQUAL', 'NOTEQUAL'], ['CONTAINS', 'NOTCONTAINS'], ['STARTSWITH', 'NOTSTARTSWITH'], ['ENDSWITH', 'NOTENDSWITH'], ['ISIN', 'ISNOTIN'], ['ISBITSET', 'ISBITNOTSET'], ['ISNULL', 'ISNOTNULL']] as const
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean())
    fc.assert(fc.property(fc.constantFrom(...pairs), fc.array(value, { maxLength: 3 }), value, ([positive, negative], actual, wanted) => {
      expect(isInScope(negative, wanted, actual)).toBe(!isInScope(positive, wanted, actual))
    }))
  })

  it('joins clauses by AND and groups by OR, and shows every clause with what it saw', () => {
    const read = (name: string): readonly Value[] => ({ type: ['Guest'], company: ['Fabrikam'] })[name] ?? []
    const groups: ScopeClause[][] = [
      [{ attribute: 'type', operator: 'EQUAL', value: 'Guest' }, { attribute: 'company', operator: 'ISIN', value: ['Contoso', 'Adatum'] }],
      [{ attribute: 'company', operator: 'ISNOTNULL' }],
    ]
    expect(evaluateScope(groups, read)).toEqual({
      isInScope: true,
      groups: [
        [
          { attribute: 'type', operator: 'EQUAL', value: 'Guest', actual: ['Guest'], holds: true },
          { attribute: 'company', operator: 'ISIN', value: 'Contoso, Adatum', actual: ['Fabrikam'], holds: false },
        ],
        [{ attribute: 'company', operator: 'ISNOTNULL', value: null, actual: ['Fabrikam'], holds: true }],
      ],
    })
    expect(evaluateScope(groups.slice(0, 1), read).isInScope).toBe(false)
  })

  it('takes everything in where there is no group', () => {
    expect(evaluateScope([], () => [])).toEqual({ isInScope: true, groups: [] })
  })
})
