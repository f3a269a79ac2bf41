import type { Value } from '../../../shared/domain/attributes.ts'
import { sameValues } from '../../../shared/domain/attributes.ts'
import type { UserChange } from './userChange.ts'

/** All that one round says about one user. Merging is commutative and idempotent: Graph promises no order, and repeats itself. */
export type MergedChange = {
  readonly anchor: string
  /** `deleted` outranks `changed`: what is gone for good does not come back. */
  readonly removed: 'deleted' | 'changed' | null
  /** By name in Graph's spelling; an empty list: cleared. Null: the user came with the removal only. */
  readonly attributes: Readonly<Record<string, readonly Value[]>> | null
  /** An attribute came with two values: which is the later one only a look at the user can tell. */
  readonly isContradictory: boolean
}

/** Takes one more element of the round into account. */
export function addToRound(round: Map<string, MergedChange>, change: UserChange): void {
  const known = round.get(change.anchor)
  const single: MergedChange = change.kind === 'removed'
    ? { anchor: change.anchor, removed: change.reason, attributes: null, isContradictory: false }
    : { anchor: change.anchor, removed: null, attributes: change.attributes, isContradictory: false }
  round.set(change.anchor, known === undefined ? single : merge(known, single))
}

function merge(left: MergedChange, right: MergedChange): MergedChange {
  return {
    anchor: left.anchor,
    removed: left.removed === 'deleted' || right.removed === 'deleted' ? 'deleted' : left.removed ?? right.removed,
    attributes: left.attributes === null && right.attributes === null ? null : { ...left.attributes, ...right.attributes },
    isContradictory: left.isContradictory || right.isContradictory || contradict(left.attributes ?? {}, right.attributes ?? {}),
  }
}

function contradict(left: Readonly<Record<string, readonly Value[]>>, right: Readonly<Record<string, readonly Value[]>>): boolean {
  return Object.entries(right).some(([name, values]) => {
    const other = Object.hasOwn(left, name) ? left[name] : undefined
    return other !== undefined && !sameValues(other, values)
  })
}
