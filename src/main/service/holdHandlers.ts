import type { CallOptions, HoldRow, Input } from '../../shared/api/contract.ts'
import type { Hold } from '../../shared/domain/lifecycle.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { StoreReader } from '../store/store.ts'
import { findPerson } from './findPerson.ts'
import type { WorkspaceSession } from './workspaceSession.ts'

export async function listHolds(reader: StoreReader): Promise<readonly HoldRow[]> {
  const holds = await reader.holds()
  const persons = await reader.metaverseObjects(holds.map(({ metaverseId }) => metaverseId))
  const nameOf = new Map(persons.map((person) => [person.id, nameOfPerson(person)]))
  return holds.map((hold) => ({ ...hold, name: nameOf.get(hold.metaverseId) ?? null }))
}

/** Takes the person out of the plan at once and keeps everybody from writing until the hold is released (sync-semantics 15). */
export async function excludePerson(session: WorkspaceSession, { id, note }: Input<'holds.exclude'>, options: CallOptions): Promise<Result<HoldRow, Problem>> {
  const person = await findPerson(session.reader, id)
  if (!person.ok) return person
  const hold: Hold = { metaverseId: person.value.id, cause: 'excluded', note, by: session.actor, since: session.now() }
  return session.asWriter('exclusion', { signal: options.signal, report: options.onProgress }, async ({ store }) => {
    await session.audit('personExcluded', null, { metaverseId: hold.metaverseId, note })
    await store.putHold(hold)
    await store.removePending([hold.metaverseId])
    return succeed({ ...hold, name: nameOfPerson(person.value) })
  })
}

export async function releaseHold(session: WorkspaceSession, { id }: Input<'holds.release'>, options: CallOptions): Promise<Result<HoldRow, Problem>> {
  const holds = await listHolds(session.reader)
  // A hold outlives the person in the metaverse: then only the id that "hold list" shows names it.
  const direct = holds.find(({ metaverseId }) => metaverseId === id)
  const person = direct === undefined ? await findPerson(session.reader, id) : null
  if (person !== null && !person.ok) return person
  const hold = direct ?? holds.find(({ metaverseId }) => metaverseId === person?.value.id)
  if (hold === undefined) return fail({ kind: 'notFoundInWorkspace', message: `"${id}" is not on hold.`, remedy: 'See "guestbridge hold list" for what is.' })
  return session.asWriter('release of a hold', { signal: options.signal, report: options.onProgress }, async ({ store }) => {
    await session.audit('holdReleased', null, { metaverseId: hold.metaverseId, cause: hold.cause, note: hold.note })
    await store.releaseHolds([hold.metaverseId])
    return succeed(hold)
  })
}

export function nameOfPerson({ attributes }: MetaverseObject): string | null {
  const value = attributes['displayName']?.values[0] ?? attributes['userPrincipalName']?.values[0]
  return value === undefined ? null : String(value)
}
