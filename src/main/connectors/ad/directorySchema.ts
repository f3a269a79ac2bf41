import type { SearchEntry } from 'ldapts'
import { AndFilter, EqualityFilter, OrFilter } from 'ldapts'
import type { Schema, SchemaAttribute, Syntax } from '../../../shared/domain/attributes.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { succeed } from '../../../shared/domain/result.ts'
import type { Conversation } from './conversation.ts'
import { searchOnce } from './search.ts'

/**
 * The part of the directory's schema that was asked for, read once. The schema of a forest changes by hand and seldom; a
 * connector lives for one run.
 */
export class DirectorySchema {
  readonly #conversation: Conversation
  /** By lower-case name; null where the schema does not know it. */
  readonly #known = new Map<string, SchemaAttribute | null>()

  constructor(conversation: Conversation) {
    this.#conversation = conversation
  }

  /** By lower-case name; unknown names are missing. */
  async read(names: readonly string[], signal: AbortSignal): Promise<Result<Schema, Problem>> {
    const keys = [...new Set(names.map((name) => name.toLowerCase()))]
    const missing = keys.filter((key) => !this.#known.has(key))
    for (let start = 0; start < missing.length; start += namesPerSearch) {
      const found = await this.#fetch(missing.slice(start, start + namesPerSearch), signal)
      if (!found.ok) return found
    }
    return succeed(Object.fromEntries(keys.flatMap((key) => {
      const attribute = this.#known.get(key)
      return attribute === undefined || attribute === null ? [] : [[key, attribute]]
    })))
  }

  async #fetch(keys: readonly string[], signal: AbortSignal): Promise<Result<null, Problem>> {
    const signedIn = await this.#conversation.signIn(signal)
    if (!signedIn.ok) return signedIn
    const named = new OrFilter({ filters: keys.map((value) => new EqualityFilter({ attribute: 'lDAPDisplayName', value })) })
    const filter = new AndFilter({ filters: [new EqualityFilter({ attribute: 'objectClass', value: 'attributeSchema' }), named] })
    const search = { base: signedIn.value.root.schemaDn, scope: 'one' as const, filter, attributes: ['lDAPDisplayName', 'attributeSyntax', 'isSingleValued', 'rangeLower', 'rangeUpper'] }
    const entries = await searchOnce(this.#conversation, search, 'Reading the schema of Active Directory', signal)
    if (!entries.ok) return entries
    for (const key of keys) this.#known.set(key, null)
    for (const attribute of entries.value.map(describeAttribute)) this.#known.set(attribute.name.toLowerCase(), attribute)
    return succeed(null)
  }
}

const namesPerSearch = 100

/** MS-ADTS 3.1.1.2.2.2: attributeSyntax tells the form of the values; what is not here is text. */
const syntaxes: Readonly<Record<string, Syntax>> = {
  '2.5.5.1': 'dn', '2.5.5.8': 'boolean', '2.5.5.9': 'integer', '2.5.5.10': 'binary', '2.5.5.11': 'time', '2.5.5.15': 'binary', '2.5.5.16': 'largeInteger', '2.5.5.17': 'sid',
}

/** Active Directory takes 20 characters for users, whatever the schema says (it allows 256); Samba takes more. */
const narrowerMaximum: Readonly<Record<string, number>> = { samaccountname: 20 }

function describeAttribute(entry: SearchEntry): SchemaAttribute {
  const text = (name: string) => entry.attributes.find(({ type }) => type.toLowerCase() === name)?.parsedBuffers[0]?.toString('utf8') ?? null
  const name = text('ldapdisplayname') ?? ''
  const [lower, upper] = [text('rangelower'), text('rangeupper')]
  const syntax = syntaxes[text('attributesyntax') ?? ''] ?? 'text'
  // The schema has no syntax for GUIDs: they are octets of which there must be 16.
  const isGuid = syntax === 'binary' && lower === '16' && upper === '16'
  const maximum = narrowerMaximum[name.toLowerCase()] ?? (upper === null ? null : Number(upper))
  return { name, syntax: isGuid ? 'guid' : syntax, isMultiValued: text('issinglevalued') !== 'TRUE', maximum }
}
