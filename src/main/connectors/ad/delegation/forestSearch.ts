import type { Filter, SearchEntry } from 'ldapts'
import type { Dn } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { succeed } from '../../../../shared/domain/result.ts'
import type { Conversation } from '../conversation.ts'
import { defaultPageSize } from '../directoryConnection.ts'
import type { Forest } from '../forest.ts'
import { searchInPages } from '../search.ts'

/** `scope` tells how far the answer reaches: without a global catalog nothing is known of the forest's other domains. */
export type ForestEntries = { readonly scope: 'forest' | 'domain'; readonly entries: readonly SearchEntry[] }

/** Objects of the whole forest by a global catalog, or of the domain where no catalog answers. */
export async function searchForest(link: Conversation, forest: Forest, filter: Filter, attributes: readonly string[], signal: AbortSignal): Promise<Result<ForestEntries, Problem>> {
  const catalog = await forest.open(signal)
  if (catalog.ok) {
    // The empty base is all domains of the forest on the ports of a global catalog (MS-ADTS 3.1.1.3.1.2.1).
    const found = await searchBelow(catalog.value, '', filter, attributes, signal)
    if (found.ok) return succeed({ scope: 'forest', entries: found.value })
    if (found.problem.kind === 'cancelled') return found
  }
  const signedIn = await link.signIn(signal)
  if (!signedIn.ok) return signedIn
  const found = await searchBelow(link, signedIn.value.root.domainDn, filter, attributes, signal)
  return found.ok ? succeed({ scope: 'domain', entries: found.value }) : found
}

async function searchBelow(conversation: Conversation, base: Dn | '', filter: Filter, attributes: readonly string[], signal: AbortSignal): Promise<Result<readonly SearchEntry[], Problem>> {
  const entries: SearchEntry[] = []
  const search = { base, scope: 'sub' as const, filter, attributes }
  for await (const page of searchInPages(conversation, [search], conversation.connection.pageSize ?? defaultPageSize, 'Looking for accounts in the forest', signal)) {
    if (!page.ok) return page
    entries.push(...page.value.entries)
  }
  return succeed(entries)
}
