import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TrustedName } from '../../src/main/connectors/readinessPorts.ts'
import { explainRouting, routeOf, type Routing } from '../../src/main/readiness/domain/suffixRouting.ts'

const on = (name: string): TrustedName => ({ kind: 'suffix', name, state: 'on' })
const off = (name: string, state: TrustedName['state']): TrustedName => ({ kind: 'suffix', name, state })
const excluded = (name: string, state: TrustedName['state'] = 'on'): TrustedName => ({ kind: 'excluded', name, state })
const domain: TrustedName = { kind: 'domain', name: 'partners.example', netBiosName: 'PARTNERS', sid: null, state: 'on' }

describe('the way of a suffix over a forest trust', () => {
  it.each<readonly [rule: string, suffix: string, names: readonly TrustedName[], expected: Routing]>([
    ['is open by its own name', 'partners.example', [on('partners.example')], { kind: 'routed', by: 'partners.example' }],
    ['is open by a name above it', 'emea.partners.example', [on('partners.example')], { kind: 'routed', by: 'partners.example' }],
    ['is not open by a name below it', 'partners.example', [on('emea.partners.example')], { kind: 'unknown' }],
    ['is not open by a name that only ends alike', 'partners.example', [on('ners.example')], { kind: 'unknown' }],
    ['is not open by the name of a domain, which is no suffix', 'partners.example', [domain], { kind: 'unknown' }],
    ['is closed where nobody has enabled it', 'partners.example', [off('partners.example', 'new')], { kind: 'new', by: 'partners.example' }],
    ['is closed where an administrator has switched it off', 'partners.example', [off('partners.example', 'switchedOff')], { kind: 'switchedOff', by: 'partners.example' }],
    ['is closed by a conflict', 'partners.example', [off('partners.example', 'conflict')], { kind: 'conflict', by: 'partners.example' }],
    ['is open by another record in force', 'emea.partners.example', [off('emea.partners.example', 'switchedOff'), on('partners.example')], { kind: 'routed', by: 'partners.example' }],
    ['is closed by an exclusion below an open suffix', 'emea.partners.example', [on('partners.example'), excluded('emea.partners.example')], { kind: 'excluded', by: 'emea.partners.example' }],
    ['is not closed by an exclusion beside it', 'apac.partners.example', [on('partners.example'), excluded('emea.partners.example')], { kind: 'routed', by: 'partners.example' }],
    ['is not closed by an exclusion that is switched off', 'emea.partners.example', [on('partners.example'), excluded('emea.partners.example', 'switchedOff')], { kind: 'routed', by: 'partners.example' }],
  ])('%s', (_rule, suffix, names, expected) => {
    expect(routeOf(suffix, names)).toEqual(expected)
  })

  it('does not depend on the order of the records, but for which of several is named', () => {
    const name = fc.constantFrom('example', 'partners.example', 'emea.partners.example', 'other.example')
    const record: fc.Arbitrary<TrustedName> = fc.record({ kind: fc.constantFrom('suffix', 'excluded'), name, state: fc.constantFrom('on', 'new', 'switchedOff', 'conflict') })
    fc.assert(fc.property(fc.array(record, { maxLength: 5 }), name, (names, suffix) => {
      const [one, other] = [routeOf(suffix, names).kind, routeOf(suffix, names.toReversed()).kind]
      const isOpen = (kind: Routing['kind']) => kind === 'routed' || kind === 'excluded' || kind === 'unknown'
      expect(isOpen(one) ? one : 'closed').toBe(isOpen(other) ? other : 'closed')
    }))
  })

  it('is explained with what to do about it, each cause in its own words', () => {
    const causes = (['new', 'switchedOff', 'conflict', 'excluded'] as const).map((kind) => explainRouting('a.example', { kind, by: 'example' }, 'contoso.com'))
    const all = [...causes, explainRouting('a.example', { kind: 'unknown' }, 'contoso.com')]
    expect(new Set(all.map(({ why }) => why)).size).toBe(5)
    expect(new Set(all.map(({ remedy }) => remedy)).size).toBe(5)
  })
})
