import type { Schema } from '../../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { Conversation } from './conversation.ts'
import { isManaged } from './managedOus.ts'
import { describeWhole, isAbsent } from './readObjects.ts'
import { searchOnce } from './search.ts'
import { usersOnly } from './userFilters.ts'

export type UsersRead = { readonly objects: ReadonlyMap<string, ConnectorObject>; readonly problems: readonly ObjectProblem[] }

/** These objects in full, as an import would bring them; those that are no people, or not in the managed OUs (any more), are missing. */
export async function readUsers(conversation: Conversation, anchors: readonly string[], schema: Schema, signal: AbortSignal): Promise<Result<UsersRead, Problem>> {
  const objects = new Map<string, ConnectorObject>()
  const problems: ObjectProblem[] = []
  for (let start = 0; start < anchors.length; start += atOnce) {
    const batch = await Promise.all(anchors.slice(start, start + atOnce).map((anchor) => readUser(conversation, anchor, schema, signal)))
    for (const read of batch) {
      if (read.ok && read.value !== null) objects.set(read.value.anchor, read.value)
      else if (!read.ok && 'object' in read.problem) problems.push(read.problem)
      else if (!read.ok) return fail(read.problem)
    }
  }
  return succeed({ objects, problems })
}

/** Requests under way on one connection; each has the time limit of an operation from its sending on. */
const atOnce = 50

async function readUser(conversation: Conversation, anchor: string, schema: Schema, signal: AbortSignal): Promise<Result<ConnectorObject | null, Problem | ObjectProblem>> {
  const attributes = Object.values(schema).map(({ name }) => name)
  const search = { base: `<GUID=${anchor}>`, scope: 'base' as const, filter: usersOnly, attributes }
  const found = await searchOnce(conversation, search, `Reading ${anchor}`, signal)
  if (!found.ok) return isAbsent(found.problem) ? succeed(null) : found
  const [entry] = found.value
  if (entry === undefined) return succeed(null)
  const described = await describeWhole(conversation, entry, schema, signal)
  if (!described.ok) return described
  const { dn } = described.value
  return succeed(dn !== null && isManaged(dn, conversation.connection.managedOus) ? described.value : null)
}
