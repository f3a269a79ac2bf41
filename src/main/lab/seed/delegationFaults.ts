import type { SeedChange, SeedEntry } from '../directory/seedEntry.ts'
import { aesTypes, bits, passwordSetToday, rc4Type } from './delegation.ts'
import type { DelegationPlace } from './delegation.ts'
import { distinguishedName } from './distinguishedName.ts'
import { forestTrust } from './forestTrust.ts'
import { describeTrust } from './trustDescriptor.ts'

/** Beside the connectors and sites of delegation.ts: mistakes that administrators find after years, one an account, which say what they are in their description. */
export function makeFaultyAccounts(place: DelegationPlace): readonly SeedEntry[] {
  return [makeOldConnector(place), makeServiceConnector(place), makeGroupManagedAccount(place), ...sites.map((site) => makeSite(site, place))]
}

type FaultySite = { readonly name: string; readonly fault: string; readonly place?: 'users'; readonly attributes?: (place: DelegationPlace) => SeedEntry['attributes'] }

/** Accounts of sites, named svc-<site>; those without attributes get their fault by `makeEarlierDays`. */
const sites: readonly FaultySite[] = [
  { name: 'orders', fault: 'FILE01 has its service principal name too' },
  { name: 'travel', place: 'users', fault: 'expired, and where the service account of Guestbridge has no rights', attributes: () => ({ accountExpires: ['132223104000000000'] }) },
  { name: 'canteen', fault: 'locked' },
  { name: 'library', fault: 'its password is older than the AES keys of the domain' },
  { name: 'archive', fault: 'its list denies a connector and names a foreign account', attributes: ({ domainSid }) => trustees(`${domainSid}-4712`) },
  { name: 'vault', fault: 'its list of trustees is damaged' },
]

function trustees(gone: string): SeedEntry['attributes'] {
  return { [trust]: [describeTrust([{ kind: 'deny', sid: gone }, { kind: 'allow', sid: 'S-1-5-21-1957994488-1343024091-725345543-1204' }])] }
}

const trust = 'msDS-AllowedToActOnBehalfOfOtherIdentity'

/** In the container of new computers, where the service account of Guestbridge has no rights. */
function makeOldConnector({ dnsName, baseDn, controllerName }: DelegationPlace): SeedEntry {
  return {
    dn: distinguishedName('CN', 'CONNECTOR06', `CN=Computers,${baseDn}`),
    objectClass: 'computer',
    attributes: {
      sAMAccountName: ['CONNECTOR06$'], description: ['Application proxy connector: old, RC4 only, and may delegate to a domain controller'], dNSHostName: [`connector06.${dnsName}`],
      operatingSystem: ['Windows Server 2012 Standard'], operatingSystemVersion: ['6.2 (9200)'], userAccountControl: [String(bits.workstation | bits.anyProtocol)],
      servicePrincipalName: ['HOST/CONNECTOR06', `HOST/connector06.${dnsName}`], 'msDS-SupportedEncryptionTypes': [String(rc4Type)],
      'msDS-AllowedToDelegateTo': [`HTTP/intranet.${dnsName}`, `ldap/${controllerName}`], ...passwordSetToday,
    },
  }
}

/** In the container of new users, as its installer made it. */
function makeServiceConnector({ dnsName, baseDn }: DelegationPlace): SeedEntry {
  return {
    dn: distinguishedName('CN', 'svc-proxy', `CN=Users,${baseDn}`),
    objectClass: 'user',
    attributes: {
      sAMAccountName: ['svc-proxy'], userPrincipalName: [`svc-proxy@${dnsName}`], displayName: ['svc-proxy'], description: ['Reverse proxy: has no service principal name, so that it gets no ticket for others'],
      userAccountControl: [String(bits.normalAccount | bits.passwordNeverExpires | bits.anyProtocol)], 'msDS-SupportedEncryptionTypes': [String(aesTypes)],
      'msDS-AllowedToDelegateTo': [`HTTP/intranet.${dnsName}`], ...passwordSetToday,
    },
  }
}

function makeGroupManagedAccount({ dnsName, serviceAccountsOu }: DelegationPlace): SeedEntry {
  return {
    dn: distinguishedName('CN', 'gmsa-helpdesk', serviceAccountsOu),
    objectClass: 'msDS-GroupManagedServiceAccount',
    attributes: {
      sAMAccountName: ['gmsa-helpdesk$'], description: ['Application pool of the help desk'], dNSHostName: [`helpdesk.${dnsName}`], userAccountControl: [String(bits.workstation)],
      servicePrincipalName: [`HTTP/helpdesk.${dnsName}`], 'msDS-SupportedEncryptionTypes': [String(aesTypes)], 'msDS-ManagedPasswordInterval': ['30'], ...passwordSetToday,
    },
  }
}

