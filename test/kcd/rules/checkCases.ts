import type { DelegationFacts, PrincipalFacts } from '../../../src/shared/domain/delegation.ts'
import type { CheckCase } from './checkCase.ts'
import { guestCases } from './guestCases.ts'
import { acrossDomains, application, computerControl, connector, controller, controllerAccount, domain, domainSid, guid, owners, proxy, proxyControl, read, secondConnector, sid, site, ticket, trust, unread, worldWith } from './world.ts'

const spn = 'HTTP/orders.contoso.test'
const key = spn.toLowerCase()
const withProxy = (account: Partial<PrincipalFacts>): DelegationFacts => worldWith({ connectors: [connector({ accounts: read([{ ...proxy, ...account }]) })] })
const withSite = (account: Partial<PrincipalFacts>): DelegationFacts => worldWith({ services: { [key]: owners({ ...site, ...account }) } })
const unknownProxy = worldWith({ connectors: [connector({ accounts: unread })] })
const unknownSite = worldWith({ services: { [key]: unread } })
const service = (account: Partial<PrincipalFacts> = {}): PrincipalFacts => ({ ...site, anchor: guid('6'), accountName: 'svc-orders', objectClass: 'user', ...account })
const refusal = { kind: 'refused', reason: 'notAllowedToDelegate', text: 'KDC can\'t fulfill requested option.', checks: [7, 8], remedy: 'Look at the list and the bit.' } as const
const lab = 'https://www.contoso.test/'
const emea = { dnsName: 'emea.contoso.test', role: 'resources' } as const
const stranger = sid(`${domainSid}-4711`)

