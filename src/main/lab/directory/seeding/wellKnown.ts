import { formatDescriptor } from '../access/descriptor/descriptorOctets.ts'
import { parseSddl } from '../access/descriptor/sddl.ts'
import { domainNamesOf } from '../directory.ts'
import type { DirectoryDomain } from '../directoryDomain.ts'
import { hostOf } from '../directoryDomain.ts'
import { formatDn } from '../names/dnOfLab.ts'
import type { SeedEntry } from '../seedEntry.ts'
import { newGuid } from '../write/defaults.ts'

/** What a domain of Windows Server has from its first day, as far as clients of this directory look at it (MS-ADTS 6.1.1). Parents first. */
export function wellKnownEntries(domain: DirectoryDomain): readonly SeedEntry[] {
  const base = formatDn(domainNamesOf(domain.dnsName))
  return [...containers(base, domain.sid), ...groups(base, domain.sid), ...accounts(base, domain), ...configuration(base, domain)]
}

function containers(base: string, sid: string): readonly SeedEntry[] {
  const describe = (sddl: string) => formatDescriptor(parseSddl(sddl, sid)).toString('base64')
  const critical = { isCriticalSystemObject: ['TRUE'] }
  const container = (name: string, description: string): SeedEntry => ({ dn: `CN=${name},${base}`, objectClass: 'container', attributes: { description: [description], ...critical } })
  return [
    container('Users', 'Default container for upgraded user accounts'),
    container('Computers', 'Default container for upgraded computer accounts'),
    { dn: `OU=Domain Controllers,${base}`, objectClass: 'organizationalUnit', attributes: { description: ['Default container for domain controllers'], ...critical } },
    container('System', 'Builtin system settings'),
    { dn: `CN=AdminSDHolder,CN=System,${base}`, objectClass: 'container', attributes: { nTSecurityDescriptor: [describe(adminSdHolder)], ...critical } },
    { dn: `CN=LostAndFound,${base}`, objectClass: 'lostAndFound', attributes: { description: ['Default container for orphaned objects'], ...critical } },
    container('ForeignSecurityPrincipals', 'Default container for security identifiers (SIDs) associated with objects from external, trusted domains'),
    container('Program Data', 'Default location for storage of application data.'),
    container('Managed Service Accounts', 'Default container for managed service accounts'),
    {
      dn: `CN=Deleted Objects,${base}`,
      objectClass: 'container',
      attributes: { description: ['Default container for deleted objects'], isDeleted: ['TRUE'], nTSecurityDescriptor: [describe(deletedObjects)], ...critical },
    },
    { dn: `CN=Builtin,${base}`, objectClass: 'builtinDomain', attributes: critical },
  ]
}

/** What protected accounts and groups get (MS-ADTS 6.1.1.4.8 and 3.1.1.6.1): nothing from above, and nothing for delegated accounts. */
const adminSdHolder = [
  'O:DAG:DAD:PAI(A;;RPLCLORC;;;AU)(A;;RPWPCRCCDCLCLORCWOWDSDDTSW;;;SY)(A;;RPWPCRCCDCLCLORCWOWDSDSW;;;BA)(A;;RPWPCRCCDCLCLORCWOWDSW;;;DA)(A;;RPWPCRCCDCLCLORCWOWDSW;;;EA)',
  '(OA;;CR;ab721a53-1e2f-11d0-9819-00aa0040529b;;WD)(OA;;CR;ab721a53-1e2f-11d0-9819-00aa0040529b;;PS)(A;;RPLCLORC;;;RU)',
  '(OA;;RPWP;bf967a7f-0de6-11d0-a285-00aa003049e2;;CA)(OA;;RP;46a9b11d-60ae-405a-b7e8-ff8a58d456d2;;S-1-5-32-560)(OA;;RPWP;6db69a1c-9422-11d1-aebd-0000f80367c1;;S-1-5-32-561)',
].join('')
/** MS-ADTS 6.1.1.4.2: only administrators see what was deleted. */
const deletedObjects = 'O:SYG:SYD:PAI(A;;RPWPCCDCLCRCWOWDSDSW;;;SY)(A;;RPLC;;;BA)'