function makeSite({ name, fault, attributes, place: container }: FaultySite, place: DelegationPlace): SeedEntry {
  return {
    dn: container === 'users' ? distinguishedName('CN', `svc-${name}`, `CN=Users,${place.baseDn}`) : siteDn(name, place),
    objectClass: 'user',
    attributes: {
      sAMAccountName: [`svc-${name}`], userPrincipalName: [`svc-${name}@${place.dnsName}`], displayName: [`svc-${name}`], description: [`Web site ${name}: ${fault}`],
      userAccountControl: [String(bits.normalAccount | bits.passwordNeverExpires)], 'msDS-SupportedEncryptionTypes': [String(aesTypes)],
      servicePrincipalName: [`HTTP/${name}.${place.dnsName}`], ...passwordSetToday, ...attributes?.(place),
    },
  }
}

function siteDn(name: string, { serviceAccountsOu }: DelegationPlace): string {
  return distinguishedName('CN', `svc-${name}`, serviceAccountsOu)
}

/** Partners of trusts: a forest that asks for "Allowed to authenticate", and a single domain that trusts one way. */
export function makeTrusts({ baseDn }: DelegationPlace): readonly SeedEntry[] {
  return [
    forestTrust({ partner: 'fabrikam.lab', flatName: 'FABRIKAM', direction: 3, attributes: 0x8 | 0x10, suffixes: ['fabrikam.lab', 'fabrikam.com'] }, baseDn),
    forestTrust({ partner: 'adatum.lab', flatName: 'ADATUM', direction: 2, attributes: 0, suffixes: null }, baseDn),
  ]
}

/** Shadow accounts, each of which gets one fault. */
export type GuestAccounts = Readonly<Record<'sensitive' | 'withoutPreAuthentication' | 'protectedUser' | 'privileged' | 'ambiguous', SeedEntry>>

/** What no server would take any more, or does by itself: the rest of the mistakes. */
export function makeEarlierDays(place: DelegationPlace, guestAccounts: GuestAccounts): readonly SeedChange[] {
  const { baseDn, dnsName, serversOu, serviceAccountsOu } = place
  const change = (dn: string, attribute: string, ...values: readonly string[]): SeedChange => ({ dn, attributes: { [attribute]: values } })
  const { sensitive, withoutPreAuthentication, protectedUser, privileged, ambiguous } = guestAccounts
  const file01 = distinguishedName('CN', 'FILE01', serversOu)
  return [
    change(file01, 'servicePrincipalName', 'HOST/FILE01', `HOST/file01.${dnsName}`, `HTTP/orders.${dnsName}`),
    change(siteDn('canteen', place), 'lockoutTime', '132223104000000000'),
    // Until an administrator unlocks.
    change(baseDn, 'lockoutDuration', '0'),
    change(siteDn('library', place), 'pwdLastSet', '128800000000000000'),
    // Since Windows Server 2012 in 2013.
    change(`CN=Read-only Domain Controllers,CN=Users,${baseDn}`, 'whenCreated', '20130601080000.0Z'),
    change(siteDn('vault', place), trust, Buffer.from(describeTrust([{ kind: 'allow', sid: `${place.domainSid}-4713` }]), 'base64').subarray(0, 60).toString('base64')),
    change(distinguishedName('CN', 'svc-print', serviceAccountsOu), 'userPrincipalName', ambiguous.attributes['userPrincipalName']?.[0] ?? ''),
    withControl(sensitive, bits.sensitive),
    withControl(withoutPreAuthentication, bits.noPreAuthentication),
    change(`CN=Protected Users,CN=Users,${baseDn}`, 'member', protectedUser.dn),
    // adminCount follows within the hour (MS-ADTS 3.1.1.6.1).
    change(`CN=Print Operators,CN=Builtin,${baseDn}`, 'member', privileged.dn),
    change(`CN=Windows Authorization Access Group,CN=Builtin,${baseDn}`, 'member', distinguishedName('CN', 'CONNECTOR01', serversOu)),
    // Position 21 is 2: service principal names need not be unique (MS-ADTS 6.1.1.2.4.1.2); positions 10 and 20 count.
    change(`CN=Directory Service,CN=Windows NT,CN=Services,CN=Configuration,${baseDn}`, 'dSHeuristics', '000000000100000000022'),
  ]
}

function withControl({ dn, attributes }: SeedEntry, bit: number): SeedChange {
  return { dn, attributes: { userAccountControl: [String(Number(attributes['userAccountControl']?.[0] ?? bits.normalAccount) | bit)] } }
}

/** More groups than a token carries well: the member of one group is a member of all. */
export function makeProjectGroups(place: DelegationPlace, member: SeedEntry): readonly SeedEntry[] {
  const ou = distinguishedName('OU', 'Projects', place.baseDn)
  const all = distinguishedName('CN', 'All Projects', ou)
  const group = (dn: string, name: string, memberDn: string): SeedEntry => ({ dn, objectClass: 'group', attributes: { sAMAccountName: [name], groupType: [globalSecurityGroup], member: [memberDn] } })
  const projects = Array.from({ length: projectCount }, (_, index) => `Project ${String(index + 1).padStart(3, '0')}`)
  return [{ dn: ou, objectClass: 'organizationalUnit', attributes: {} }, group(all, 'All Projects', member.dn), ...projects.map((name) => group(distinguishedName('CN', name, ou), name, all))]
}

const projectCount = 125
const globalSecurityGroup = '-2147483646'
