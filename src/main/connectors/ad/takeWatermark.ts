import type { Schema } from '../../../shared/domain/attributes.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { DeltaRequest } from '../connector.ts'
import type { Conversation } from './conversation.ts'
import { readsDeletedObjects } from './deletedObjects.ts'
import type { DirectorySchema } from './directorySchema.ts'
import { takeFirstCookie } from './dirSync.ts'
import { readDomainSid } from './identify.ts'
import { fingerprintOf, readContainers } from './managedOus.ts'
import { readServerState } from './serverState.ts'
import { bindTo, deltaExpired, readWatermark } from './watermark.ts'
import type { Watermark, WatermarkBinding } from './watermark.ts'

/**
 * Where a later delta may begin. Null where none would be complete: the server does not say how far it has come, or the bound
 * account does not see deletions. A delta without deletions would keep every deleted account for ever, and nobody would notice.
 */
export async function takeWatermark(conversation: Conversation, schema: DirectorySchema, read: Schema, signal: AbortSignal): Promise<Result<Watermark | null, Problem>> {
  const state = await readServerState(conversation, signal)
  if (!state.ok) return state
  if (state.value === null) return succeed(null)
  const bound = await bind(conversation, schema, read, signal)
  if (!bound.ok) return bound
  const cookie = await takeFirstCookie(conversation, bound.value.domainDn, signal)
  if (!cookie.ok) return cookie
  const sees = await readsDeletedObjects(conversation, signal)
  if (!sees.ok) return sees
  if (!sees.value && cookie.value?.showsDeletions !== true) return succeed(null)
  const containers = await readContainers(conversation, signal)
  if (!containers.ok) return containers
  const way: Watermark['way'] = cookie.value === null ? { kind: 'updateSequence' } : { kind: 'dirSync', mode: cookie.value.mode, cookie: cookie.value.cookie.toString('base64') }
  return succeed({ version: 1, way, state: state.value, containers: fingerprintOf(containers.value, state.value.usn), readsDeletedObjects: sees.value, binding: bound.value.binding })
}

/** The end of the last import and the end of the coming one; `deltaExpired` where a delta would not tell the truth. */
export async function continueFrom(conversation: Conversation, schema: DirectorySchema, read: Schema, { watermark, signal }: DeltaRequest): Promise<Result<{ readonly from: Watermark; readonly to: Watermark }, Problem>> {
  const state = await readServerState(conversation, signal)
  if (!state.ok) return state
  if (state.value === null) return fail(deltaExpired('the domain controller does not say how far it has come'))
  const bound = await bind(conversation, schema, read, signal)
  if (!bound.ok) return bound
  const from = readWatermark(watermark, state.value, bound.value.binding)
  if (!from.ok) return from
  const missing = await findMissingRight(conversation, from.value, signal)
  if (missing !== null) return fail(missing)
  const containers = await readContainers(conversation, signal)
  if (!containers.ok) return containers
  if (fingerprintOf(containers.value, from.value.state.usn) !== from.value.containers) return fail(deltaExpired('an OU was renamed, moved or deleted; the accounts below it do not say so'))
  return succeed({ from: from.value, to: { ...from.value, state: state.value, containers: fingerprintOf(containers.value, state.value.usn) } })
}

async function bind(conversation: Conversation, schema: DirectorySchema, read: Schema, signal: AbortSignal): Promise<Result<{ readonly domainDn: Dn; readonly binding: WatermarkBinding }, Problem>> {
  const signedIn = await conversation.signIn(signal)
  if (!signedIn.ok) return signedIn
  const { domainDn } = signedIn.value.root
  const domainSid = await readDomainSid(conversation, schema, domainDn, signal)
  return domainSid.ok ? succeed({ domainDn, binding: bindTo(domainSid.value, Object.keys(read), conversation.connection.managedOus) }) : domainSid
}

/** Rights can be taken away between two deltas; the server would go on without a word. */
async function findMissingRight(conversation: Conversation, from: Watermark, signal: AbortSignal): Promise<Problem | null> {
  if (!from.readsDeletedObjects) return null
  const sees = await readsDeletedObjects(conversation, signal)
  if (!sees.ok) return sees.problem
  return sees.value ? null : deltaExpired('the account may not read CN=Deleted Objects any more, so that deletions would be missing')
}
