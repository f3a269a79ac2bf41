import { EqualityFilter } from 'ldapts'
import type { SearchEntry } from 'ldapts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { succeed } from '../../../../shared/domain/result.ts'
import type { ForestNames, ForestTrust } from '../../readinessPorts.ts'
import type { Conversation } from '../conversation.ts'
import { readForestTrustRecords } from '../delegation/forestTrustRecords.ts'
import { describeRouting, describeTrust, findTrusts } from '../delegation/trusts.ts'
import { anyObject } from '../readObjects.ts'
import { textIn } from '../rootDse.ts'
import { searchOnce } from '../search.ts'

/** Suffixes: dnsRoot of the forest's domains, and uPNSuffixes of CN=Partitions (MS-ADTS 6.1.1.2.1.1). Trusts: the domain's trustedDomain objects (MS-ADTS 6.1.6.7). */
export async function readForestNames(conversation: Conversation, signal: AbortSignal): Promise<Result<ForestNames, Problem>> {
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const { configurationDn, domainDn } = signedIn.value.root
  const suffixes = configurationDn === null ? succeed([]) : await readSuffixes(conversation, `CN=Partitions,${configurationDn}`, signal)
  if (!suffixes.ok) return suffixes
  const trusts = await findTrusts(conversation, domainDn, signal)
  return trusts.ok ? succeed({ suffixes: suffixes.value, trusts: trusts.value.map(describeForestTrust) }) : trusts
}

async function readSuffixes(conversation: Conversation, partitions: string, signal: AbortSignal): Promise<Result<readonly string[], Problem>> {
  const doing = 'Reading the UPN suffixes of the forest'
  const container = await searchOnce(conversation, { base: partitions, scope: 'base', filter: anyObject, attributes: ['uPNSuffixes'] }, doing, signal)
  if (!container.ok) return container
  const references = await searchOnce(conversation, { base: partitions, scope: 'one', filter: new EqualityFilter({ attribute: 'objectClass', value: 'crossRef' }), attributes: ['dnsRoot', 'nETBIOSName', 'systemFlags'] }, doing, signal)
  if (!references.ok) return references
  // FLAG_CR_NTDS_DOMAIN (MS-ADTS 2.2.10): the others are partitions of applications, the schema and the configuration.
  const domains = references.value.filter((entry) => (Number(textIn(entry, 'systemFlags')) & 0x2) !== 0).map((entry) => textIn(entry, 'dnsRoot'))
  return succeed([...new Set([...domains, ...container.value.flatMap((entry) => textsIn(entry, 'uPNSuffixes'))].map((name) => name.toLowerCase()).filter((name) => name !== ''))])
}

function textsIn(entry: SearchEntry, name: string): readonly string[] {
  return entry.attributes.filter(({ type }) => type.toLowerCase() === name.toLowerCase()).flatMap(({ parsedBuffers }) => parsedBuffers.map((bytes) => bytes.toString('utf8')))
}

const directions = ['disabled', 'inbound', 'outbound', 'both'] as const

/** MS-ADTS 6.1.6.7.9. */
const trustAttributes = { forestTransitive: 0x8, crossOrganization: 0x10 } as const

function describeForestTrust(entry: SearchEntry): ForestTrust {
  const { partner, direction, attributes } = describeTrust(entry)
  return {
    partner, direction: directions[direction & 3] ?? 'disabled', names: describeRouting(entry, attributes, readForestTrustRecords),
    isForestTransitive: (attributes & trustAttributes.forestTransitive) !== 0, isSelective: (attributes & trustAttributes.crossOrganization) !== 0,
  }
}
