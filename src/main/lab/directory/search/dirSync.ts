import type { Actor } from '../access/actor.ts'
import { mayRead, mayReplicate } from '../access/rights.ts'
import type { Directory } from '../directory.ts'
import { invocationIdOf } from '../entries/controller.ts'
import type { Entry } from '../entries/entry.ts'
import { integerOf, isContextHead } from '../entries/entry.ts'
import { namesOf, resolveName } from '../entries/resolve.ts'
import { badControlValue, noReplicationRight, notANamingContext, notBound } from '../errors.ts'
import type { Refusal } from '../refusal.ts'
import { isRefusal } from '../refusal.ts'
import { candidatesFor } from './candidates.ts'
import type { ChangePosition, DirSyncState } from './dirSyncCookie.ts'
import { parseCookie } from './dirSyncCookie.ts'
import { compileFilter } from './filterEvaluation.ts'
import type { SearchRequest } from './search.ts'

export type DirSyncRequest = { readonly flags: number; readonly maxBytes: number; readonly cookie: Buffer }

/** MS-ADTS 3.1.1.3.4.1.3. LDAP_DIRSYNC_PUBLIC_DATA_ONLY (0x2000) changes nothing here: secrets never leave this server. */
export const dirSyncFlag = { objectSecurity: 0x1, ancestorsFirst: 0x800, incrementalValues: 0x8000_0000 } as const

export type PreparedDirSync = {
  readonly state: DirSyncState
  /** What is left of the round, in its order. */
  readonly changes: readonly { readonly entry: Entry; readonly position: ChangePosition }[]
}

/**
 * The entries of a naming context that changed since the cookie and match the filter as they are now, deleted ones included as far as the account may see them.
 * A cookie of another controller begins from the first change.
 */
export function prepareDirSync(directory: Directory, actor: Actor, request: SearchRequest, dirSync: DirSyncRequest): PreparedDirSync | Refusal {
  if (actor.kind === 'anonymous') return notBound()
  const head = findContext(directory, actor, request, hasFlag(dirSync, 'objectSecurity') ? 'object' : 'context')
  if (isRefusal(head)) return head
  const state = readState(directory, dirSync.cookie)
  if (state === 'damaged') return badControlValue()
  const test = compileFilter(directory, actor, request.filter)
  const order = hasFlag(dirSync, 'ancestorsFirst') ? (entry: Entry) => namesOf(directory, entry).length : () => 0
  const changes = candidatesFor(directory, head, 'subtree', request.filter)
    .map((id) => directory.store.get(id))
    .filter((entry) => usnOf(entry) > state.from && mayRead(directory, actor, entry) && test(entry) === true)
    .map((entry) => ({ entry, position: { depth: order(entry), usn: usnOf(entry) } }))
    .filter(({ position }) => state.position === null || comparePositions(position, state.position) > 0)
  return { state, changes: changes.toSorted((left, right) => comparePositions(left.position, right.position)) }
}

export function hasFlag(dirSync: DirSyncRequest, name: keyof typeof dirSyncFlag): boolean {
  return (dirSync.flags & dirSyncFlag[name]) !== 0
}

/** With object security each object's own rights decide; without it, the right to replicate the whole context. */
function findContext(directory: Directory, actor: Actor, request: SearchRequest, security: 'object' | 'context'): Entry | Refusal {
  const head = resolveName(directory, request.base)
  if (isRefusal(head)) return head
  if (!isContextHead(head) || request.scope !== 'subtree') return security === 'object' ? notANamingContext() : noReplicationRight()
  return security === 'object' || mayReplicate(directory, actor, head) ? head : noReplicationRight()
}

function readState(directory: Directory, cookie: Buffer): DirSyncState | 'damaged' {
  const ceiling = directory.store.highestUsn()
  const fromStart: DirSyncState = { from: 0, ceiling, position: null }
  if (cookie.length === 0) return fromStart
  const state = parseCookie(cookie, invocationIdOf(directory))
  if (state === 'damaged') return state
  if (state === 'foreign') return fromStart
  return state.position === null ? { ...state, ceiling } : state
}

function usnOf(entry: Entry): number {
  return integerOf(entry, 'uSNChanged') ?? 0
}

function comparePositions(left: ChangePosition, right: ChangePosition): number {
  return left.depth - right.depth || left.usn - right.usn
}
