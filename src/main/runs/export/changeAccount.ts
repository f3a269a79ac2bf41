import type { ExistingChange } from '../../../shared/domain/change.ts'
import type { ObjectGuid } from '../../../shared/domain/ids.ts'
import type { PlanLine } from '../../../shared/domain/plan.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { ValueChange } from '../../connectors/connector.ts'
import type { JournalAction } from '../../store/store.ts'
import { driftOf, driftProblem, findDrift } from './drift.ts'
import type { DirectoryTarget } from './directoryTarget.ts'
import { journalled, type ExportJournal } from './journalledWrite.ts'
import { restoreAccount } from './restoreAccount.ts'

export type ExistingLine = PlanLine & { readonly change: ExistingChange }

type PlannedWrite = { readonly action: JournalAction; readonly perform: () => Promise<Result<null, Problem>> }

/** Reads the account again, refuses what drifted, then writes the differences and nothing else. */
export async function changeAccount(journal: ExportJournal, target: DirectoryTarget, line: ExistingLine, signal: AbortSignal): Promise<Result<ObjectGuid, Problem>> {
  const { change } = line
  if (change.kind === 'restore') return restoreAccount(journal, target, line, signal)
  const names = [...new Set([...Object.keys(change.precondition.values), ...change.attributes.map(({ name }) => name), 'userAccountControl'])]
  const now = await target.reader.readObject(change.anchor, names, signal)
  if (!now.ok) return now
  if (now.value === null) return fail(driftProblem(change, { expected: `the account ${change.anchor}`, found: 'no object with this objectGUID' }))
  const drift = findDrift(change, now.value)
  if (drift.length > 0) return fail(driftOf(change, drift))

  const writes = plannedWrites(target, change, Number(now.value.attributes['userAccountControl']?.[0] ?? 0), signal)
  for (const [index, { action, perform }] of writes.entries()) {
    const result = await journalled(journal, line, { action, anchor: change.anchor, isLast: index === writes.length - 1 }, perform)
    if (!result.ok) return fail(asDrift(change, result.problem))
  }
  return succeed(change.anchor)
}

/** In an order that leaves a sensible account behind if the next one is refused: attributes, bits, then the name. */
function plannedWrites(target: DirectoryTarget, change: ExistingChange, userAccountControl: number, signal: AbortSignal): readonly PlannedWrite[] {
  const { writer } = target
  const { anchor } = change
  if (change.kind === 'delete') return [{ action: 'delete', perform: () => writer.delete(anchor, signal) }]
  const writes: PlannedWrite[] = []
  const values: readonly ValueChange[] = change.attributes.filter(({ name }) => name.toLowerCase() !== 'useraccountcontrol')
  if (values.length > 0) writes.push({ action: 'modify', perform: () => writer.modify(anchor, values, signal) })
  const bits = change.attributes.find(({ name }) => name.toLowerCase() === 'useraccountcontrol')
  if (bits !== undefined) {
    const after = withChangedBits(userAccountControl, Number(bits.before[0] ?? 0), Number(bits.after[0] ?? 0))
    writes.push({ action: 'setUserAccountControl', perform: () => writer.setUserAccountControl(anchor, userAccountControl, after, signal) })
  }
  const { newDn } = change
  if (newDn !== null) writes.push({ action: 'move', perform: () => writer.moveTo(anchor, newDn, signal) })
  return writes
}

/** sync-semantics 3: only the bits that the plan changes; what else was set in between stays. */
function withChangedBits(now: number, planned: number, after: number): number {
  const changed = planned ^ after
  return (now & ~changed) | (after & changed)
}

/** Delete-old plus add-new was refused: somebody changed the value between our reading and our writing. */
function asDrift(change: ExistingChange, problem: Problem): Problem {
  const isDrift = problem.kind === 'valueAbsent' || problem.kind === 'valueAlreadyPresent' || problem.kind === 'objectNotFound'
  return isDrift ? { ...driftProblem(change, null), detail: { ...problem.detail, dn: change.dn } } : problem
}
