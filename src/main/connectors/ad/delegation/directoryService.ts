import { EqualityFilter, type SearchEntry } from 'ldapts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import type { Conversation } from '../conversation.ts'
import { dnsNameOf } from '../dnsNameOf.ts'
import { anyObject } from '../readObjects.ts'
import { searchOnce } from '../search.ts'

/** Values of an entry that are text, by the name of their attribute. */
export type EntryTexts = { readonly texts: (attribute: string) => readonly string[] }

/** CN=Directory Service, which holds for the whole forest (MS-ADTS 6.1.1.2.4.1). */
export function readDirectoryService(link: Conversation, attributes: readonly string[], signal: AbortSignal): Promise<Result<EntryTexts, Problem>> {
  return readConfiguration(link, 'CN=Directory Service,CN=Windows NT,CN=Services', attributes, signal)
}

/** CN=Partitions, which lists the forest's domains and suffixes (MS-ADTS 6.1.1.2.1). */
export function readPartitions(link: Conversation, attributes: readonly string[], signal: AbortSignal): Promise<Result<EntryTexts, Problem>> {
  return readConfiguration(link, 'CN=Partitions', attributes, signal)
}

/** FLAG_CR_NTDS_DOMAIN (MS-ADTS 2.2.10): the other partitions are those of applications, the schema and the configuration. */
const ofDomain = 0x2

/** DNS names of the forest's domains but our own, as CN=Partitions lists them (MS-ADTS 6.1.1.2.1.1); every account may read it. */
export async function readOtherDomains(link: Conversation, signal: AbortSignal): Promise<Result<readonly string[], Problem>> {
  const doing = 'Reading the domains of the forest'
  const signedIn = await link.signIn(signal)
  if (!signedIn.ok) return signedIn
  const { configurationDn, domainDn } = signedIn.value.root
  if (configurationDn === null) return fail(noConfiguration(doing))
  const filter = new EqualityFilter({ attribute: 'objectClass', value: 'crossRef' })
  const found = await searchOnce(link, { base: `CN=Partitions,${configurationDn}`, scope: 'one', filter, attributes: ['dnsRoot', 'systemFlags'] }, doing, signal)
  if (!found.ok) return found
  const domains = found.value.filter((entry) => (Number(textsIn(entry, 'systemFlags')[0] ?? 0) & ofDomain) !== 0).flatMap((entry) => textsIn(entry, 'dnsRoot'))
  return succeed(domains.map((name) => name.toLowerCase()).filter((name) => name !== dnsNameOf(domainDn).toLowerCase()))
}

async function readConfiguration(link: Conversation, name: string, attributes: readonly string[], signal: AbortSignal): Promise<Result<EntryTexts, Problem>> {
  const doing = `Reading ${name} of the configuration`
  const signedIn = await link.signIn(signal)
  if (!signedIn.ok) return signedIn
  const { configurationDn } = signedIn.value.root
  if (configurationDn === null) return fail(noConfiguration(doing))
  const found = await searchOnce(link, { base: `${name},${configurationDn}`, scope: 'base', filter: anyObject, attributes }, doing, signal)
  if (!found.ok) return found
  const [entry] = found.value
  return entry === undefined ? fail(noConfiguration(doing)) : succeed({ texts: (attribute) => textsIn(entry, attribute) })
}

export function textsIn(entry: SearchEntry, name: string): readonly string[] {
  const attribute = entry.attributes.find(({ type }) => type.toLowerCase() === name.toLowerCase())
  return attribute?.parsedBuffers.map((octets) => octets.toString('utf8')) ?? []
}

function noConfiguration(doing: string): Problem {
  return { kind: 'limitedInformation', message: `${doing} failed: the controller does not show it.`, remedy: 'Let the synchronisation account read the configuration of the forest; every account may by default.' }
}