export const checkCases: readonly CheckCase[] = [
  {
    check: 1, passing: worldWith(), notChecked: unknownProxy, failing: [
      { rule: 'a connector without account', world: worldWith({ connectors: [connector({ accounts: read([]) })] }), state: 'failed', names: /proxy01\.contoso\.test/ },
      { rule: 'a connector that could be two accounts', world: worldWith({ connectors: [connector({ accounts: read([proxy, site]) })] }), state: 'failed', names: /CN=PROXY01.* and CN=WEB01/ },
    ]
  },
  { check: 2, passing: worldWith(), notChecked: unknownProxy, failing: [{ rule: 'a disabled connector', world: withProxy({ userAccountControl: proxyControl | 2 }), state: 'failed', names: /PROXY01\$ is disabled/ }] },
  {
    check: 3, passing: worldWith(), notChecked: worldWith({ connectors: [connector({ status: null, source: 'configuration' })] }), failing: [
      { rule: 'a single active connector', world: worldWith({ connectors: [connector()] }), state: 'warning', names: /Orders has one active connector only \(proxy01/ },
      { rule: 'an inactive connector beside an active one', world: worldWith({ connectors: [connector(), secondConnector({}, { status: 'inactive' })] }), state: 'warning', names: /proxy02\.contoso\.test is inactive\./ },
      { rule: 'inactive connectors only', world: worldWith({ connectors: [connector({ status: 'inactive' })] }), state: 'failed', names: /no other connector of its group is active/ },
      { rule: 'an application that no connector serves', world: worldWith({ applications: [application({ group: 'Far away' })] }), state: 'failed', names: /No connector serves Orders/ },
    ]
  },
  {
    check: 4, passing: worldWith(), notChecked: worldWith({ connectors: [connector(), secondConnector({}, { accounts: unread })] }), failing: [
      {
        rule: 'one of two connectors that works', world: worldWith({ connectors: [connector(), secondConnector({ userAccountControl: computerControl })] }), state: 'failed', names: /now and then: proxy02\.contoso\.test fails check 7; proxy01/,
        intent: { kind: 'makeApplicationWork', application: 'orders', way: 'classic' }
      },
      { rule: 'connectors that fail for different reasons', world: worldWith({ connectors: [connector({ accounts: read([{ ...proxy, allowedToDelegateTo: [] }]) }), secondConnector({ userAccountControl: computerControl })] }), state: 'failed', names: /proxy01\.contoso\.test fails check 8, proxy02\.contoso\.test fails check 7/, intent: { kind: 'makeApplicationWork', application: 'orders', way: 'classic' } },
    ]
  },
  { check: 5, passing: worldWith(), notChecked: withProxy({ operatingSystemVersion: null }), failing: [{ rule: 'Windows Server 2012', world: withProxy({ operatingSystemVersion: '6.2 (9200)' }), state: 'warning', names: /PROXY01\$ .*6\.2/ }] },
  { check: 6, passing: withProxy({ userAccountControl: 0x82000, primaryGroupId: 516 }), notChecked: unknownProxy, failing: [{ rule: 'unconstrained delegation', world: withProxy({ userAccountControl: proxyControl | 0x80000 }), state: 'failed', names: /PROXY01\$ has unconstrained/, intent: { kind: 'endUnconstrained', account: proxy.anchor } }] },
  { check: 7, passing: worldWith(), notChecked: withProxy({ allowedToDelegateTo: [], readFrom: 'globalCatalog' }), failing: [{ rule: 'a list without any protocol', world: withProxy({ userAccountControl: computerControl }), state: 'failed', names: /PROXY01\$ accepts Kerberos only/, intent: { kind: 'useAnyProtocol', account: proxy.anchor } }] },
  {
    check: 8, passing: withProxy({ allowedToDelegateTo: ['http/ORDERS.contoso.test'] }), notChecked: worldWith({ connectors: [connector({ accounts: read([{ ...proxy, allowedToDelegateTo: [] }]) })], services: { [key]: owners({ ...site, trust: unread }) } }), failing: [
      { rule: 'an SPN that is not listed', world: withProxy({ allowedToDelegateTo: ['HTTP/time.contoso.test'] }), state: 'failed', names: /PROXY01\$ may not delegate to HTTP\/orders.*its list has HTTP\/time\.contoso\.test only/, intent: { kind: 'allowService', account: proxy.anchor, spn } },
      { rule: 'an SPN that is not listed, by a connector that would need any protocol first', world: withProxy({ userAccountControl: computerControl, allowedToDelegateTo: [] }), state: 'failed', names: /PROXY01\$ may not delegate to HTTP\/orders.*its list is empty/, intent: { kind: 'makeApplicationWork', application: application().id, way: 'classic' } },
      { rule: 'a malformed SPN, for which nothing is planned', world: worldWith({ applications: [application({ spn: 'https/orders.contoso.test' })], services: { 'https/orders.contoso.test': owners() } }), state: 'failed', names: /https\/orders.*nobody owns the SPN/ },
      { rule: 'a service of another domain without trust', world: acrossDomains({}), state: 'failed', names: /its list is empty, and WEB01\$, which owns the SPN, does not trust it/, intent: { kind: 'trustConnectors', service: site.anchor, connectors: [proxy.sid] } },
    ]
  },
  {
    check: 9, passing: worldWith(), notChecked: withProxy({ allowedToDelegateTo: [spn, 'HTTP/unknown.contoso.test'] }), failing: [
      { rule: 'an entry that nobody owns', world: { ...withProxy({ allowedToDelegateTo: [spn, 'HTTP/old.contoso.test'] }), services: { [key]: owners(site), 'http/old.contoso.test': owners() } }, state: 'warning', names: /PROXY01\$ lists HTTP\/old\.contoso\.test/, intent: { kind: 'disallowService', account: proxy.anchor, spn: 'HTTP/old.contoso.test' } },
    ]
  },
  {
    check: 10, passing: { ...withProxy({ allowedToDelegateTo: [spn, 'cifs/files.contoso.test'] }), services: { [key]: owners(site), 'cifs/files.contoso.test': owners(site) } }, notChecked: withProxy({ allowedToDelegateTo: ['LDAP/dc1.contoso.test'] }), failing: [
      { rule: 'ldap of a domain controller', world: { ...withProxy({ allowedToDelegateTo: ['LDAP/dc1.contoso.test/contoso.test'] }), services: { [key]: owners(site), 'ldap/dc1.contoso.test/contoso.test': owners(controllerAccount) } }, state: 'failed', names: /LDAP\/dc1.* DC1\$/, intent: { kind: 'disallowService', account: proxy.anchor, spn: 'LDAP/dc1.contoso.test/contoso.test' } },
    ]
  },
  { check: 11, passing: acrossDomains({ trust: trust({}) }), notChecked: acrossDomains({ trust: unread }), failing: [{ rule: 'another domain without trust', world: acrossDomains({}), state: 'failed', names: /PROXY01\$ is of contoso\.test, WEB01\$.* of emea\.contoso\.test/, intent: { kind: 'trustConnectors', service: site.anchor, connectors: [proxy.sid] } }] },
  {
    check: 12, passing: acrossDomains({ trust: trust({}) }), notChecked: acrossDomains({ trust: unread }), failing: [
      { rule: 'a descriptor without the connector', world: acrossDomains({ trust: trust({ sid: stranger }) }), state: 'failed', names: /WEB01\$ does not trust PROXY01\$/, intent: { kind: 'trustConnectors', service: site.anchor, connectors: [proxy.sid] } },
      { rule: 'a descriptor that denies a group of the connector', world: acrossDomains({ trust: trust({}, { kind: 'deny', sid: sid(`${domainSid}-515`) }) }), state: 'failed', names: /WEB01\$ refuses PROXY01\$: an entry for .*-515/ },
      { rule: 'an entry without the right that the controller asks for', world: acrossDomains({ trust: trust({ mask: 0x20000 }) }), state: 'failed', names: /does not trust/, intent: { kind: 'trustConnectors', service: site.anchor, connectors: [proxy.sid] } },
      { rule: 'a malformed descriptor, which is not written to', world: acrossDomains({ trust: read({ base64: 'AA==', content: { kind: 'malformed', why: 'it is one byte long' } }) }), state: 'failed', names: /it is one byte long/ },
    ]
  },
  {
    check: 13, passing: withSite({ trust: trust({}) }), notChecked: withSite({ trust: trust({ sid: stranger }) }), failing: [
      { rule: 'a trust in nobody', world: { ...withSite({ trust: trust({}, { sid: stranger }) }), names: { [stranger]: read(null) } }, state: 'warning', names: /WEB01\$ trusts S-1-5-21-1-2-3-4711, which belongs to nobody/, intent: { kind: 'endTrust', service: site.anchor, connectors: [stranger] } },
      { rule: 'a trust in a stranger, which is asked about first', world: { ...withSite({ trust: trust({ sid: stranger }) }), names: { [stranger]: read({ name: 'CONTOSO\\mallory', sid: stranger }) } }, state: 'warning', names: /WEB01\$ trusts CONTOSO\\mallory/ },
      { rule: 'a trust in everybody', world: { ...withSite({ trust: trust({ sid: sid('S-1-5-11') }) }), names: { 'S-1-5-11': read({ name: 'Authenticated Users', sid: sid('S-1-5-11') }) } }, state: 'warning', names: /Authenticated Users/ },
      { rule: 'an entry of an unknown kind', world: withSite({ trust: trust({ kind: 'other' }) }), state: 'warning', names: /of a kind that is not expected/ },
    ]
  },
  { check: 14, passing: worldWith({ domains: [domain({ controllerLevel: read(4) })] }), notChecked: worldWith({ domains: [domain({ controllerLevel: unread })] }), failing: [{ rule: 'resource-based delegation with controllers of 2008 R2', world: { ...withSite({ trust: trust({}) }), domains: [domain({ controllerLevel: read(4) })] }, state: 'failed', names: /contoso\.test is resource-based.*level 4/ }] },
  {
    check: 15, passing: worldWith({ services: { [key]: read([{ by: 'alias', account: site }]) } }), notChecked: unknownSite, failing: [
      { rule: 'an SPN without owner', world: worldWith({ services: { [key]: owners() } }), state: 'failed', names: /Nobody owns HTTP\/orders\.contoso\.test of Orders/ },
      { rule: 'an SPN without owner, on a host that one account serves', world: worldWith({ services: { [key]: owners(), 'http/orders.contoso.test:8080': owners(service({ servicePrincipalNames: ['HTTP/orders.contoso.test:8080'] })) } }), state: 'failed', names: /Nobody owns/, intent: { kind: 'registerService', account: guid('6'), spn } },
    ]
  },
  { check: 16, passing: worldWith({ services: { [key]: read([{ by: 'explicit', account: service() }, { by: 'alias', account: site }]) } }), notChecked: unknownSite, failing: [{ rule: 'two owners', world: worldWith({ services: { [key]: owners(site, service()) } }), state: 'failed', names: /2 accounts own HTTP\/orders\.contoso\.test: WEB01\$ and svc-orders/ }] },
  { check: 17, passing: worldWith(), notChecked: null, failing: [{ rule: 'a scheme', world: worldWith({ applications: [application({ spn: 'https/orders.contoso.test' })] }), state: 'failed', names: /"https\/orders\.contoso\.test", begins with a scheme/ }] },
  { check: 18, passing: worldWith(), notChecked: unknownSite, failing: [{ rule: 'an SPN by the HOST entry only', world: worldWith({ services: { [key]: read([{ by: 'alias', account: site }]) } }), state: 'warning', names: /HOST entry of WEB01\$/ }] },
  { check: 19, passing: worldWith(), notChecked: unknownSite, failing: [{ rule: 'a site that runs as a user, which has to be asked', world: withSite({ objectClass: 'user', accountName: 'svc-orders' }), state: 'warning', names: /svc-orders.*useAppPoolCredentials/ }] },
  {
    check: 20, passing: worldWith(), notChecked: withSite({ computedControl: unread }), failing: [
      { rule: 'a disabled service', world: withSite({ userAccountControl: computerControl | 2 }), state: 'failed', names: /WEB01\$.*is disabled/ },
      { rule: 'an expired and locked service', world: withSite({ accountExpires: '2026-11-23T09:59:59Z', computedControl: read(0x10) }), state: 'failed', names: /is expired and locked/ },
    ]
  },
  {
    check: 21, passing: withSite({ encryptionTypes: null }), notChecked: withSite({ encryptionTypes: null, readFrom: 'globalCatalog' }), failing: [
      { rule: 'RC4 only: keys first, AES then, RC4 stays', world: withSite({ encryptionTypes: 4 }), state: 'failed', names: /WEB01\$ has no AES .*0x4/, intent: { kind: 'allowAes', account: site.anchor } },
    ]
  },
  { check: 22, passing: worldWith(), notChecked: unknownSite, failing: [{ rule: 'DES only', world: withSite({ userAccountControl: computerControl | 0x200000 }), state: 'failed', names: /WEB01\$ is bound to DES/ }] },
  {
    check: 23, passing: worldWith(), notChecked: worldWith({ domains: [domain({ aesSince: unread })] }), failing: [
      { rule: 'a password older than AES', world: withSite({ passwordSetAt: '2019-03-01T08:59:59.5Z' }), state: 'warning', names: /WEB01\$ has probably no AES keys/ },
      { rule: 'a domain without AES', world: worldWith({ domains: [domain({ aesSince: read(null) })] }), state: 'warning', names: /contoso\.test shows no sign of AES/ },
    ]
  },
  { check: 24, passing: worldWith(), notChecked: unknownProxy, failing: [{ rule: 'a connector with RC4 only', world: withProxy({ encryptionTypes: 7 }), state: 'failed', names: /PROXY01\$ has no AES/, intent: { kind: 'allowAes', account: proxy.anchor } }] },
  {
    check: 25, passing: worldWith(), notChecked: worldWith({ applications: [application({ host: unread })] }), failing: [
      { rule: 'a CNAME', world: worldWith({ applications: [application({ host: read({ kind: 'alias', target: 'web01.contoso.test' }) })] }), state: 'warning', names: /orders\.contoso\.test of Orders is an alias \(CNAME\) of web01/ },
      { rule: 'a host that DNS does not know', world: worldWith({ applications: [application({ host: read({ kind: 'unknown', target: null }) })] }), state: 'failed', names: /unknown to the DNS/ },
    ]
  },
  { check: 26, passing: worldWith({ applications: [application({ internalUrl: 'http://someone@Orders.Contoso.Test:8080/a' })] }), notChecked: null, failing: [{ rule: 'another host in the internal address', world: worldWith({ applications: [application({ internalUrl: lab })] }), state: 'warning', names: /https:\/\/www\.contoso\.test\/.*HTTP\/orders/ }] },
  {
    check: 27, passing: worldWith(), notChecked: worldWith({ domains: [domain({ kerberosServers: unread })] }), failing: [
      { rule: 'no Kerberos server in DNS', world: worldWith({ domains: [domain({ kerberosServers: read([]) })] }), state: 'failed', names: /DNS names no Kerberos server of contoso\.test/ },
      { rule: 'a closed port of the only controller', world: worldWith({ domains: [domain({ controllers: [controller({ ports: { kerberos: read('closed'), ldaps: read('open') } })] })] }), state: 'failed', names: /Port 88 \(Kerberos\).* dc1\.contoso\.test/ },
      { rule: 'a closed port of one of two controllers', world: worldWith({ domains: [domain({ controllers: [controller(), controller({ host: 'dc2.contoso.test', ports: { kerberos: read('open'), ldaps: read('closed') } })] })] }), state: 'warning', names: /Port 636 \(LDAPS\).* dc2/ },
    ]
  },
  {
    check: 28, passing: worldWith(), notChecked: worldWith({ domains: [domain({ controllers: [controller({ skew: unread })] })] }), failing: [
      { rule: 'a clock that is six minutes behind', world: worldWith({ domains: [domain({ controllers: [controller({ skew: read(-360) })] })] }), state: 'failed', names: /dc1\.contoso\.test is 360 seconds behind/ },
      { rule: 'a clock that is three minutes ahead', world: worldWith({ domains: [domain({ controllers: [controller({ skew: read(180) })] })] }), state: 'warning', names: /180 seconds ahead/ },
    ]
  },
  {
    check: 29, passing: worldWith({ applications: [application({ mapping: 'onPremisesSAMAccountName', assignedTo: read([]) })] }), notChecked: worldWith({ applications: [application({ mapping: null })] }), failing: [
      { rule: 'a mapping that guests have nothing for', world: worldWith({ applications: [application({ mapping: 'onPremisesSAMAccountName' })] }), state: 'failed', names: /Orders delegates onPremisesSAMAccountName.*Ana Souza/ },
    ]
  },
  {
    check: 30, passing: worldWith(), notChecked: null, failing: [
      { rule: 'another single sign-on', world: worldWith({ applications: [application({ singleSignOnMode: 'none' })] }), state: 'failed', names: /Single sign-on of Orders is none/ },
      { rule: 'no pre-authentication', world: worldWith({ applications: [application({ preAuthentication: 'passthru' })] }), state: 'failed', names: /Pre-authentication of Orders is passthru/ },
    ]
  },
  ...guestCases,
  {
    check: 38, passing: worldWith({ domains: [domain({ preWindows2000Access: read([]), authorizationAccess: read([sid(`${domainSid}-515`)]) })] }), notChecked: worldWith({ domains: [domain({ preWindows2000Access: read([]), authorizationAccess: unread })] }), failing: [
      { rule: 'a connector in neither group', world: worldWith({ domains: [domain({ preWindows2000Access: read([]), authorizationAccess: read([stranger]) })] }), state: 'failed', names: /PROXY0\d\$ may not read the groups of accounts in contoso\.test/ },
    ]
  },
  { check: 42, passing: worldWith(), notChecked: worldWith({ domains: [domain({ trusts: unread })] }), failing: [{ rule: 'a trust with selective authentication', world: worldWith({ domains: [domain({ trusts: read([{ partner: 'EMEA.contoso.test', direction: 3, trustType: 2, attributes: 0x18, routedSuffixes: read([]) }]) }), domain(emea)] }), state: 'warning', names: /contoso\.test with EMEA\.contoso\.test has selective/ }] },
  {
    check: 43, passing: worldWith(), notChecked: withProxy({ writableAttributes: unread }), failing: [
      { rule: 'no right on either account', world: { ...withProxy({ writableAttributes: read(['useraccountcontrol']) }), services: { [key]: owners({ ...site, writableAttributes: read([]) }) } }, state: 'warning', names: /Delegation to Orders cannot be changed.*userAccountControl of PROXY01\$, nor .* of WEB01\$/ },
    ]
  },
  { check: 44, passing: worldWith({ domains: [domain({ directoryHeuristics: read('0000002001000000000200') })] }), notChecked: worldWith({ domains: [domain({ directoryHeuristics: unread })] }), failing: [{ rule: 'SPNs that are not verified', world: worldWith({ domains: [domain({ directoryHeuristics: read('000000000100000000022') })] }), state: 'failed', names: /contoso\.test does not verify that SPNs are unique/ }] },
  {
    check: 45, passing: worldWith(), notChecked: worldWith({ proofs: [] }), failing: [
      { rule: 'a refusal that a failing check explains', world: { ...withProxy({ userAccountControl: computerControl }), proofs: [ticket({ result: refusal })] }, state: 'failed', names: /HTTP\/orders.*Ana Souza to proxy01/ },
      { rule: 'a refusal that no check explains', world: worldWith({ proofs: [ticket({ result: { ...refusal, checks: [] } })] }), state: 'failed', names: /fulfill/ },
      { rule: 'a refusal whose cause is mended since', world: worldWith({ proofs: [ticket({ result: refusal })] }), state: 'warning', names: /Nothing that explains it \(checks 7, 8\) fails now/ },
    ]
  },
  { check: 46, passing: worldWith(), notChecked: unknownProxy, failing: [{ rule: 'a service account without SPN', world: withProxy({ objectClass: 'user', accountName: 'svc-proxy', servicePrincipalNames: [] }), state: 'failed', names: /svc-proxy has no SPN/ }] },
  {
    check: 47, passing: worldWith({ domains: [domain(), domain({ ...emea, trusts: read([{ partner: 'contoso.test', direction: 3, trustType: 2, attributes: 8, routedSuffixes: read(['onmicrosoft.com']) }]) })] }),
    notChecked: worldWith({ domains: [domain(), domain({ ...emea, trusts: unread })] }), failing: [
      { rule: 'no trust', world: worldWith({ domains: [domain(), domain(emea)] }), state: 'failed', names: /no trust between emea\.contoso\.test.* and contoso\.test/ },
      { rule: 'a one-way external trust', world: worldWith({ domains: [domain(), domain({ ...emea, trusts: read([{ partner: 'contoso.test', direction: 2, trustType: 2, attributes: 0, routedSuffixes: read([]) }]) })] }), state: 'failed', names: /one-way \(outbound\) and it is not forest-transitive/ },
      { rule: 'a suffix that is not routed', world: worldWith({ domains: [domain(), domain({ ...emea, trusts: read([{ partner: 'contoso.test', direction: 3, trustType: 2, attributes: 8, routedSuffixes: read(['contoso.test']) }]) })] }), state: 'failed', names: /UPN suffix contoso\.onmicrosoft\.com/ },
    ]
  },
]
