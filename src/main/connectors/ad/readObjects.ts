import { EqualityFilter, PresenceFilter, SearchEntry } from 'ldapts'
import type { Schema } from '../../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import { parseObjectGuid } from '../../../shared/domain/ids.ts'
import type { Dn, ObjectGuid } from '../../../shared/domain/ids.ts'
import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { defaultPageSize } from './directoryConnection.ts'
import type { Conversation } from './conversation.ts'
import type { DirectorySchema } from './directorySchema.ts'
import { describeEntry, findPartialAttributes } from './entries.ts'
import { searchInPages, searchOnce } from './search.ts'
import { encodeValue } from './values.ts'

export const anyObject = new PresenceFilter({ attribute: 'objectClass' })

/** How Active Directory is asked for an object by its anchor, wherever it is now (MS-ADTS 3.1.1.3.1.2.4). */
export function addressOf(target: ObjectGuid | Dn): string {
  const guid = parseObjectGuid(target)
  return guid.ok ? `<GUID=${guid.value}>` : target
}

/** Null where there is no such object. `doing` begins the sentence of a problem. */
export async function readOne(conversation: Conversation, schema: DirectorySchema, target: ObjectGuid | Dn, attributes: readonly string[], signal: AbortSignal): Promise<Result<ConnectorObject | null, Problem>> {
  const known = await schema.read(attributes, signal)
  if (!known.ok) return known
  const names = Object.values(known.value).map(({ name }) => name)
  const found = await searchOnce(conversation, { base: addressOf(target), scope: 'base', filter: anyObject, attributes: names }, `Reading ${target}`, signal)
  if (!found.ok) return isAbsent(found.problem) ? succeed(null) : found
  const [entry] = found.value
  return entry === undefined ? succeed(null) : describeWhole(conversation, entry, known.value, signal)
}

/** Every object of the domain that has the value, in the form of the domain (a GUID as text, for instance). */
export async function findObjectsByValue(conversation: Conversation, schema: DirectorySchema, sought: { readonly attribute: string; readonly value: string }, attributes: readonly string[], signal: AbortSignal): Promise<Result<readonly ConnectorObject[], Problem>> {
  const doing = `Looking for ${sought.attribute} = ${sought.value}`
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const known = await schema.read([sought.attribute, ...attributes], signal)
  if (!known.ok) return known
  const attribute = known.value[sought.attribute.toLowerCase()]
  if (attribute === undefined) return fail(unknownAttribute(doing, sought.attribute))
  const encoded = encodeValue(sought.value, attribute.syntax)
  // What cannot be a value of the attribute is nobody's value.
  if (!encoded.ok) return succeed([])
  // Octets instead of an escaped filter: text would be read as UTF-8 on the way.
  const filter = new EqualityFilter({ attribute: attribute.name, value: encoded.value })
  const names = Object.values(known.value).map(({ name }) => name)
  const search = { base: signedIn.value.root.domainDn, scope: 'sub' as const, filter, attributes: names }
  const found: ConnectorObject[] = []
  for await (const page of searchInPages(conversation, [search], conversation.connection.pageSize ?? defaultPageSize, doing, signal)) {
    if (!page.ok) return page
    for (const entry of page.value.entries) {
      const described = await describeWhole(conversation, entry, known.value, signal)
      if (!described.ok) return described
      found.push(described.value)
    }
  }
  return succeed(found)
}

export async function describeWhole(conversation: Conversation, entry: SearchEntry, schema: Schema, signal: AbortSignal): Promise<Result<ConnectorObject, Problem | ObjectProblem>> {
  if (findPartialAttributes(entry).length === 0) return describeEntry(entry, schema)
  const whole = await fetchRemainingValues(conversation, entry, signal)
  return whole.ok ? describeEntry(whole.value, schema) : whole
}

/** A server gives 1,500 values of an attribute at once (MaxValRange) and says so in its name; the rest has to be asked for. */
async function fetchRemainingValues(conversation: Conversation, entry: SearchEntry, signal: AbortSignal): Promise<Result<SearchEntry, Problem>> {
  const attributes = [...entry.attributes]
  let partial = findPartialAttributes(entry)
  while (partial.length > 0) {
    const names = partial.map(({ name, next }) => `${name};range=${next}-*`)
    const more = await searchOnce(conversation, { base: entry.name, scope: 'base', filter: anyObject, attributes: names }, `Reading all values of ${entry.name}`, signal)
    if (!more.ok) return more
    const [rest] = more.value
    if (rest === undefined || rest.attributes.length === 0) return fail(valuesMissing(entry.name, names))
    attributes.push(...rest.attributes)
    partial = findPartialAttributes(rest)
  }
  return succeed(new SearchEntry({ messageId: entry.messageId, name: entry.name, attributes }))
}

export function isAbsent(problem: Problem): boolean {
  return problem.kind === 'objectNotFound' || problem.kind === 'parentNotFound'
}

function valuesMissing(object: string, names: readonly string[]): Problem {
  return {
    kind: 'malformedAnswer', message: `Reading all values of ${object} failed: the server announced more values and gave none.`,
    remedy: 'Import again; if it happens again, connect to another domain controller.', detail: { asked: names.join(', ') },
  }
}

function unknownAttribute(doing: string, attribute: string): Problem {
  return { kind: 'attributeNotInClass', message: `${doing} failed: the schema has no attribute ${attribute}.`, remedy: 'Check the spelling of the attribute in the rules.' }
}
