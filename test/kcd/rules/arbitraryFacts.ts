import fc from 'fast-check'
import type { ApplicationFacts, ConnectorFacts, DelegationFacts, DomainFacts, GuestFacts, PrincipalFacts, ProofOutcome, Reading, ResourceTrust, TrustEntry } from '../../../src/shared/domain/delegation.ts'
import { loginMappings } from '../../../src/shared/domain/delegation.ts'
import { dn, domainSid, guid, sid } from './world.ts'

/** Facts of any kind, out of few names and ids, so that parts often refer to each other. */

const reading = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Reading<Value>> =>
  fc.oneof({ weight: 4, arbitrary: value.map((value) => ({ kind: 'read' as const, value })) }, { weight: 1, arbitrary: fc.constant({ kind: 'notRead' as const, why: 'the server did not answer' }) })
const text = fc.oneof(fc.constantFrom('', 'a', '__proto__', 'constructor', 'toString'), fc.string({ maxLength: 12, unit: 'grapheme' }))
const optional = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value)
const spns = ['HTTP/orders.contoso.test', 'http/ORDERS.contoso.test', 'https/orders', 'ldap/dc1.contoso.test', 'cifs/a b', '__proto__', 'constructor', '']
const spn = fc.oneof(fc.constantFrom(...spns), text)
const sids = ['S-1-1-0', 'S-1-5-11', ...['512', '515', '525', '1101', '4711'].map((rid) => `${domainSid}-${rid}`)].map(sid)
const anySid = fc.constantFrom(...sids)
const anyGuid = fc.constantFrom('1', '2', '3').map(guid)
const domainName = fc.constantFrom('contoso.test', 'EMEA.contoso.test', 'fabrikam.test')
const instant = fc.oneof(fc.constantFrom('2026-11-23T10:00:00Z', '2019-03-01T09:00:00Z', 'never'), text)
const bits = fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.constantFrom(0, 2, 0x1000, 0x1001000, 0x82000, 262_656))

