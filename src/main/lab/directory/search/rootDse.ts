import type { Actor } from '../access/actor.ts'
import { nowAsGeneralizedTime } from '../clock.ts'
import type { Directory } from '../directory.ts'
import { configurationNamesOf, schemaNamesOf } from '../directory.ts'
import { hostOf } from '../directoryDomain.ts'
import { serverNamesOf, serviceNamesOf } from '../entries/controller.ts'
import { formatDn } from '../names/dnOfLab.ts'
import { sidToOctets } from '../names/octets.ts'
import { supportedControls, supportedExtensions } from '../protocol/supported.ts'
import type { AnsweredAttribute } from './selection.ts'

type Read = (directory: Directory, actor: Actor) => readonly (string | Uint8Array)[]

/** The entry without a name (MS-ADTS 3.1.1.3.2). `*` gives the first table, `+` the second; either may be asked for by name. */
export function readRootDse(directory: Directory, actor: Actor, names: readonly string[], content: 'values' | 'typesOnly'): readonly AnsweredAttribute[] {
  const asked = new Set(names.map((name) => name.toLowerCase()))
  const isChosen = (group: string) => ([name]: [string, Read]) => asked.has(group) || asked.has(name.toLowerCase())
  const ordinary = Object.entries(ordinaryAttributes).filter(names.length === 0 ? () => true : isChosen('*'))
  const chosen = [...ordinary, ...Object.entries(operationalAttributes).filter(isChosen('+'))]
  return chosen
    .map(([name, read]) => ({ name, values: read(directory, actor).map((value) => Buffer.from(value)) }))
    .filter((attribute) => attribute.values.length > 0)
    .map((attribute) => (content === 'typesOnly' ? { ...attribute, values: [] } : attribute))
}

/** The functional level of Windows Server 2016 (MS-ADTS 6.1.4.4). */
const windowsServer2016 = '7'

const ordinaryAttributes: Readonly<Record<string, Read>> = {
  configurationNamingContext: (directory) => [formatDn(configurationNamesOf(directory))],
  currentTime: () => [nowAsGeneralizedTime()],
  defaultNamingContext: (directory) => [formatDn(directory.domainNames)],
  dnsHostName: (directory) => [directory.domain.controllerName],
  domainControllerFunctionality: () => [windowsServer2016],
  domainFunctionality: () => [windowsServer2016],
  dsServiceName: (directory) => [formatDn(serviceNamesOf(directory))],
  forestFunctionality: () => [windowsServer2016],
  highestCommittedUSN: (directory) => [String(directory.store.highestUsn())],
  isGlobalCatalogReady: () => ['TRUE'],
  isSynchronized: () => ['TRUE'],
  ldapServiceName: ({ domain }) => [`${domain.dnsName}:${hostOf(domain.controllerName).toLowerCase()}$@${domain.dnsName.toUpperCase()}`],
  namingContexts: (directory) => [directory.domainNames, configurationNamesOf(directory), schemaNamesOf(directory)].map(formatDn),
  rootDomainNamingContext: (directory) => [formatDn(directory.domainNames)],
  schemaNamingContext: (directory) => [formatDn(schemaNamesOf(directory))],
  serverName: (directory) => [formatDn(serverNamesOf(directory))],
  subschemaSubentry: (directory) => [`CN=Aggregate,${formatDn(schemaNamesOf(directory))}`],
  supportedCapabilities: () => ['800', '1670', '1791', '1935', '2080', '2237'].map((last) => `1.2.840.113556.1.4.${last}`),
  supportedControl: () => supportedControls,
  supportedLDAPPolicies: () => ['MaxPageSize', 'MaxReceiveBuffer', 'MaxResultSetsPerConn', 'MaxConnIdleTime'],
  supportedLDAPVersion: () => ['3', '2'],
  supportedSASLMechanisms: () => ['GSSAPI', 'GSS-SPNEGO', 'EXTERNAL', 'DIGEST-MD5'],
}

const operationalAttributes: Readonly<Record<string, Read>> = {
  supportedExtension: () => supportedExtensions,
  /** On the rootDSE it is the token of whoever asks, the own SID included (MS-ADTS 3.1.1.3.2.22). */
  tokenGroups: (_, actor) => (actor.kind === 'account' ? [...actor.sids].flatMap((sid) => sidToOctets(sid) ?? []) : []),
}
