import { describe, expect, it } from 'vitest'
import { checkDelegation } from '../../../src/main/kcd/rules/checkDelegation.ts'
import type { DomainFacts, Finding, TrustFacts } from '../../../src/shared/domain/delegation.ts'
import { dn, domain, read, worldWith } from './world.ts'

/** Guests below partners.test, applications below fabrikam.test: forests of several domains, whose trusts stand at their roots. */
const guests = domain({ dnsName: 'guests.partners.test', dn: dn('DC=guests,DC=partners,DC=test'), role: 'accounts' })
const forest = { partner: 'partners.test', direction: 3, trustType: 2, attributes: 0x8, routedSuffixes: read(['partners.test', 'contoso.onmicrosoft.com']) } as const satisfies TrustFacts
const parent = { partner: 'fabrikam.test', direction: 3, trustType: 2, attributes: 0x20, routedSuffixes: read([]) } as const satisfies TrustFacts

function findingsOf(check: number, trusts: readonly TrustFacts[], dnsName = 'fabrikam.test'): readonly Finding[] {
  const applications: DomainFacts = domain({ dnsName, dn: dn(dnsName.split('.').map((label) => `DC=${label}`).join(',')), role: 'resources', trusts: read(trusts) })
  return checkDelegation(worldWith({ domains: [guests, applications] })).findings.filter((finding) => finding.check === check && !finding.message.startsWith('No trust of guests.partners.test'))
}

describe('a trust between forests', () => {
  it('carries to the domains below the root that it names', () => {
    expect(findingsOf(47, [forest]).map(({ state }) => state)).toEqual(['passed'])
  })

  it('does not where it is of the two domains alone', () => {
    expect(findingsOf(47, [{ ...forest, attributes: 0, routedSuffixes: read([]) }])).toMatchObject([{ state: 'failed', message: expect.stringContaining('no trust between') as string }])
  })

  it('does not carry to a name that only ends alike', () => {
    expect(findingsOf(47, [{ ...forest, partner: 's.partners.test' }])).toMatchObject([{ state: 'failed', message: expect.stringContaining('no trust between') as string }])
  })

  it('is looked at for selective authentication by the name of its root too', () => {
    expect(findingsOf(42, [{ ...forest, attributes: 0x18 }])).toMatchObject([{ state: 'warning', message: expect.stringContaining('selective authentication') as string }])
  })

  it('is not to be seen from below the root: that is not checked, and never "no trust"', () => {
    expect(findingsOf(47, [parent], 'sites.fabrikam.test')).toMatchObject([{ state: 'notChecked', message: expect.stringContaining('kept by the root of the forest') as string }])
  })

  it('is missing where the root itself has none', () => {
    expect(findingsOf(47, [{ ...parent, partner: 'sites.fabrikam.test' }])).toMatchObject([{ state: 'failed', message: expect.stringContaining('no trust between') as string }])
  })
})
