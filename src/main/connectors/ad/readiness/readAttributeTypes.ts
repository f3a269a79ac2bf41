import type { SearchEntry } from 'ldapts'
import { AndFilter, EqualityFilter, OrFilter } from 'ldapts'
import { guidFromBytes } from '../../../../shared/domain/ids.ts'
import type { ObjectGuid } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { succeed } from '../../../../shared/domain/result.ts'
import type { AttributeType } from '../../readinessPorts.ts'
import type { Conversation } from '../conversation.ts'
import { textIn } from '../rootDse.ts'
import { searchOnce } from '../search.ts'

/** schemaIDGUID and attributeSecurityGUID of attributes: what access control entries name them by (MS-ADTS 3.1.1.2.3). */
export async function readAttributeTypes(conversation: Conversation, names: readonly string[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, AttributeType>, Problem>> {
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const keys = [...new Set(names.map((name) => name.toLowerCase()))]
  const types = new Map<string, AttributeType>()
  for (let start = 0; start < keys.length; start += namesPerSearch) {
    const named = new OrFilter({ filters: keys.slice(start, start + namesPerSearch).map((value) => new EqualityFilter({ attribute: 'lDAPDisplayName', value: Buffer.from(value, 'utf8') })) })
    const filter = new AndFilter({ filters: [new EqualityFilter({ attribute: 'objectClass', value: 'attributeSchema' }), named] })
    const search = { base: signedIn.value.root.schemaDn, scope: 'one' as const, filter, attributes: ['lDAPDisplayName', 'schemaIDGUID', 'attributeSecurityGUID'] }
    const found = await searchOnce(conversation, search, 'Reading the schema of Active Directory', signal)
    if (!found.ok) return found
    for (const entry of found.value) {
      const [name, guid] = [textIn(entry, 'lDAPDisplayName'), guidIn(entry, 'schemaIDGUID')]
      if (guid !== null) types.set(name.toLowerCase(), { name, guid, propertySet: guidIn(entry, 'attributeSecurityGUID') })
    }
  }
  return succeed(types)
}

const namesPerSearch = 100

export function guidIn(entry: SearchEntry, name: string): ObjectGuid | null {
  const bytes = entry.attributes.find(({ type }) => type.toLowerCase() === name.toLowerCase())?.parsedBuffers[0]
  const guid = bytes === undefined ? null : guidFromBytes(bytes)
  return guid?.ok === true ? guid.value : null
}
