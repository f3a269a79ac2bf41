import type { SearchEntry } from 'ldapts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { fail, succeed } from '../../../../shared/domain/result.ts'
import type { Conversation } from '../conversation.ts'
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
