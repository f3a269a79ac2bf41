import type { ApplicationFacts, ConnectorFacts, ControllerFacts, DelegationFacts, DomainFacts, GuestFacts, PrincipalFacts, ProofOutcome, Reading, ResourceTrust, SpnOwner, TrustEntry } from '../../../src/shared/domain/delegation.ts'
import { parseDn } from '../../../src/shared/domain/dn.ts'
import type { Dn, ObjectGuid, Sid } from '../../../src/shared/domain/ids.ts'
import { parseObjectGuid, parseSid } from '../../../src/shared/domain/ids.ts'

/** A small world in which every check passes that can, and ways to make one thing wrong in it. */

export const unread = { kind: 'notRead', why: 'there is no right to read it' } as const
export const read = <Value>(value: Value): Reading<Value> => ({ kind: 'read', value })
export const sid = (text: string): Sid => unwrap(parseSid(text))
export const dn = (text: string): Dn => unwrap(parseDn(text))
export const guid = (digit: string): ObjectGuid => unwrap(parseObjectGuid(`00000000-0000-4000-8000-${digit.padStart(12, '0')}`))
export const domainSid = 'S-1-5-21-1-2-3'

/** Enabled computer (0x1000), and with any protocol. */
export const computerControl = 0x1000
export const proxyControl = 0x1001000

export const proxy = principal({
  anchor: guid('1'), accountName: 'PROXY01$', dn: dn('CN=PROXY01,OU=Servers,DC=contoso,DC=test'), sid: sid(`${domainSid}-1101`), dnsHostName: 'proxy01.contoso.test',
  userAccountControl: proxyControl, allowedToDelegateTo: ['HTTP/orders.contoso.test'], servicePrincipalNames: ['HOST/proxy01.contoso.test']
})
export const site = principal({
  anchor: guid('2'), accountName: 'WEB01$', dn: dn('CN=WEB01,OU=Servers,DC=contoso,DC=test'), sid: sid(`${domainSid}-1102`), dnsHostName: 'web01.contoso.test',
  servicePrincipalNames: ['HTTP/orders.contoso.test', 'HOST/web01.contoso.test']
})
export const controllerAccount = principal({ anchor: guid('3'), accountName: 'DC1$', dn: dn('CN=DC1,OU=Domain Controllers,DC=contoso,DC=test'), sid: sid(`${domainSid}-1000`), userAccountControl: 0x82000, primaryGroupId: 516 })
export const shadow = principal({
  anchor: guid('4'), accountName: '3f2504e0-4f89-41d3-9', dn: dn('CN=ana,OU=AAD Guest Users,DC=contoso,DC=test'), sid: sid(`${domainSid}-1201`), objectClass: 'user',
  userPrincipalName: 'ana_fabrikam.test#EXT#@contoso.onmicrosoft.com', userAccountControl: 262_656, operatingSystemVersion: null, primaryGroupId: 513
})

export function principal(overrides: Partial<PrincipalFacts>): PrincipalFacts {
  return {
    anchor: guid('9'), dn: dn('CN=X,DC=contoso,DC=test'), sid: sid(`${domainSid}-1999`), domain: 'contoso.test', objectClass: 'computer', accountName: 'X$', userPrincipalName: null, dnsHostName: null, displayName: null,
    userAccountControl: computerControl, computedControl: read(0), accountExpires: null, passwordSetAt: '2026-01-10T08:00:00Z', encryptionTypes: 0x18, operatingSystemVersion: '10.0 (20348)', primaryGroupId: 515, adminCount: null,
    servicePrincipalNames: [], allowedToDelegateTo: [], trust: read(null), tokenGroups: read([sid(`${domainSid}-515`)]),
    writableAttributes: read(['msds-allowedtodelegateto', 'useraccountcontrol', 'msds-allowedtoactonbehalfofotheridentity']), ...overrides
  }
}

export function connector(overrides: Partial<ConnectorFacts> = {}): ConnectorFacts {
  return { name: 'proxy01.contoso.test', group: 'Default', source: 'entra', status: 'active', accounts: read([proxy]), ...overrides }
}

