import { describe, expect, it } from 'vitest'
import { checkDelegation } from '../../../src/main/kcd/rules/checkDelegation.ts'
import { delegationModeOf } from '../../../src/shared/domain/delegationMode.ts'
import type { DelegationFacts } from '../../../src/shared/domain/delegation.ts'
import { acrossDomains, application, connector, domain, domainSid, owners, proxy, read, secondConnector, sid, site, ticket, trust, worldWith } from './world.ts'

const key = 'http/orders.contoso.test'
const statesOf = (world: DelegationFacts, check: number) => checkDelegation(world).findings.filter((finding) => finding.check === check).map(({ state }) => state)

describe('the level of domain controllers', () => {
  const old = (dnsName: string) => domain({ dnsName, controllerLevel: read(4) })

  it('matters in the domain of the connector and of the service, and in no other', () => {
    const world = acrossDomains({})
    expect(['contoso.test', 'emea.contoso.test', 'fabrikam.test'].map((name) => statesOf({ ...world, domains: [old(name)] }, 14))).toEqual([['failed'], ['failed'], ['passed']])
  })

  it('matters where one application of several depends on it', () => {
    const world = worldWith({ domains: [old('contoso.test')], applications: [application(), application({ id: 'time', spn: 'HTTP/time' })], services: { [key]: owners(site), 'http/time': owners({ ...site, trust: trust({}) }) } })
    expect(statesOf(world, 14)).toEqual(['failed'])
  })
})

describe('whom a service trusts', () => {
  const proxies = sid(`${domainSid}-2001`)

  it('may be a group that the connectors are in, but not one that everybody is in', () => {
    const inGroup = (group: typeof proxies) => worldWith({
      connectors: [connector({ accounts: read([{ ...proxy, tokenGroups: read([group]) }]) }), secondConnector()],
      services: { [key]: owners({ ...site, trust: trust({ sid: group }) }) }, names: { [group]: read({ name: 'CONTOSO\\Group', sid: group }) }
    })
    expect(statesOf(inGroup(proxies), 13)).toEqual(['passed'])
    expect(statesOf(inGroup(sid(`${domainSid}-515`)), 13)).toEqual(['warning'])
  })
})

describe('the right to change delegation', () => {
  const closed = connector({ accounts: read([{ ...proxy, writableAttributes: read([]) }]) })

  it('on the service is enough', () => {
    expect(statesOf(worldWith({ connectors: [closed] }), 43)).toEqual(['passed'])
  })

  it('on a service that nobody owns is none', () => {
    expect(statesOf(worldWith({ connectors: [closed], services: { [key]: owners() } }), 43)).toEqual(['warning'])
  })
})

describe('an application of another proxy', () => {
  it('has no settings of Entra to check', () => {
    const configured = { source: 'configuration', preAuthentication: null } as const
    expect(statesOf(worldWith({ applications: [application({ ...configured, singleSignOnMode: null })] }), 30)).toEqual([])
    expect(statesOf(worldWith({ applications: [application({ ...configured, singleSignOnMode: 'none' })] }), 30)).toEqual(['failed'])
  })
})

describe('a refused proof of one connector', () => {
  it('is not explained by what is wrong with another', () => {
    const refused = ticket({ result: { kind: 'refused', reason: 'notAllowedToDelegate', text: 'KDC can\'t fulfill requested option.', checks: [7], remedy: 'Set the bit.' } })
    const world = worldWith({ connectors: [connector(), secondConnector({ userAccountControl: 0x1000 })], proofs: [refused] })
    expect(statesOf(world, 45)).toEqual(['warning'])
    expect(statesOf({ ...world, proofs: [{ ...refused, connector: 'PROXY02' }] }, 45)).toEqual(['failed'])
  })
})

describe('the mode of delegation', () => {
  it.each([
    ['none', 0x1000, []], ['none', 0x1001000, []], ['kerberosOnly', 0x1000, ['HTTP/a']], ['anyProtocol', 0x1001000, ['HTTP/a']], ['unconstrained', 0x81000, ['HTTP/a']],
  ] as const)('is %s', (mode, control, list) => {
    expect(delegationModeOf(control, list)).toBe(mode)
  })
})
