import type { Input } from '../../../../shared/api/contract.ts'

export type Clause = Input<'metaverse.search'>['clauses'][number]
export type Operator = Clause['operator']

export const operators: readonly Operator[] = ['equals', 'startsWith', 'contains', 'isPresent', 'isMissing']

export function needsValue(operator: Operator): boolean {
  return operator !== 'isPresent' && operator !== 'isMissing'
}

/** One line each, "company equals Fabrikam": an attribute's name has no blank, a value may have any. */
export function writeClauses(clauses: readonly Clause[]): string {
  return clauses.map(({ attribute, operator, value }) => `${attribute} ${operator}${value === null ? '' : ` ${value}`}`).join('\n')
}

/** An address is written by anybody: lines that are no condition are left out. */
export function readClauses(text: string): readonly Clause[] {
  return text.split('\n').flatMap((line): readonly Clause[] => {
    const [, attribute, word, value] = /^(\S+) (\S+)(?: (.+))?$/.exec(line) ?? []
    const operator = operators.find((known) => known === word)
    if (attribute === undefined || operator === undefined) return []
    if (!needsValue(operator)) return [{ attribute, operator, value: null }]
    return value === undefined ? [] : [{ attribute, operator, value }]
  })
}
