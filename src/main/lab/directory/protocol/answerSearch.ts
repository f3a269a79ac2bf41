import { setImmediate as nextTurn } from 'node:timers/promises'
import { mayReadAttribute } from '../access/rights.ts'
import { dnOf, resolveName } from '../entries/resolve.ts'
import { badControl, notBound, unknownAttribute } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal, refuse, resultCode } from '../refusal.ts'
import { findAttribute } from '../schema/schema.ts'
import { matchKey } from '../schema/syntax.ts'
import { assertedValue } from '../search/filterEvaluation.ts'
import type { OpenPage } from '../search/pagedSearches.ts'
import { readAttribute } from '../search/readAttribute.ts'
import { readRootDse } from '../search/rootDse.ts'
import type { SearchRequest } from '../search/search.ts'
import { prepareSearch } from '../search/search.ts'
import { selectAttributes } from '../search/selection.ts'
import { answerDirSync } from './answerDirSync.ts'
import type { Finished, Outcome } from './encodeResponse.ts'
import { encodeEntry, encodePagedValue, encodeReference, succeeded } from './encodeResponse.ts'
import type { Operation, RequestControl } from './parseRequest.ts'
import type { PageRequest } from './requestControls.ts'
import { dirSyncRequestIn, pageRequestIn, searchOptionsIn } from './requestControls.ts'
import type { Session } from './session.ts'
import { control } from './supported.ts'

/** MaxPageSize (MS-ADTS 3.1.1.3.4.6): no answer holds more entries, whether pages were asked for or not. */
const largestPage = 1_000
/** Entries between two looks at other connections. */
const batch = 100

export async function answerSearch(session: Session, id: number, request: SearchRequest, controls: readonly RequestControl[]): Promise<Finished> {
  if (request.base === '' && request.scope === 'base') return answerRootDse(session, id, request)
  const dirSync = dirSyncRequestIn(controls)
  if (isRefusal(dirSync)) return finish(dirSync)
  if (dirSync !== null) return answerDirSync(session, id, request, dirSync)
  const page = pageRequestIn(controls)
  if (isRefusal(page)) return finish(page)
  const open = openSearch(session, request, controls, page)
  if (isRefusal(open)) return finish(open)
  if (page === null) return finish((await sendEntries(session, id, open, limitOf(request.sizeLimit, largestPage))).outcome)
  // A size of 0 gives the search up (RFC 2696 3).
  const sent = page.size === 0 ? { outcome: succeeded, position: null } : await sendEntries(session, id, open, limitOf(page.size, largestPage))
  const isPageFull = sent.position !== null && sent.outcome.code === resultCode.sizeLimitExceeded
  const cookie = isPageFull ? session.pages.keep({ ...open, position: sent.position }) : Buffer.alloc(0)
  return { outcome: isPageFull ? succeeded : sent.outcome, controls: [{ oid: control.pagedResults, value: encodePagedValue(cookie) }] }
}

export function answerCompare(session: Session, operation: Operation & { readonly kind: 'compare' }): Outcome {
  const { directory, actor } = session
  if (actor.kind === 'anonymous') return notBound()
  const entry = resolveName(directory, operation.dn)
  if (isRefusal(entry)) return entry
  const attribute = findAttribute(operation.attribute)
  if (attribute === undefined || !mayReadAttribute(actor, attribute)) return unknownAttribute()
  const value = assertedValue(directory, attribute, operation.value)
  const isEqual = value !== null && readAttribute(directory, actor, entry, attribute).some((one) => matchKey(attribute, one) === matchKey(attribute, value))
  return { ...succeeded, code: isEqual ? resultCode.compareTrue : resultCode.compareFalse }
}

function openSearch(session: Session, request: SearchRequest, controls: readonly RequestControl[], page: PageRequest | null): OpenPage | Refusal {
  if (page !== null && page.cookie.length > 0) return session.pages.take(page.cookie, request) ?? badControl()
  const options = searchOptionsIn(controls)
  if (isRefusal(options)) return options
  const prepared = prepareSearch(session.directory, session.actor, request, options)
  return isRefusal(prepared) ? prepared : { request, prepared, position: 0 }
}

/** `position` is where a next page would begin; null after the last entry. */
async function sendEntries(session: Session, id: number, open: OpenPage, limit: number): Promise<{ readonly outcome: Outcome; readonly position: number | null }> {
  const { directory, actor } = session
  const { prepared, request } = open
  const deadline = request.timeLimit > 0 ? performance.now() + request.timeLimit * 1_000 : Number.POSITIVE_INFINITY
  let sent = 0
  for (let position = open.position; position < prepared.candidates.length; position++) {
    if (position % batch === 0) await nextTurn()
    if (session.abandoned.has(id)) return { outcome: succeeded, position: null }
    if (performance.now() > deadline) return { outcome: refuse(resultCode.timeLimitExceeded, ''), position: null }
    const entry = prepared.matches(prepared.candidates[position] ?? 0)
    if (entry === null) continue
    if (sent === limit) return { outcome: refuse(resultCode.sizeLimitExceeded, ''), position }
    await session.send(encodeEntry(id, dnOf(directory, entry), selectAttributes(directory, actor, entry, prepared.selection, request.content)))
    sent++
  }
  for (const url of prepared.references) await session.send(encodeReference(id, url))
  return { outcome: succeeded, position: null }
}

async function answerRootDse(session: Session, id: number, request: SearchRequest): Promise<Finished> {
  await session.send(encodeEntry(id, '', readRootDse(session.directory, session.actor, request.attributes, request.content)))
  return finish(succeeded)
}

function finish(outcome: Outcome): Finished {
  return { outcome, controls: [] }
}

function limitOf(asked: number, most: number): number {
  return asked > 0 ? Math.min(asked, most) : most
}
