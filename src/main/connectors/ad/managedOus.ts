import { createHash } from 'node:crypto'
import type { SearchEntry } from 'ldapts'
import { dnKey, isWithin, sameDn, parseDn } from '../../../shared/domain/dn.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { succeed } from '../../../shared/domain/result.ts'
import type { Conversation } from './conversation.ts'
import { defaultPageSize } from './directoryConnection.ts'
import { textIn } from './rootDse.ts'
import { searchInPages } from './search.ts'
import { containersOnly } from './userFilters.ts'

/** OUs without those that lie in another one (or are named twice): nobody shall be imported twice. */
export function outermost(ous: readonly Dn[]): readonly Dn[] {
  return ous.filter((ou, index) => !ous.some((other, position) => (sameDn(ou, other) ? position < index : isWithin(ou, other))))
}

export function isManaged(dn: Dn, ous: readonly Dn[]): boolean {
  return ous.some((ou) => isWithin(dn, ou))
}

export type Container = { readonly guid: string; readonly place: string; readonly usnCreated: bigint }

/**
 * The OUs and containers of the managed OUs. When one of them is renamed, or moved in or out, the accounts below it get other
 * names, or come and go, without being changed themselves: no delta shows them.
 */
export async function readContainers(conversation: Conversation, signal: AbortSignal): Promise<Result<readonly Container[], Problem>> {
  const { managedOus, pageSize } = conversation.connection
  const searches = outermost(managedOus).map((base) => ({ base, scope: 'sub' as const, filter: containersOnly, attributes: ['objectGUID', 'uSNCreated'] }))
  const containers: Container[] = []
  for await (const page of searchInPages(conversation, searches, pageSize ?? defaultPageSize, 'Reading the managed OUs', signal)) {
    if (!page.ok) return page
    containers.push(...page.value.entries.map(describeContainer))
  }
  return succeed(containers)
}

/** One short text for all that were there when the server had come to `usn`: those made later bring their accounts along one by one. */
export function fingerprintOf(containers: readonly Container[], usn: string): string {
  const old = containers.filter(({ usnCreated }) => usnCreated <= BigInt(usn)).map(({ guid, place }) => `${guid} ${place}`).sort()
  return createHash('sha256').update(old.join('\n')).digest('hex')
}

function describeContainer(entry: SearchEntry): Container {
  const guid = entry.attributes.find(({ type }) => type.toLowerCase() === 'objectguid')?.parsedBuffers[0]?.toString('hex') ?? ''
  const usn = textIn(entry, 'uSNCreated')
  const name = parseDn(entry.name)
  // Where the number is hidden, a new OU counts as moved: that costs a full import, nothing else.
  return { guid, place: name.ok ? dnKey(name.value) : entry.name, usnCreated: /^\d{1,19}$/.test(usn) ? BigInt(usn) : 0n }
}