/** A second connector of the same group, with an account of its own. */
export function secondConnector(account: Partial<PrincipalFacts> = {}, overrides: Partial<ConnectorFacts> = {}): ConnectorFacts {
  const second = { ...proxy, anchor: guid('5'), accountName: 'PROXY02$', dn: dn('CN=PROXY02,OU=Servers,DC=contoso,DC=test'), sid: sid(`${domainSid}-1103`), dnsHostName: 'proxy02.contoso.test', ...account }
  return connector({ name: 'proxy02.contoso.test', accounts: read([second]), ...overrides })
}

export function application(overrides: Partial<ApplicationFacts> = {}): ApplicationFacts {
  return {
    id: 'orders', name: 'Orders', source: 'entra', spn: 'HTTP/orders.contoso.test', group: 'Default', internalUrl: 'https://orders.contoso.test/', mapping: 'userPrincipalName', singleSignOnMode: 'onPremisesKerberos',
    preAuthentication: 'aadPreAuthentication', assignedTo: read(null), host: read({ kind: 'address', target: '192.0.2.7' }), ...overrides
  }
}

export function guest(overrides: Partial<GuestFacts> = {}): GuestFacts {
  return {
    entraId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', displayName: 'Ana Souza', userPrincipalName: 'ana_fabrikam.test#EXT#@contoso.onmicrosoft.com', mail: 'ana@fabrikam.test', onPremisesUserPrincipalName: null, onPremisesAccountName: null,
    isEnabled: true, externalUserState: 'Accepted', isSynchronised: null, account: read(shadow), found: { userPrincipalName: read([shadow]), userPrincipalUsername: read([]) }, ...overrides
  }
}

export function domain(overrides: Partial<DomainFacts> = {}): DomainFacts {
  return {
    dnsName: 'contoso.test', dn: dn('DC=contoso,DC=test'), sid: sid(domainSid), role: 'both', controllers: [controller()], controllerLevel: read(7), kerberosServers: read(['dc1.contoso.test']), directoryHeuristics: read(null),
    aesSince: read('2019-03-01T09:00:00Z'), preWindows2000Access: read([sid('S-1-5-11')]), authorizationAccess: read([]), trusts: read([]), userPrincipalNameSuffixes: read(['contoso.onmicrosoft.com']), ...overrides
  }
}

export function controller(overrides: Partial<ControllerFacts> = {}): ControllerFacts {
  return { host: 'dc1.contoso.test', skew: read(1), ports: { kerberos: read('open'), ldaps: read('open') }, ...overrides }
}

export function owners(...accounts: readonly PrincipalFacts[]): Reading<readonly SpnOwner[]> {
  return read(accounts.map((account) => ({ by: 'explicit', account })))
}

export function trust(...entries: readonly Partial<TrustEntry>[]): Reading<ResourceTrust> {
  return read({ base64: '', content: { kind: 'descriptor', entries: entries.map((entry) => ({ kind: 'allow', sid: proxy.sid, mask: 0xf01ff, ...entry })) } })
}

export function ticket(overrides: Partial<ProofOutcome> = {}): ProofOutcome {
  return {
    application: 'orders', guest: guest().entraId, connector: 'proxy01.contoso.test', at: '2026-11-23T09:57:00Z', controller: 'dc1.contoso.test',
    result: { kind: 'ticket', principal: shadow.userPrincipalName ?? '', service: 'HTTP/orders.contoso.test', encryptionType: 'aes256-cts-hmac-sha1-96', startsAt: null, endsAt: null, site: null }, ...overrides
  }
}

export function worldWith(overrides: Partial<DelegationFacts> = {}): DelegationFacts {
  return {
    readAt: '2026-11-23T10:00:00Z', domains: [domain()], connectors: [connector(), secondConnector()], applications: [application()], guests: [guest()],
    services: { 'http/orders.contoso.test': owners(site) }, names: {}, proofs: [ticket()], ...overrides
  }
}

/** Applications and connectors of two domains: the connector in contoso.test, the site in emea.contoso.test. */
export function acrossDomains(overrides: Partial<PrincipalFacts>): DelegationFacts {
  const far = { ...site, domain: 'emea.contoso.test', dn: dn('CN=WEB01,DC=emea,DC=contoso,DC=test'), ...overrides }
  return worldWith({ connectors: [connector({ accounts: read([{ ...proxy, allowedToDelegateTo: [], userAccountControl: computerControl }]) })], services: { 'http/orders.contoso.test': owners(far) } })
}

function unwrap<Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false }): Value {
  if (!result.ok) throw new Error('The test world is not well-formed')
  return result.value
}
