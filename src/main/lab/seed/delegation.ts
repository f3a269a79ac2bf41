import type { SeedEntry } from '../directory/seedEntry.ts'
import { distinguishedName } from './distinguishedName.ts'
import { describeTrust } from './trustDescriptor.ts'

/** userAccountControl, MS-ADTS 2.2.16. */
export const bits = { disabled: 0x2, normalAccount: 0x200, workstation: 0x1000, passwordNeverExpires: 0x10000, unconstrained: 0x80000, sensitive: 0x100000, desOnly: 0x200000, noPreAuthentication: 0x400000, anyProtocol: 0x1000000 } as const
export const aesTypes = 0x18
export const rc4Type = 0x4
/** -1: the moment at which it is written (MS-ADTS 3.1.1.5.3.2). */
export const passwordSetToday = { pwdLastSet: ['-1'] } as const

export type DelegationPlace = { readonly dnsName: string; readonly baseDn: string; readonly controllerName: string; readonly serversOu: string; readonly serviceAccountsOu: string; readonly domainSid: string }

type Connector = { readonly name: string; readonly what: string; readonly control: number; readonly sites: readonly string[] }

/** The computers of the proxy. Only the first can sign guests in to every site. */
const connectors: readonly Connector[] = [
  { name: 'CONNECTOR01', what: 'Application proxy connector', control: bits.workstation | bits.anyProtocol, sites: ['intranet', 'erp', 'wiki'] },
  { name: 'CONNECTOR02', what: 'Application proxy connector: may delegate to a name that nobody has any more, and not to the ERP', control: bits.workstation | bits.anyProtocol, sites: ['intranet', 'wiki', 'retired'] },
  { name: 'CONNECTOR03', what: 'Application proxy connector: Kerberos only', control: bits.workstation, sites: ['intranet', 'erp', 'wiki'] },
  { name: 'CONNECTOR04', what: 'Application proxy connector: unconstrained delegation', control: bits.workstation | bits.unconstrained, sites: [] },
  { name: 'CONNECTOR05', what: 'Application proxy connector: disabled', control: bits.workstation | bits.disabled | bits.anyProtocol, sites: ['intranet', 'erp', 'wiki'] },
]

/** Connectors, two web servers and a file server. WEB02 trusts a connector that is gone: its SID can be resolved no more. */
export function makeServers(place: DelegationPlace): readonly SeedEntry[] {
  const machines = ['WEB01', 'WEB02', 'FILE01'].map((name) => ({ name, what: 'Server', control: bits.workstation as number, sites: [] }))
  return [...connectors, ...machines].map((machine) => {
    const site = { WEB01: 'intranet', WEB02: 'wiki' }[machine.name]
    const host = `${machine.name.toLowerCase()}.${place.dnsName}`
    const names = [`HOST/${machine.name}`, `HOST/${host}`, ...(site === undefined ? [] : [`HTTP/${site}.${place.dnsName}`])]
    return {
      dn: distinguishedName('CN', machine.name, place.serversOu),
      objectClass: 'computer',
      attributes: {
        sAMAccountName: [`${machine.name}$`],
        description: [machine.what],
        dNSHostName: [host],
        operatingSystem: ['Windows Server 2025 Standard'],
        operatingSystemVersion: ['10.0 (26100)'],
        servicePrincipalName: names,
        userAccountControl: [String(machine.control)],
        ...passwordSetToday,
        'msDS-SupportedEncryptionTypes': [String(aesTypes | rc4Type)],
        ...(machine.sites.length === 0 ? {} : { 'msDS-AllowedToDelegateTo': machine.sites.map((name) => `HTTP/${name}.${place.dnsName}`) }),
        ...(machine.name === 'WEB02' ? { 'msDS-AllowedToActOnBehalfOfOtherIdentity': [describeTrust([{ kind: 'allow', sid: `${place.domainSid}-4711` }])] } : {}),
      },
    }
  })
}

/** Accounts of application pools, by the name of their site. Those with a `fault` issue no usable ticket. */
const webAccounts = [
  { site: 'erp', control: 0, types: aesTypes, names: ['HTTP/erp'], fault: null },
  { site: 'crm', control: bits.disabled, types: aesTypes, names: ['HTTP/crm'], fault: 'disabled' },
  { site: 'portal', control: 0, types: aesTypes, names: [], fault: 'no service principal name' },
  { site: 'legacy', control: 0, types: rc4Type, names: ['HTTP/legacy'], fault: 'RC4 only' },
  { site: 'kiosk', control: bits.desOnly, types: aesTypes, names: ['HTTP/kiosk'], fault: 'DES only' },
  { site: 'reports', control: 0, types: aesTypes, names: ['https/reports'], fault: 'a service class that no browser asks for' },
] as const

export function makeWebAccounts(place: DelegationPlace): readonly SeedEntry[] {
  return webAccounts.map(({ site, control, types, names, fault }) => ({
    dn: distinguishedName('CN', `svc-${site}`, place.serviceAccountsOu),
    objectClass: 'user',
    attributes: {
      sAMAccountName: [`svc-${site}`],
      userPrincipalName: [`svc-${site}@${place.dnsName}`],
      displayName: [`svc-${site}`],
      description: [`Application pool of the web site ${site}${fault === null ? '' : `: ${fault}`}`],
      userAccountControl: [String(bits.normalAccount | bits.passwordNeverExpires | control)],
      ...passwordSetToday,
      'msDS-SupportedEncryptionTypes': [String(types)],
      ...(names.length === 0 ? {} : { servicePrincipalName: names.map((name) => `${name}.${place.dnsName}`) }),
    },
  }))
}
