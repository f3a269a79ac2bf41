import { AndFilter, EqualityFilter, GreaterThanEqualsFilter } from 'ldapts'
import type { Filter } from 'ldapts'
import type { Schema } from '../../../shared/domain/attributes.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { DeltaPage, DeltaRequest } from '../connector.ts'
import type { Conversation } from './conversation.ts'
import { ShowDeleted } from './controls.ts'
import { deletedObjectsOf } from './deletedObjects.ts'
import { describeChanges } from './describeChanges.ts'
import { defaultPageSize } from './directoryConnection.ts'
import { isRefused, readChanges } from './dirSync.ts'
import { searchInPages } from './search.ts'
import { usersEvenDeleted } from './userFilters.ts'
import { deltaExpired, writeWatermark } from './watermark.ts'
import type { Watermark } from './watermark.ts'

export type DeltaStart = {
  readonly conversation: Conversation
  readonly schema: Schema
  readonly domainDn: Dn
  /** Where the last import left off, found to be worth something. */
  readonly from: Watermark
  /** Where this one will have been when it is over; the cookie of DirSync is still that of `from`. */
  readonly to: Watermark
}

export function importDelta(start: DeltaStart, request: DeltaRequest): AsyncGenerator<Result<DeltaPage, Problem>> {
  const { way } = start.from
  return way.kind === 'dirSync' ? importByDirSync(start, way, request) : importByUpdateSequence(start, request)
}

/** Neither the RDN nor the DN nor back links come by DirSync: the first two are in the entry's name, groups come with the next full import. */
const notReplicated: ReadonlySet<string> = new Set(['cn', 'distinguishedname', 'memberof'])

async function* importByDirSync(start: DeltaStart, way: Extract<Watermark['way'], { kind: 'dirSync' }>, request: DeltaRequest): AsyncGenerator<Result<DeltaPage, Problem>> {
  const { conversation, schema, domainDn, to } = start
  const selected = Object.values(schema).map(({ name }) => name).filter((name) => !notReplicated.has(name.toLowerCase()))
  const query = { base: domainDn, filter: usersEvenDeleted, attributes: [...new Set([...selected, 'name', 'isDeleted'])], mode: way.mode, cookie: Buffer.from(way.cookie, 'base64') }
  let isFirst = true
  for await (const page of readChanges(conversation, query, request.signal)) {
    // A cookie that the server does not take any more is refused at once.
    if (!page.ok) return yield isFirst && isRefused(page.problem) ? fail({ ...deltaExpired('the domain controller does not accept the cookie of the last import'), detail: page.problem.detail ?? {} }) : page
    isFirst = false
    const described = await describeChanges(conversation, page.value.entries, schema, 'whatChanged', request)
    if (!described.ok) return yield described
    const { isLast, cookie } = page.value
    yield succeed({ ...described.value, isLast, watermark: isLast ? writeWatermark({ ...to, way: { ...way, cookie: cookie.toString('base64') } }) : null })
  }
}

/**
 * Where DirSync is refused: what this controller wrote since, in any order and whatever attribute it was; and the deleted objects apart.
 * The numbers count for this controller only (MS-ADTS 3.1.1.1.9), which the watermark has made sure of.
 */
async function* importByUpdateSequence({ conversation, schema, domainDn, from, to }: DeltaStart, request: DeltaRequest): AsyncGenerator<Result<DeltaPage, Problem>> {
  const since = (filter: Filter) => new AndFilter({ filters: [filter, new GreaterThanEqualsFilter({ attribute: 'uSNChanged', value: String(BigInt(from.state.usn) + 1n) })] })
  const attributes = ['objectGUID', 'isDeleted']
  const isDeleted = new EqualityFilter({ attribute: 'isDeleted', value: 'TRUE' })
  const searches = [
    { base: domainDn, scope: 'sub' as const, filter: since(usersEvenDeleted), attributes },
    { base: deletedObjectsOf(domainDn), scope: 'one' as const, filter: since(new AndFilter({ filters: [isDeleted, usersEvenDeleted] })), attributes, controls: [new ShowDeleted()] },
  ]
  const pageSize = conversation.connection.pageSize ?? defaultPageSize
  for await (const page of searchInPages(conversation, searches, pageSize, 'Reading changes of Active Directory (uSNChanged)', request.signal)) {
    if (!page.ok) return yield page
    const described = await describeChanges(conversation, page.value.entries, schema, 'whoChanged', request)
    if (!described.ok) return yield described
    yield succeed({ ...described.value, isLast: page.value.isLast, watermark: page.value.isLast ? writeWatermark(to) : null })
  }
}
