import { EqualityFilter } from 'ldapts'
import type { SearchEntry } from 'ldapts'
import type { Reading, TrustFacts } from '../../../../shared/domain/delegation.ts'
import type { Dn } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { succeed } from '../../../../shared/domain/result.ts'
import type { Conversation } from '../conversation.ts'
import { searchOnce } from '../search.ts'
import { textsIn } from './directoryService.ts'
import { readRoutedSuffixes } from './forestTrustInformation.ts'

const attributes = ['trustPartner', 'trustDirection', 'trustType', 'trustAttributes', 'msDS-TrustForestTrustInfo']

/** Trusts of the domain, with other domains of the forest too (MS-ADTS 6.1.6). */
export async function readTrusts(link: Conversation, domainDn: Dn, signal: AbortSignal): Promise<Result<readonly TrustFacts[], Problem>> {
  const found = await findTrusts(link, domainDn, signal)
  return found.ok ? succeed(found.value.map(describeTrust)) : found
}

/** As the directory has them. */
export function findTrusts(link: Conversation, domainDn: Dn, signal: AbortSignal): Promise<Result<readonly SearchEntry[], Problem>> {
  const filter = new EqualityFilter({ attribute: 'objectClass', value: 'trustedDomain' })
  return searchOnce(link, { base: `CN=System,${domainDn}`, scope: 'one', filter, attributes }, 'Reading the trusts of the domain', signal)
}

/** TRUST_ATTRIBUTE_FOREST_TRANSITIVE (MS-ADTS 6.1.6.7.9). */
const forestTransitive = 0x8

export function describeTrust(entry: SearchEntry): TrustFacts {
  const number = (name: string) => Number(textsIn(entry, name)[0] ?? 0)
  return {
    partner: textsIn(entry, 'trustPartner')[0] ?? entry.name, direction: number('trustDirection'), trustType: number('trustType'), attributes: number('trustAttributes'),
    routedSuffixes: describeRouting(entry, number('trustAttributes'), readRoutedSuffixes),
  }
}

/** Only trusts between forests route suffixes; one that has no information yet routes nobody knows what. `read` is how it is looked at. */
export function describeRouting<Name>(entry: SearchEntry, trustAttributes: number, read: (octets: Uint8Array) => Result<readonly Name[], string>): Reading<readonly Name[]> {
  const octets = entry.attributes.find(({ type }) => type.toLowerCase() === 'msds-trustforesttrustinfo')?.parsedBuffers[0]
  if (octets === undefined) return (trustAttributes & forestTransitive) === 0 ? { kind: 'read', value: [] } : { kind: 'notRead', why: 'The trust has no routing information that may be read (msDS-TrustForestTrustInfo).' }
  const names = read(octets)
  return names.ok ? { kind: 'read', value: names.value } : { kind: 'notRead', why: `The routing information of the trust could not be read: ${names.problem}.` }
}
