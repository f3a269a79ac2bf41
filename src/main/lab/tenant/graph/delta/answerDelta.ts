import { createHash, randomBytes } from 'node:crypto'
import { headerOf } from '../../../http/message.ts'
import type { LabAnswer, LabRequest } from '../../../http/message.ts'
import type { TenantStore } from '../../store/tenantStore.ts'
import type { LoggedChange } from '../../tenantChange.ts'
import { answerGraphError, answerGraphJson } from '../graphErrors.ts'
import type { GraphRequest } from '../graphRequest.ts'
import type { QueryResult } from '../query/filterExpression.ts'
import { readDeltaQuery } from './deltaQuery.ts'
import { openDeltaToken, sealDeltaToken } from './deltaToken.ts'
import type { DeltaPosition, DeltaQuery } from './deltaToken.ts'

/** A mention of an object in a round. One object may be mentioned several times, and each time it is shown as it is then. */
export type Mention = {
  readonly id: string
  /** Which part of an object that is told in several; 0 for one that is told whole. */
  readonly part: number
  /** Tells apart the mentions of one part. */
  readonly name: string
}

/** `minimal`: the client has said `Prefer: return=minimal` and knows what did not change. */
export type Representation = 'full' | 'minimal'

export type DeltaCollection = {
  readonly name: DeltaQuery['collection']
  readonly readSelect: (text: string | undefined) => QueryResult<readonly string[] | null>
  /** What a first round tells: every object that exists, some of them more than once. */
  readonly mentionAll: (store: TenantStore, query: DeltaQuery) => readonly Mention[]
  readonly showInFirstRound: (store: TenantStore, query: DeltaQuery, mention: Mention) => object | null
  /** `lines`: what happened to the object since the client's last round. Null where nothing of it is tracked. */
  readonly showChanges: (store: TenantStore, query: DeltaQuery, id: string, lines: readonly LoggedChange[], representation: Representation) => object | null
}

const usualPage = 100
const largestPage = 999

/** One page of a delta query (https://learn.microsoft.com/graph/delta-query-overview). */
export function answerDelta(collection: DeltaCollection, graphRequest: GraphRequest): LabAnswer {
  const { request, options } = graphRequest
  const position = readPosition(collection, graphRequest)
  if (!position.ok) return answerGraphError(position.error, request)
  const isLatest = options.$deltatoken === 'latest'
  return isLatest ? answerLatest(graphRequest, position.value) : answerPage(collection, graphRequest, position.value)
}

function readPosition(collection: DeltaCollection, { context, options }: GraphRequest): QueryResult<DeltaPosition> {
  const { $skiptoken: page, $deltatoken: delta } = options
  if (page !== undefined) return openDeltaToken(context, '$skiptoken', page, collection.name)
  const round = { until: context.store.changes.lastSequence(), salt: randomBytes(9).toString('base64url'), after: null }
  // An empty token is what the Location of a reset holds: a new first round.
  if (delta !== undefined && delta !== '' && delta !== 'latest') {
    const former = openDeltaToken(context, '$deltatoken', delta, collection.name)
    return former.ok ? { ok: true, value: { ...former.value, ...round, since: former.value.until } } : former
  }
  const query = readDeltaQuery(options, collection.name, collection.readSelect)
  return query.ok ? { ok: true, value: { query: query.value, since: null, ...round } } : query
}

function answerLatest(graphRequest: GraphRequest, position: DeltaPosition): LabAnswer {
  return answerGraphJson({ ...contextOf(graphRequest, position), ...linkOf(graphRequest, '$deltatoken', position), value: [] }, graphRequest.request)
}

function answerPage(collection: DeltaCollection, graphRequest: GraphRequest, position: DeltaPosition): LabAnswer {
  const { context: { store }, request } = graphRequest
  const lines = position.since === null ? [] : store.changes.listAfter(collection.name === 'users' ? 'user' : 'group', position.since).filter(({ sequence }) => sequence <= position.until)
  const mentions = position.since === null ? collection.mentionAll(store, position.query) : lines.map(({ object, sequence }) => ({ id: object.id, part: 0, name: String(sequence) }))
  const page = pageOfMentions(mentions, position, pageSizeOf(request))
  const representation = /\breturn\s*=\s*minimal\b/i.test(headerOf(request, 'prefer') ?? '') ? 'minimal' : 'full'
  const show = (mention: Mention): object | null => {
    if (position.since === null) return collection.showInFirstRound(store, position.query, mention)
    return collection.showChanges(store, position.query, mention.id, lines.filter(({ object }) => object.id === mention.id), representation)
  }
  // Counted before it is filtered: a page may be empty and still not be the last one.
  const value = onceEach(page.mentions.filter(({ id }) => position.query.ids?.includes(id) ?? true)).map(show).filter((shown) => shown !== null)
  const link = page.last === null ? linkOf(graphRequest, '$deltatoken', position) : linkOf(graphRequest, '$skiptoken', { ...position, after: page.last })
  const answer = answerGraphJson({ ...contextOf(graphRequest, position), ...link, value }, request)
  return representation === 'minimal' ? { ...answer, headers: { ...answer.headers, 'Preference-Applied': 'return=minimal' } } : answer
}

/** In the order of a hash: no order that a client could rely on, and the same one on each page of the round. */
function pageOfMentions(mentions: readonly Mention[], { salt, after }: DeltaPosition, size: number): { readonly mentions: readonly Mention[]; readonly last: string | null } {
  const keyed = mentions.map((mention) => ({ mention, key: createHash('sha256').update(`${salt}/${mention.id}/${mention.part}/${mention.name}`).digest('hex') }))
  const rest = keyed.filter(({ key }) => after === null || key > after).sort((left, right) => (left.key < right.key ? -1 : 1))
  const page = rest.slice(0, size)
  return { mentions: page.map(({ mention }) => mention), last: rest.length > page.length ? (page.at(-1)?.key ?? null) : null }
}

/** Within one page nothing is told twice the same way. */
function onceEach(mentions: readonly Mention[]): readonly Mention[] {
  return mentions.filter((mention, index) => mentions.findIndex(({ id, part }) => id === mention.id && part === mention.part) === index)
}

/** Documented for delta queries of directory objects: `Prefer: odata.maxpagesize`. */
function pageSizeOf(request: LabRequest): number {
  const wished = Number(/\bodata\.maxpagesize\s*=\s*(\d{1,6})/i.exec(headerOf(request, 'prefer') ?? '')?.[1] ?? usualPage)
  return Math.min(Math.max(wished, 1), largestPage)
}

function contextOf({ context }: GraphRequest, { query }: DeltaPosition): object {
  return { '@odata.context': `${context.graphUrl}/v1.0/$metadata#${query.collection}${query.select === null ? '' : `(${query.select.join(',')})`}` }
}

function linkOf({ context }: GraphRequest, name: '$skiptoken' | '$deltatoken', position: DeltaPosition): object {
  const link = `${context.graphUrl}/v1.0/${position.query.collection}/delta?${name}=${sealDeltaToken(context, name, position)}`
  return { [name === '$skiptoken' ? '@odata.nextLink' : '@odata.deltaLink']: link }
}
