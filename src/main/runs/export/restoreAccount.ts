import { sameValues } from '../../../shared/domain/attributes.ts'
import type { ConnectorObject } from '../../../shared/domain/connectorObject.ts'
import type { ObjectGuid } from '../../../shared/domain/ids.ts'
import type { ExistingChange } from '../../../shared/domain/change.ts'
import type { PlanLine } from '../../../shared/domain/plan.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { ValueChange } from '../../connectors/connector.ts'
import type { DirectoryTarget } from './directoryTarget.ts'
import { driftProblem, valuesIgnoringCase } from './drift.ts'
import { journalled, type ExportJournal } from './journalledWrite.ts'

export type RestoreLine = PlanLine & { readonly change: ExistingChange }

/**
 * Brings a deleted account back with its SID, then everything that a deletion takes away (sync-semantics 17): attributes,
 * a password, and userAccountControl last, so that nobody is enabled half-made.
 */
export async function restoreAccount(journal: ExportJournal, target: DirectoryTarget, line: RestoreLine, signal: AbortSignal): Promise<Result<ObjectGuid, Problem>> {
  const { change } = line
  const { newDn } = change
  if (newDn === null) throw new Error(`A restore of ${change.dn} was planned without saying where to`)
  const alive = await target.reader.readObject(change.anchor, ['userAccountControl'], signal)
  if (!alive.ok) return alive
  if (alive.value !== null) return fail(driftProblem(change, { expected: 'a deleted account', found: `an account that is there (${alive.value.dn ?? change.anchor})` }))
  const restored = await journalled(journal, line, { action: 'restore', anchor: change.anchor, isLast: false }, () => target.writer.restore(change.anchor, newDn, signal))
  return restored.ok ? completeRestored(journal, target, line, signal) : restored
}

/** Also the way to finish an account that an interrupted export has brought back and nothing more. */
export async function completeRestored(journal: ExportJournal, target: DirectoryTarget, line: RestoreLine, signal: AbortSignal): Promise<Result<ObjectGuid, Problem>> {
  const { change } = line
  const { anchor, attributes } = change
  const now = await target.reader.readObject(anchor, [...attributes.map(({ name }) => name), 'userAccountControl'], signal)
  if (!now.ok) return now
  if (now.value === null) return fail(driftProblem(change, { expected: 'the account that was just restored', found: 'no object' }))

  const values = lostValues(change, now.value)
  if (values.length > 0) {
    const written = await journalled(journal, line, { action: 'modify', anchor, isLast: false }, () => target.writer.modify(anchor, values, signal))
    if (!written.ok) return written
  }
  if (attributes.some(({ name, isGenerated }) => isGenerated === true && name.toLowerCase() === 'unicodepwd')) {
    const reset = await journalled(journal, line, { action: 'setPassword', anchor, isLast: false }, () => target.writer.setRandomPassword(anchor, signal))
    if (!reset.ok) return reset
  }
  const before = Number(now.value.attributes['userAccountControl']?.[0] ?? 0)
  const after = Number(attributes.find(({ name }) => name.toLowerCase() === 'useraccountcontrol')?.after[0] ?? before)
  const enabled = await journalled(journal, line, { action: 'setUserAccountControl', anchor, isLast: true }, () => (
    before === after ? Promise.resolve(succeed(null)) : target.writer.setUserAccountControl(anchor, before, after, signal)
  ))
  return enabled.ok ? succeed(anchor) : enabled
}

/** With the Recycle Bin most values come back by themselves; without it few do. Only what differs is written. */
function lostValues({ attributes }: ExistingChange, now: ConnectorObject): readonly ValueChange[] {
  return attributes
    .filter(({ name, isGenerated }) => isGenerated !== true && name.toLowerCase() !== 'useraccountcontrol')
    .map(({ name, after }) => ({ name, before: valuesIgnoringCase(now, name), after }))
    .filter(({ before, after }) => !sameValues(before, after))
}
