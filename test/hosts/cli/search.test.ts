import { describe, expect, it } from 'vitest'
import { parseClause } from '../../../src/main/hosts/cli/commands/search.ts'

describe('a condition of a search', () => {
  it.each([
    ['sn=Souza', { attribute: 'sn', operator: 'equals', value: 'Souza' }],
    ['sn^=Sou', { attribute: 'sn', operator: 'startsWith', value: 'Sou' }],
    ['mail*=@fabrikam', { attribute: 'mail', operator: 'contains', value: '@fabrikam' }],
    ['mail?', { attribute: 'mail', operator: 'isPresent', value: null }],
    ['mail!', { attribute: 'mail', operator: 'isMissing', value: null }],
    ['displayName=a=b', { attribute: 'displayName', operator: 'equals', value: 'a=b' }],
    ['displayName=', { attribute: 'displayName', operator: 'equals', value: '' }],
  ])('is read from %s', (text, clause) => {
    expect(parseClause(text)).toEqual({ ok: true, value: clause })
  })

  it.each(['Souza', '=Souza', '', 'sn~Souza', '2sn=x', 'mail?x'])('is not %j', (text) => {
    expect(parseClause(text)).toMatchObject({ ok: false, problem: { kind: 'usage' } })
  })
})
