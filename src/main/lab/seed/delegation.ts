import type { SeedEntry } from '../directory/seedEntry.ts'
import { distinguishedName } from './distinguishedName.ts'

/** userAccountControl, MS-ADTS 2.2.16. */
const bits = { disabled: 0x2, normalAccount: 0x200, workstation: 0x1000, passwordNeverExpires: 0x10000, unconstrained: 0x80000, desOnly: 0x200000, anyProtocol: 0x1000000 } as const
const aesTypes = 0x18
const rc4Type = 0x4

export type DelegationPlace = { readonly dnsName: string; readonly serversOu: string; readonly serviceAccountsOu: string; readonly domainSid: string }

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
        'msDS-SupportedEncryptionTypes': [String(aesTypes | rc4Type)],
        ...(machine.sites.length === 0 ? {} : { 'msDS-AllowedToDelegateTo': machine.sites.map((name) => `HTTP/${name}.${place.dnsName}`) }),
        ...(machine.name === 'WEB02' ? { 'msDS-AllowedToActOnBehalfOfOtherIdentity': [trustIn(`${place.domainSid}-4711`).toString('base64')] } : {}),
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
      'msDS-SupportedEncryptionTypes': [String(types)],
      ...(names.length === 0 ? {} : { servicePrincipalName: names.map((name) => `${name}.${place.dnsName}`) }),
    },
  }))
}

/** `O:BAD:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;SID)` in octets (MS-DTYP 2.4.6), as administrators' tools write it for resource-based delegation. */
function trustIn(sid: string): Buffer {
  const owner = sidOctets('S-1-5-32-544')
  const trustee = sidOctets(sid)
  const [header, list, entry] = [Buffer.alloc(20), Buffer.alloc(8), Buffer.alloc(8)]
  header.writeUInt16LE(0x01, 0)
  // SE_SELF_RELATIVE and SE_DACL_PRESENT.
  header.writeUInt16LE(0x8004, 2)
  header.writeUInt32LE(header.length, 4)
  header.writeUInt32LE(header.length + owner.length, 16)
  list.writeUInt16LE(0x02, 0)
  list.writeUInt16LE(list.length + entry.length + trustee.length, 2)
  list.writeUInt16LE(1, 4)
  entry.writeUInt16LE(entry.length + trustee.length, 2)
  entry.writeUInt32LE(0x000f01ff, 4)
  return Buffer.concat([header, owner, list, entry, trustee])
}

/** MS-DTYP 2.4.2.2. */
function sidOctets(sid: string): Buffer {
  const [authority = 0, ...parts] = sid.split('-').slice(2).map(Number)
  const octets = Buffer.alloc(8 + parts.length * 4)
  octets.writeUInt8(1, 0)
  octets.writeUInt8(parts.length, 1)
  octets.writeUIntBE(authority, 2, 6)
  for (const [index, part] of parts.entries()) octets.writeUInt32LE(part, 8 + index * 4)
  return octets
}
