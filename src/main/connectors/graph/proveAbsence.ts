import { parseObjectGuid } from '../../../shared/domain/ids.ts'
import type { AbsenceAnswer } from '../../../shared/domain/lifecycle.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { succeed } from '../../../shared/domain/result.ts'
import type { BatchSender } from './batch.ts'
import type { Look } from './lookAtEach.ts'
import { askEach, lookAtEach } from './lookAtEach.ts'

type Present = Extract<AbsenceAnswer, { kind: 'present' }>

/**
 * What became of each id: a look at the user, for a missing one at the deleted items, for a present one at the scope group
 * (null: the tenant is the scope). Everything but a clear answer of Graph is `unclear`, never `gone` (sync-semantics 7). A
 * problem means that Graph could not be asked at all.
 */
export async function proveAbsence(sender: BatchSender, group: string | null, ids: readonly string[], signal: AbortSignal): Promise<Result<ReadonlyMap<string, AbsenceAnswer>, Problem>> {
  const anchors = new Map(ids.map((id) => [id, parseObjectGuid(id)]))
  const sound = [...new Set([...anchors.values()].flatMap((anchor) => (anchor.ok ? [anchor.value] : [])))]
  const users = await lookAtEach(sender, sound, (id) => `/users/${id}?$select=id,userType,accountEnabled`, signal)
  if (!users.ok) return users
  const missing = sound.filter((id) => users.value.get(id)?.kind === 'notFound')
  const deleted = await lookAtEach(sender, missing, (id) => `/directory/deletedItems/${id}?$select=id,deletedDateTime`, signal)
  if (!deleted.ok) return deleted
  const members = group === null ? null : await askForMembership(sender, group, sound.filter((id) => users.value.get(id)?.kind === 'found'), signal)
  if (members !== null && !members.ok) return members
  const answer = (id: string): AbsenceAnswer => {
    const user = users.value.get(id)
    return user?.kind === 'notFound' ? describeMissing(id, deleted.value.get(id)) : describeUser(id, user, members === null ? null : members.value)
  }
  return succeed(new Map([...anchors].map(([id, anchor]) => [id, anchor.ok ? answer(anchor.value) : unclear('it is not the id of a user')])))
}

/** Transitive membership of each user, asked for by itself: https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups */
function askForMembership(sender: BatchSender, group: string, ids: readonly string[], signal: AbortSignal): ReturnType<typeof askEach> {
  return askEach(sender, ids, (id) => ({ id, method: 'POST', url: `/users/${id}/checkMemberGroups`, body: { groupIds: [group] }, repeat: 'whileUnavailable' }), signal)
}

function describeUser(id: string, user: Look | undefined, members: ReadonlyMap<string, Look> | null): AbsenceAnswer {
  if (user === undefined || user.kind !== 'found') return unclear(`the user could not be read: ${describeFailure(user)}`)
  const { userType, accountEnabled } = user.body
  if (!isAbout(user.body, id)) return unclear('Graph answered with another user')
  const present: Omit<Present, 'isInGroup'> = { kind: 'present', userType: typeof userType === 'string' ? userType : null, accountEnabled: typeof accountEnabled === 'boolean' ? accountEnabled : null }
  return members === null ? { ...present, isInGroup: null } : describeMembership(present, members.get(id))
}

/** The answer lists those of the groups asked about that the user is in: the one group, or none. */
function describeMembership(present: Omit<Present, 'isInGroup'>, membership: Look | undefined): AbsenceAnswer {
  if (membership?.kind !== 'found') return unclear(`the membership in the scope group could not be read: ${describeFailure(membership)}`)
  const groups = membership.body['value']
  return Array.isArray(groups) ? { ...present, isInGroup: groups.length > 0 } : unclear('the answer about the scope group is not a list')
}

function describeMissing(id: string, deleted: Look | undefined): AbsenceAnswer {
  if (deleted?.kind === 'notFound') return { kind: 'gone' }
  if (deleted?.kind !== 'found') return unclear(`there is no such user, and the deleted users could not be read: ${describeFailure(deleted)}`)
  const { deletedDateTime } = deleted.body
  return isAbout(deleted.body, id) ? { kind: 'softDeleted', deletedAt: typeof deletedDateTime === 'string' ? deletedDateTime : null } : unclear('Graph answered with another deleted user')
}

function isAbout(body: Readonly<Record<string, unknown>>, id: string): boolean {
  return typeof body['id'] === 'string' && body['id'].toLowerCase() === id
}

function describeFailure(look: Look | undefined): string {
  if (look === undefined) return 'there is no answer'
  if (look.kind === 'failed') return `status ${look.status}, ${String(look.problem.detail?.['code'] ?? look.problem.kind)}`
  return 'it is not found'
}

function unclear(why: string): AbsenceAnswer {
  return { kind: 'unclear', why }
}
