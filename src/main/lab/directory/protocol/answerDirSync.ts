import { invocationIdOf } from '../entries/controller.ts'
import { dnOf } from '../entries/resolve.ts'
import { isRefusal } from '../refusal.ts'
import { readChangedAttributes } from '../search/changedAttributes.ts'
import type { ChangeQuery } from '../search/changedAttributes.ts'
import type { DirSyncRequest, PreparedDirSync } from '../search/dirSync.ts'
import { hasFlag, prepareDirSync } from '../search/dirSync.ts'
import type { DirSyncState } from '../search/dirSyncCookie.ts'
import { formatCookie } from '../search/dirSyncCookie.ts'
import type { SearchRequest } from '../search/search.ts'
import { parseSelection } from '../search/selection.ts'
import type { Finished } from './encodeResponse.ts'
import { encodeDirSyncValue, encodeEntry, succeeded } from './encodeResponse.ts'
import type { Session } from './session.ts'
import { control } from './supported.ts'

/** No answer holds more, whatever the client allows. */
const mostObjects = 1_000
/** For a client that names no limit; octets. */
const usualSize = 1_048_576

/** A search with LDAP_SERVER_DIRSYNC_OID: one answer of a round, with the cookie that continues it. */
export async function answerDirSync(session: Session, id: number, request: SearchRequest, dirSync: DirSyncRequest): Promise<Finished> {
  const { directory, actor } = session
  const prepared = prepareDirSync(directory, actor, request, dirSync)
  if (isRefusal(prepared)) return { outcome: prepared, controls: [] }
  const { state } = prepared
  const links = hasFlag(dirSync, 'incrementalValues') ? 'incremental' : 'whole'
  const position = await sendChanges(session, id, prepared, { since: state.from, selection: parseSelection(request.attributes, null), links }, dirSync.maxBytes)
  const next: DirSyncState = position === null ? { from: state.ceiling, ceiling: 0, position: null } : { ...state, position }
  const value = encodeDirSyncValue(position === null ? 'none' : 'more', formatCookie(invocationIdOf(directory), next))
  return { outcome: succeeded, controls: [{ oid: control.dirSync, value }] }
}

/** The place where an answer was full; null at the end of the round. At least one object is sent, however small the limit. */
async function sendChanges(session: Session, id: number, { changes }: PreparedDirSync, query: ChangeQuery, maxBytes: number): Promise<DirSyncState['position']> {
  const { directory, actor } = session
  const limit = maxBytes > 0 ? maxBytes : usualSize
  let [bytes, objects] = [0, 0]
  let sent: DirSyncState['position'] = null
  for (const { entry, position } of changes) {
    if (session.abandoned.has(id)) return null
    const current = directory.store.get(entry.id)
    const attributes = readChangedAttributes(directory, actor, current, query)
    if (attributes === null) continue
    const octets = encodeEntry(id, dnOf(directory, current), attributes)
    if (objects > 0 && (bytes + octets.length > limit || objects === mostObjects)) return sent
    await session.send(octets)
    bytes += octets.length
    objects++
    sent = position
  }
  return null
}
