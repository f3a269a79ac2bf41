import type { Value } from '../../../shared/domain/attributes.ts'
import type { ObjectProblem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import { isRecord } from './parseJson.ts'
import { describeUnreadable, readAnchor, readValues } from './toConnectorObject.ts'

/** One element of a page of `/users/delta`. */
export type UserChange =
  | { readonly kind: 'removed'; readonly anchor: string; readonly reason: 'changed' | 'deleted' }
  /** Only what the element names; an empty list: the attribute was cleared. */
  | { readonly kind: 'changed'; readonly anchor: string; readonly attributes: Readonly<Record<string, readonly Value[]>> }

/**
 * `{"id","@removed":{"reason"}}`, or a user with some of its attributes, where null means cleared and absent means nothing at all.
 * https://learn.microsoft.com/graph/delta-query-overview. Parameters as for `toConnectorObject`.
 */
export function readUserChange(element: unknown, place: string, selected: ReadonlySet<string>): Result<UserChange, ObjectProblem> {
  if (!isRecord(element)) return fail(describeUnreadable(place, 'valueOfWrongType', 'is not an object', {}))
  const anchor = readAnchor(element, place)
  if (!anchor.ok) return anchor
  if ('@removed' in element) return readRemoval(element['@removed'], anchor.value)
  const attributes = readValues(element, anchor.value, selected)
  if (!attributes.ok) return attributes
  const { id: _, ...changed } = attributes.value
  if (changed['userPrincipalName']?.length === 0) return fail(describeUnreadable(anchor.value, 'valueMissing', 'has no userPrincipalName', { attribute: 'userPrincipalName' }))
  return succeed({ kind: 'changed', anchor: anchor.value, attributes: changed })
}

function readRemoval(removed: unknown, anchor: string): Result<UserChange, ObjectProblem> {
  const reason = isRecord(removed) ? removed['reason'] : null
  if (reason !== 'changed' && reason !== 'deleted') return fail(describeUnreadable(anchor, 'valueOfWrongType', 'was removed for a reason that is neither changed nor deleted', {}))
  return succeed({ kind: 'removed', anchor, reason })
}
