import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { fail, succeed } from '../../../shared/domain/result.ts'
import type { DeltaChange } from '../connector.ts'
import type { BatchSender } from './batch.ts'
import type { MergedChange } from './deltaRound.ts'
import type { FilterExpression } from './filterExpression.ts'
import type { Standing } from './judgeChange.ts'
import { judgeObject } from './judgeChange.ts'
import type { Look } from './lookAtEach.ts'
import { lookAtEach } from './lookAtEach.ts'
import { toConnectorObject } from './toConnectorObject.ts'

export type UnclearChange = { readonly merged: MergedChange; readonly standing: Standing }
export type ReadChanges = { readonly changes: readonly DeltaChange[]; readonly problems: readonly ObjectProblem[] }

/**
 * Looks at users about whom a round was not clear, and says what that means for them. Any failure but "there is no such
 * user" ends the import: the watermark must not pass by a change that was not understood.
 */
export async function readChangedUsers(
  sender: BatchSender, filter: FilterExpression, selected: readonly string[], unclear: readonly UnclearChange[], signal: AbortSignal,
): Promise<Result<ReadChanges, Problem>> {
  const query = `$select=${selected.map(encodeURIComponent).join(',')}`
  const looks = await lookAtEach(sender, unclear.map((each) => each.merged.anchor), (id) => `/users/${id}?${query}`, signal)
  if (!looks.ok) return looks
  const lowerNames = new Set(selected.map((name) => name.toLowerCase()))
  const changes: DeltaChange[] = []
  const problems: ObjectProblem[] = []
  for (const each of unclear) {
    const look = looks.value.get(each.merged.anchor)
    if (look === undefined) continue
    if (look.kind === 'failed') return fail(look.problem)
    const judged = look.kind === 'found' ? judgeFound(look, each, filter, lowerNames) : judgeMissing(each)
    if (!judged.ok) problems.push(judged.problem)
    else if (judged.value !== null) changes.push(judged.value)
  }
  return succeed({ changes, problems })
}

function judgeFound(look: Extract<Look, { kind: 'found' }>, { merged, standing }: UnclearChange, filter: FilterExpression, selected: ReadonlySet<string>): Result<DeltaChange | null, ObjectProblem> {
  const object = toConnectorObject(look.body, merged.anchor, selected)
  if (!object.ok) return object
  if (object.value.anchor !== merged.anchor) return fail(describeOtherUser(merged.anchor, object.value.anchor))
  const verdict = judgeObject(object.value, standing, filter)
  return succeed(verdict.kind === 'deliver' ? verdict.change : null)
}

/** There is no such user now. The round said so too, or the next one will. */
function judgeMissing({ merged, standing }: UnclearChange): Result<DeltaChange | null, ObjectProblem> {
  if (merged.removed === null) return fail(describeMissing(merged.anchor))
  return succeed(standing === 'known' ? { kind: 'removed', anchor: merged.anchor, why: 'softDeleted' } : null)
}

function describeMissing(anchor: string): ObjectProblem {
  return {
    connector: 'entra', object: anchor, kind: 'objectNotFound', message: `Graph reported a change of the user ${anchor}, but does not find it.`,
    remedy: 'The user is left as it is. If it was deleted meanwhile, the next delta import says so; otherwise a full import brings it.',
  }
}

function describeOtherUser(anchor: string, answered: string): ObjectProblem {
  return {
    connector: 'entra', object: anchor, kind: 'malformedAnswer', message: `Graph was asked for the user ${anchor} and answered with ${answered}.`,
    remedy: 'The user is left as it is. Run a full import; if it stays so, give the run and this id to support.',
  }
}
