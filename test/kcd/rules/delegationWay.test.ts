import { describe, expect, it } from 'vitest'
import { askTrust, wayOf } from '../../../src/main/kcd/rules/delegationWay.ts'
import type { PrincipalFacts } from '../../../src/shared/domain/delegation.ts'
import { computerControl, domainSid, proxy, proxyControl, read, sid, site, trust, unread } from './world.ts'

const spn = 'HTTP/orders.contoso.test'
const group = sid(`${domainSid}-515`)
const stranger = sid(`${domainSid}-4711`)
const far: PrincipalFacts = { ...site, domain: 'emea.contoso.test' }
const unlisted: PrincipalFacts = { ...proxy, allowedToDelegateTo: [], userAccountControl: computerControl }

describe('the way on which a connector gets a ticket', () => {
  type Row = readonly [rule: string, connector: PrincipalFacts, service: PrincipalFacts | null, way: string | null]
  const rows: readonly Row[] = [
    ['its list, in one domain', proxy, site, 'classic'],
    ['its list, whatever the case of domain and SPN', { ...proxy, domain: 'CONTOSO.test', allowedToDelegateTo: ['http/Orders.contoso.TEST'] }, site, 'classic'],
    ['its list beside unconstrained delegation', { ...proxy, userAccountControl: proxyControl | 0x80000 }, site, 'classic'],
    ['no list, and no trust', unlisted, site, null],
    ['a list that ends at its domain', proxy, far, null],
    ['the trust of the service', unlisted, { ...far, trust: trust({}) }, 'resourceBased'],
    ['the trust in a group of the connector', unlisted, { ...site, trust: trust({ sid: group }) }, 'resourceBased'],
    ['a trust that a list without any protocol makes useless', { ...proxy, allowedToDelegateTo: ['HTTP/other'], userAccountControl: computerControl }, { ...far, trust: trust({}) }, null],
    ['an SPN that nobody owns', proxy, null, null],
  ]
  it.each(rows)('is decided by %s', (_rule, connector, service, way) => {
    expect(wayOf(connector, spn, service)).toBe(way)
  })
})

describe('the answer of the service\'s descriptor', () => {
  const nameless: PrincipalFacts = { ...unlisted, tokenGroups: unread }
  type Row = readonly [rule: string, connector: PrincipalFacts, trust: PrincipalFacts['trust'], answer: string]
  const rows: readonly Row[] = [
    ['nothing is set', unlisted, read(null), 'absent'],
    ['it was not read', unlisted, unread, 'unknown'],
    ['an entry denies, even behind one that allows', unlisted, trust({}, { kind: 'deny' }), 'denied'],
    ['an entry denies somebody else', unlisted, trust({ kind: 'deny', sid: stranger }, {}), 'allowed'],
    ['an entry denies another right', unlisted, trust({ kind: 'deny', mask: 0x20 }, {}), 'allowed'],
    ['all rights are granted by their generic bit', unlisted, trust({ mask: 0x10000000 }), 'allowed'],
    ['everybody is allowed', nameless, trust({ sid: sid('S-1-5-11') }), 'allowed'],
    ['the connector itself is allowed, its groups unread', nameless, trust({}), 'allowed'],
    ['somebody is allowed who could be a group of the connector, unread', nameless, trust({ sid: stranger }), 'unknown'],
    ['somebody is denied who could be a group of the connector, unread', nameless, trust({}, { kind: 'deny', sid: stranger }), 'unknown'],
    ['nobody is allowed, groups unread', nameless, trust({ kind: 'deny', sid: stranger }), 'absent'],
  ]
  it.each(rows)('where %s', (_rule, connector, trust, answer) => {
    expect(askTrust(connector, { ...site, trust }).kind).toBe(answer)
  })
})
