import type { Change, ChangeKind } from '../../shared/domain/change.ts'
import type { PlanBlock } from '../../shared/domain/plan.ts'
import { percentSaysSomething } from '../../shared/domain/percentSaysSomething.ts'

/** A limit on one plan and on the last 24 hours together (sync-semantics 14). `percent` refers to the managed accounts. */
export type Limit = { readonly count: number; readonly percent?: number | undefined }
export type Limits = Readonly<Record<PlanBlock['kind'], Limit>>

export type ThresholdCounts = Readonly<Record<PlanBlock['kind'], number>>

const noCounts: ThresholdCounts = { disableAndDelete: 0, renameMoveAndUserPrincipalName: 0, updateAdoptAndEnable: 0, create: 0 }

const groupOfKind: Readonly<Record<ChangeKind, PlanBlock['kind']>> = {
  create: 'create',
  adopt: 'updateAdoptAndEnable',
  update: 'updateAdoptAndEnable',
  enable: 'updateAdoptAndEnable',
  restore: 'updateAdoptAndEnable',
  rename: 'renameMoveAndUserPrincipalName',
  move: 'renameMoveAndUserPrincipalName',
  disable: 'disableAndDelete',
  delete: 'disableAndDelete',
}

/**
 * The limits that a change counts against. Whatever takes the account to another place or name counts as that too: an
 * update that changes the UPN, a disable that moves to the OU of leavers. A restore is named anew by necessity.
 */
export function thresholdGroups(change: Change): readonly PlanBlock['kind'][] {
  const group = groupOfKind[change.kind]
  if (change.kind === 'create' || isCountedByKind(change.kind)) return [group]
  const changesName = change.newDn !== null || change.attributes.some(({ name, before }) => name.toLowerCase() === 'userprincipalname' && before.length > 0)
  return changesName ? [group, 'renameMoveAndUserPrincipalName'] : [group]
}

/** Whether all changes of the kind count against the same limits, so that none of them has to be looked at. */
export function isCountedByKind(kind: ChangeKind): boolean {
  return kind === 'create' || kind === 'restore' || groupOfKind[kind] === 'renameMoveAndUserPrincipalName'
}

/** Of so many changes of a kind that is counted by kind. */
export function countOfKind(kind: ChangeKind, changes: number): ThresholdCounts {
  return { ...noCounts, [groupOfKind[kind]]: changes }
}

export function countForThresholds(changes: Iterable<Change>): ThresholdCounts {
  const counts = { ...noCounts }
  for (const change of changes) {
    for (const group of thresholdGroups(change)) counts[group] += 1
  }
  return counts
}

export function addCounts(left: ThresholdCounts, right: ThresholdCounts): ThresholdCounts {
  return {
    disableAndDelete: left.disableAndDelete + right.disableAndDelete,
    renameMoveAndUserPrincipalName: left.renameMoveAndUserPrincipalName + right.renameMoveAndUserPrincipalName,
    updateAdoptAndEnable: left.updateAdoptAndEnable + right.updateAdoptAndEnable,
    create: left.create + right.create,
  }
}

/** What would be exceeded: nothing means that the plan may be written once it is approved. */
export function findExceeded(planned: ThresholdCounts, recent: ThresholdCounts, managedAccounts: number, limits: Limits): readonly PlanBlock[] {
  const kinds = Object.keys(noCounts) as PlanBlock['kind'][]
  return kinds.flatMap((kind): readonly PlanBlock[] => {
    if (planned[kind] === 0) return []
    const all = planned[kind] + recent[kind]
    const limit = limits[kind]
    const block = { kind, planned: all, managedAccounts }
    if (all > limit.count) return [{ ...block, limit: limit.count, unit: 'count' }]
    const percentApplies = limit.percent !== undefined && percentSaysSomething(all, managedAccounts)
    if (percentApplies && limit.percent !== undefined && all * 100 > limit.percent * managedAccounts) {
      return [{ ...block, limit: limit.percent, unit: 'percent' }]
    }
    return []
  })
}

/** An approver's word, in the approval of one plan, that it may exceed the threshold of one kind. */
export type Lift = { readonly kind: PlanBlock['kind']; readonly note: string }

/** What still blocks, and which blocks the approval has lifted, each with its note for the audit trail. */
export function applyLifts(blocks: readonly PlanBlock[], lifts: readonly Lift[]): { readonly blocking: readonly PlanBlock[]; readonly lifted: readonly (PlanBlock & { readonly note: string })[] } {
  const noteFor = new Map(lifts.map(({ kind, note }) => [kind, note]))
  const lifted = blocks.flatMap((block) => {
    const note = noteFor.get(block.kind)
    return note === undefined ? [] : [{ ...block, note }]
  })
  return { blocking: blocks.filter(({ kind }) => !noteFor.has(kind)), lifted }
}