const [globalGroup, universalGroup, localGroup, builtinGroup] = ['-2147483646', '-2147483640', '-2147483644', '-2147483643']

/** RID, name, groupType. */
const domainGroups: readonly (readonly [number, string, string])[] = [
  [512, 'Domain Admins', globalGroup], [513, 'Domain Users', globalGroup], [514, 'Domain Guests', globalGroup], [515, 'Domain Computers', globalGroup],
  [516, 'Domain Controllers', globalGroup], [518, 'Schema Admins', universalGroup], [519, 'Enterprise Admins', universalGroup],
  [520, 'Group Policy Creator Owners', globalGroup], [521, 'Read-only Domain Controllers', globalGroup], [525, 'Protected Users', globalGroup], [553, 'RAS and IAS Servers', localGroup],
]
const builtinGroups: readonly (readonly [number, string])[] = [
  [544, 'Administrators'], [545, 'Users'], [546, 'Guests'], [548, 'Account Operators'], [549, 'Server Operators'], [550, 'Print Operators'], [551, 'Backup Operators'],
  [552, 'Replicator'], [554, 'Pre-Windows 2000 Compatible Access'], [560, 'Windows Authorization Access Group'], [555, 'Remote Desktop Users'], [568, 'IIS_IUSRS'],
]
const protectedGroups: ReadonlySet<number> = new Set([512, 516, 518, 519, 544, 548, 549, 550, 551, 552])

function groups(base: string, sid: string): readonly SeedEntry[] {
  const group = (dn: string, name: string, groupType: string, groupSid: string, rid: number): SeedEntry => ({
    dn,
    objectClass: 'group',
    attributes: {
      sAMAccountName: [name], groupType: [groupType], objectSid: [groupSid], isCriticalSystemObject: ['TRUE'],
      ...(protectedGroups.has(rid) ? { adminCount: ['1'] } : {}),
    },
  })
  return [
    ...domainGroups.map(([rid, name, type]) => group(`CN=${name},CN=Users,${base}`, name, type, `${sid}-${rid}`, rid)),
    ...builtinGroups.map(([rid, name]) => group(`CN=${name},CN=Builtin,${base}`, name, builtinGroup, `S-1-5-32-${rid}`, rid)),
  ]
}

function accounts(base: string, domain: DirectoryDomain): readonly SeedEntry[] {
  const fullName = domain.controllerName
  const host = hostOf(fullName).toUpperCase()
  const critical = { isCriticalSystemObject: ['TRUE'] }
  return [
    {
      dn: `CN=Administrator,CN=Users,${base}`,
      objectClass: 'user',
      attributes: {
        sAMAccountName: ['Administrator'], objectSid: [`${domain.sid}-500`], userAccountControl: ['66048'], adminCount: ['1'],
        description: ['Built-in account for administering the computer/domain'], ...critical,
      },
    },
    {
      dn: `CN=Guest,CN=Users,${base}`,
      objectClass: 'user',
      attributes: { sAMAccountName: ['Guest'], objectSid: [`${domain.sid}-501`], userAccountControl: ['66082'], primaryGroupID: ['514'], ...critical },
    },
    {
      dn: `CN=krbtgt,CN=Users,${base}`,
      objectClass: 'user',
      attributes: {
        sAMAccountName: ['krbtgt'], objectSid: [`${domain.sid}-502`], userAccountControl: ['514'], adminCount: ['1'],
        servicePrincipalName: ['kadmin/changepw'], ...critical,
      },
    },
    {
      dn: `CN=${host},OU=Domain Controllers,${base}`,
      objectClass: 'computer',
      attributes: {
        sAMAccountName: [`${host}$`], userAccountControl: ['532480'], dNSHostName: [domain.controllerName],
        operatingSystem: ['Windows Server 2022 Standard'], operatingSystemVersion: ['10.0 (20348)'],
        servicePrincipalName: [`ldap/${fullName}`, `HOST/${fullName}`, `HOST/${host}`, `GC/${fullName}/${domain.dnsName}`], ...critical,
      },
    },
  ]
}

