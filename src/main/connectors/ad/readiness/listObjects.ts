import type { SearchEntry } from 'ldapts'
import { NotFilter } from 'ldapts'
import { parseDn } from '../../../../shared/domain/dn.ts'
import type { Dn } from '../../../../shared/domain/ids.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { succeed } from '../../../../shared/domain/result.ts'
import type { ObjectInOu } from '../../readinessPorts.ts'
import type { Conversation } from '../conversation.ts'
import { defaultPageSize } from '../directoryConnection.ts'
import { textIn } from '../rootDse.ts'
import { searchInPages } from '../search.ts'
import { containersOnly } from '../userFilters.ts'
import { guidIn } from './readAttributeTypes.ts'

const attributes = ['objectGUID', 'objectClass', 'adminDescription', 'employeeType', 'userPrincipalName', 'msDS-ExternalDirectoryObjectId', 'msDS-ObjectSoa']

/** Everything below the OU that is no further OU or container. Attributes that the schema does not know do not come. */
export async function listObjects(conversation: Conversation, ou: Dn, signal: AbortSignal): Promise<Result<readonly ObjectInOu[], Problem>> {
  const search = { base: ou, scope: 'sub' as const, filter: new NotFilter({ filter: containersOnly }), attributes }
  const objects: ObjectInOu[] = []
  for await (const page of searchInPages(conversation, [search], conversation.connection.pageSize ?? defaultPageSize, `Looking at what is in ${ou}`, signal)) {
    if (!page.ok) return page
    objects.push(...page.value.entries.flatMap(describe))
  }
  return succeed(objects)
}

function describe(entry: SearchEntry): readonly ObjectInOu[] {
  const [dn, anchor] = [parseDn(entry.name), guidIn(entry, 'objectGUID')]
  if (!dn.ok || anchor === null) return []
  const text = (name: string) => textIn(entry, name) || null
  const classes = entry.attributes.find(({ type }) => type.toLowerCase() === 'objectclass')?.parsedBuffers.map((bytes) => bytes.toString('utf8')) ?? []
  return [{
    anchor, dn: dn.value, objectClass: classes.at(-1) ?? 'unknown', adminDescription: text('adminDescription'), employeeType: text('employeeType'),
    userPrincipalName: text('userPrincipalName'), externalDirectoryObjectId: text('msDS-ExternalDirectoryObjectId'), objectSoa: text('msDS-ObjectSoa'),
  }]
}
