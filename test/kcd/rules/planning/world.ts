import { encodeBase64 } from '../../../../src/shared/domain/base64.ts'
import type { ApplicationFacts, ConnectorFacts, DelegationFacts, DomainFacts, PrincipalFacts, Reading, SpnOwner } from '../../../../src/shared/domain/delegation.ts'
import { parseDn } from '../../../../src/shared/domain/dn.ts'
import { parseObjectGuid, parseSid, type Dn, type ObjectGuid, type Sid } from '../../../../src/shared/domain/ids.ts'
import { readTrust, withTrustees } from '../../../../src/shared/domain/resourceTrust.ts'

// Small worlds of connectors and services. Accounts have numbers, which their anchors and SIDs are made of.

export const domainSid = sid('S-1-5-21-1-2-3')
const otherDomainSid = sid('S-1-5-21-7-8-9')

export function sid(text: string): Sid {
  const parsed = parseSid(text)
  if (!parsed.ok) throw new Error(`No SID: ${text}`)
  return parsed.value
}

export function guid(number: number): ObjectGuid {
  const parsed = parseObjectGuid(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`)
  if (!parsed.ok) throw new Error('No GUID')
  return parsed.value
}

export function dn(text: string): Dn {
  const parsed = parseDn(text)
  if (!parsed.ok) throw new Error(`No DN: ${text}`)
  return parsed.value
}

export const domain = 'contoso.test'
export const otherDomain = 'resources.test'

export function account(number: number, accountName: string, values: Partial<PrincipalFacts> = {}): PrincipalFacts {
  const isElsewhere = values.domain === otherDomain
  return {
    anchor: guid(number), dn: dn(`CN=${accountName.replace('$', '')},DC=contoso,DC=test`), sid: sid(`${isElsewhere ? otherDomainSid : domainSid}-${1000 + number}`), domain,
    objectClass: accountName.endsWith('$') ? 'computer' : 'user', accountName, userPrincipalName: null, dnsHostName: null, displayName: null,
    userAccountControl: accountName.endsWith('$') ? 0x1000 : 0x200, computedControl: { kind: 'read', value: 0 }, accountExpires: null, passwordSetAt: null,
    encryptionTypes: 0x1c, operatingSystemVersion: null, primaryGroupId: null, adminCount: null, servicePrincipalNames: [], allowedToDelegateTo: [],
    trust: { kind: 'read', value: null }, tokenGroups: { kind: 'read', value: [] }, writableAttributes: { kind: 'read', value: [] }, ...values,
  }
}

export function connector(found: PrincipalFacts | readonly PrincipalFacts[], values: Partial<ConnectorFacts> = {}): ConnectorFacts {
  const accounts = [found].flat()
  return { name: accounts[0]?.accountName.replace('$', '') ?? 'LOST', group: null, source: 'configuration', status: null, accounts: { kind: 'read', value: accounts }, ...values }
}

export function application(name: string, spn: string, values: Partial<ApplicationFacts> = {}): ApplicationFacts {
  return {
    id: name, name, source: 'configuration', spn, group: null, internalUrl: null, mapping: null, singleSignOnMode: null, preAuthentication: null,
    assignedTo: { kind: 'read', value: null }, host: { kind: 'read', value: { kind: 'address', target: null } }, ...values,
  }
}

type World = { readonly connectors?: readonly ConnectorFacts[]; readonly applications?: readonly ApplicationFacts[]; readonly owners?: Readonly<Record<string, readonly PrincipalFacts[]>>; readonly aliases?: Readonly<Record<string, readonly PrincipalFacts[]>>; readonly controllerLevel?: number }

export function facts({ connectors = [], applications = [], owners = {}, aliases = {}, controllerLevel = 7 }: World): DelegationFacts {
  const owner = (by: SpnOwner['by']) => (found: PrincipalFacts): SpnOwner => ({ by, account: found })
  const services: Record<string, Reading<readonly SpnOwner[]>> = {}
  for (const spn of new Set([...Object.keys(owners), ...Object.keys(aliases)])) {
    services[spn.toLowerCase()] = { kind: 'read', value: [...(owners[spn] ?? []).map(owner('explicit')), ...(aliases[spn] ?? []).map(owner('alias'))] }
  }
  return { readAt: '2026-03-01T08:00:00.000Z', domains: [domainFacts(controllerLevel)], connectors, applications, guests: [], services, names: {}, proofs: [] }
}

function domainFacts(controllerLevel: number): DomainFacts {
  const none = { kind: 'notRead', why: 'it does not matter here' } as const
  return {
    dnsName: domain, dn: dn('DC=contoso,DC=test'), sid: domainSid, role: 'both', controllers: [], controllerLevel: { kind: 'read', value: controllerLevel }, kerberosServers: none,
    directoryHeuristics: none, aesSince: none, preWindows2000Access: none, authorizationAccess: none, trusts: none, userPrincipalNameSuffixes: none,
  }
}

export const anyProtocol = 0x1000000
export const unconstrained = 0x80000

export function descriptorFor(...sids: readonly Sid[]): string {
  const made = withTrustees(null, sids, [])
  if (!made.ok || made.value === null) throw new Error('No descriptor')
  return encodeBase64(made.value)
}

export function trustOf(base64: string): PrincipalFacts['trust'] {
  return { kind: 'read', value: readTrust(Uint8Array.from(Buffer.from(base64, 'base64'))) }
}