const trustEntry: fc.Arbitrary<TrustEntry> = fc.record({ kind: fc.constantFrom('allow', 'deny', 'other'), sid: optional(anySid), mask: bits })
const trust: fc.Arbitrary<ResourceTrust> = fc.record({
  base64: text, content: fc.oneof(fc.array(trustEntry, { maxLength: 3 }).map((entries) => ({ kind: 'descriptor' as const, entries })), text.map((why) => ({ kind: 'malformed' as const, why })))
})
const principal: fc.Arbitrary<PrincipalFacts> = fc.record({
  anchor: anyGuid, dn: fc.constantFrom('CN=A,DC=contoso,DC=test', 'CN=B,DC=contoso,DC=test').map(dn), sid: anySid, domain: domainName,
  objectClass: fc.constantFrom('user', 'computer', 'managedServiceAccount', 'groupManagedServiceAccount'), accountName: text, userPrincipalName: optional(text), dnsHostName: optional(text), displayName: optional(text),
  userAccountControl: bits, computedControl: reading(bits), accountExpires: optional(instant), passwordSetAt: optional(instant), encryptionTypes: optional(bits), operatingSystemVersion: optional(fc.oneof(text, fc.constant('6.3 (9600)'))),
  primaryGroupId: optional(fc.constantFrom(513, 515, 516, 521)), adminCount: optional(fc.integer({ min: 0, max: 1 })), servicePrincipalNames: fc.array(spn, { maxLength: 3 }), allowedToDelegateTo: fc.array(spn, { maxLength: 3 }),
  trust: reading(optional(trust)), tokenGroups: reading(fc.array(anySid, { maxLength: 4 })), writableAttributes: reading(fc.array(text, { maxLength: 3 }))
})
const account = fc.oneof(principal, principal.map((known) => ({ ...known, readFrom: 'globalCatalog' as const })))
const connector: fc.Arbitrary<ConnectorFacts> = fc.record({
  name: fc.constantFrom('proxy01', 'proxy02', '__proto__'), group: optional(fc.constantFrom('Default', 'Other')), source: fc.constantFrom('configuration', 'entra'), status: fc.constantFrom('active', 'inactive', null), accounts: reading(fc.array(account, { maxLength: 2 }))
})
const application: fc.Arbitrary<ApplicationFacts> = fc.record({
  id: fc.constantFrom('orders', 'time', '__proto__'), name: text, source: fc.constantFrom('configuration', 'entra'), spn, group: optional(fc.constantFrom('Default', 'Other')), internalUrl: optional(text), mapping: fc.constantFrom(...loginMappings, null),
  singleSignOnMode: optional(text), preAuthentication: optional(text), assignedTo: reading(optional(fc.array(fc.constantFrom('ana', 'bo'), { maxLength: 2 }))),
  host: reading(fc.record({ kind: fc.constantFrom('address', 'alias', 'unknown'), target: optional(text) }))
})
const guest: fc.Arbitrary<GuestFacts> = fc.record({
  entraId: fc.constantFrom('ana', 'bo', '__proto__'), displayName: optional(text), userPrincipalName: text, mail: optional(text), onPremisesUserPrincipalName: optional(text), onPremisesAccountName: optional(text), isEnabled: optional(fc.boolean()),
  externalUserState: optional(fc.constantFrom('Accepted', 'PendingAcceptance')), isSynchronised: optional(fc.boolean()), account: reading(optional(account)),
  found: fc.record(Object.fromEntries(loginMappings.map((mapping) => [mapping, reading(fc.array(account, { maxLength: 2 }))])), { requiredKeys: [] })
})
const domain: fc.Arbitrary<DomainFacts> = fc.record({
  dnsName: domainName, dn: fc.constant(dn('DC=contoso,DC=test')), sid: anySid, role: fc.constantFrom('accounts', 'resources', 'both'), controllerLevel: reading(fc.integer({ min: 0, max: 10 })), kerberosServers: reading(fc.array(text, { maxLength: 2 })),
  controllers: fc.array(fc.record({ host: text, skew: reading(fc.double({ noNaN: true })), ports: fc.record({ kerberos: reading(fc.constantFrom('open', 'closed')), ldaps: reading(fc.constantFrom('open', 'closed')) }) }), { maxLength: 3 }),
  directoryHeuristics: reading(optional(text)), aesSince: reading(optional(instant)), preWindows2000Access: reading(fc.array(anySid, { maxLength: 2 })), authorizationAccess: reading(fc.array(anySid, { maxLength: 2 })),
  trusts: reading(fc.array(fc.record({ partner: domainName, direction: fc.integer({ min: 0, max: 3 }), trustType: fc.integer({ min: 1, max: 4 }), attributes: bits, routedSuffixes: reading(fc.array(text, { maxLength: 2 })) }), { maxLength: 2 })),
  userPrincipalNameSuffixes: reading(fc.array(text, { maxLength: 2 }))
})
const proof: fc.Arbitrary<ProofOutcome> = fc.record({
  application: fc.constantFrom('orders', 'time', 'gone'), guest: fc.constantFrom('ana', 'bo', 'gone'), connector: optional(fc.constantFrom('proxy01', 'PROXY02$', 'gone')), at: instant, controller: optional(text),
  result: fc.oneof(
    fc.record({ kind: fc.constant('ticket' as const), principal: text, service: text, encryptionType: text, startsAt: fc.constant(null), endsAt: fc.constant(null), site: fc.constant(null) }),
    fc.record({ kind: fc.constant('refused' as const), reason: fc.constant('other' as const), text, checks: fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 3 }), remedy: text }),
    fc.record({ kind: fc.constant('notProven' as const), why: text, remedy: text }),
  )
})

export const arbitraryFacts: fc.Arbitrary<DelegationFacts> = fc.record({
  readAt: instant, domains: fc.array(domain, { maxLength: 3 }), connectors: fc.array(connector, { maxLength: 3 }), applications: fc.array(application, { maxLength: 3 }), guests: fc.array(guest, { maxLength: 3 }),
  services: fc.dictionary(spn.map((name) => name.toLowerCase()), reading(fc.array(fc.record({ by: fc.constantFrom('explicit', 'alias'), account }), { maxLength: 2 })), { maxKeys: 4 }),
  names: fc.dictionary(anySid, reading(optional(fc.record({ name: text, sid: anySid }))), { maxKeys: 4 }), proofs: fc.array(proof, { maxLength: 3 })
})