/** Names of services that a HOST registration covers (MS-ADTS 5.1.1.1.2, the default of sPNMappings). */
const hostServices = [
  'alerter appmgmt cisvc clipsrv browser dhcp dnscache replicator eventlog eventsystem policyagent oakley dmserver dns',
  'mcsvc fax msiserver ias messenger netlogon netman netdde netddedsm nmagent plugplay protectedstorage rasman rpclocator',
  'rpc rpcss remoteaccess rsvp samss scardsvr scesrv seclogon scm dcom cifs spooler snmp schedule tapisrv trksvr trkwks',
  'ups time wins www http w3svc iisadmin msdtc',
].join(' ')

/** MS-ADTS 3.1.1.9.1: for the whole forest, cannot be switched off again, from Windows Server 2008 R2 on; 766ddcd8-acd0-445e-f3b9-a7f9b6744f2a. */
const recycleBin: SeedEntry['attributes'] = {
  'msDS-OptionalFeatureGUID': ['2NxtdtCsXkTzuaf5tnRPKg=='], 'msDS-OptionalFeatureFlags': ['1'], 'msDS-RequiredForestBehaviorVersion': ['4'],
}

function configuration(base: string, domain: DirectoryDomain): readonly SeedEntry[] {
  const root = `CN=Configuration,${base}`
  const site = `CN=Default-First-Site-Name,CN=Sites,${root}`
  const server = `CN=${hostOf(domain.controllerName).toUpperCase()},CN=Servers,${site}`
  const plain = (dn: string, objectClass: string, attributes: SeedEntry['attributes'] = {}): SeedEntry => ({ dn, objectClass, attributes })
  return [
    plain(`CN=Partitions,${root}`, 'crossRefContainer', { 'msDS-Behavior-Version': ['7'] }),
    plain(`CN=${domain.netBiosName},CN=Partitions,${root}`, 'crossRef', { nCName: [base], dnsRoot: [domain.dnsName], nETBIOSName: [domain.netBiosName], systemFlags: ['3'] }),
    plain(`CN=Sites,${root}`, 'sitesContainer'),
    plain(site, 'site'),
    plain(`CN=Servers,${site}`, 'serversContainer'),
    plain(server, 'server', { dNSHostName: [domain.controllerName], serverReference: [`CN=${hostOf(domain.controllerName).toUpperCase()},OU=Domain Controllers,${base}`] }),
    plain(`CN=NTDS Settings,${server}`, 'nTDSDSA', {
      invocationId: [Buffer.from(newGuid()).toString('base64')], 'msDS-Behavior-Version': ['7'], options: ['1'], hasMasterNCs: [base, root, `CN=Schema,${root}`],
    }),
    plain(`CN=Services,${root}`, 'container'),
    plain(`CN=Windows NT,CN=Services,${root}`, 'container'),
    plain(`CN=Directory Service,CN=Windows NT,CN=Services,${root}`, 'nTDSService', { sPNMappings: [`host=${hostServices.replaceAll(' ', ',')}`], tombstoneLifetime: ['180'] }),
    plain(`CN=Optional Features,CN=Directory Service,CN=Windows NT,CN=Services,${root}`, 'container'),
    plain(`CN=Recycle Bin Feature,CN=Optional Features,CN=Directory Service,CN=Windows NT,CN=Services,${root}`, 'msDS-OptionalFeature', recycleBin),
    plain(`CN=Extended-Rights,${root}`, 'container'),
  ]
}
