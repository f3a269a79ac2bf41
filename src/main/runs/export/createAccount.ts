import type { Value } from '../../../shared/domain/attributes.ts'
import type { CreateChange } from '../../../shared/domain/change.ts'
import { parseObjectGuid, type ObjectGuid } from '../../../shared/domain/ids.ts'
import type { PlanLine } from '../../../shared/domain/plan.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { driftProblem } from './drift.ts'
import type { DirectoryTarget } from './directoryTarget.ts'
import { journalled, type ExportJournal } from './journalledWrite.ts'

export type CreateLine = PlanLine & { readonly change: CreateChange }

/**
 * The portable order (Active Directory refuses an enabled account without password): add disabled, set the password,
 * then userAccountControl as planned.
 */
export async function createAccount(journal: ExportJournal, target: DirectoryTarget, line: CreateLine, signal: AbortSignal): Promise<Result<ObjectGuid, Problem>> {
  const { dn, attributes } = line.change
  const direct = attributes.filter(({ name, isGenerated }) => isGenerated !== true && name.toLowerCase() !== 'useraccountcontrol')
  const values: Record<string, readonly Value[]> = Object.fromEntries(direct.map(({ name, after }) => [name, after]))
  const added = await journalled(journal, line, { action: 'add', anchor: null, isLast: false }, () => target.writer.addDisabledUser(dn, values, signal))
  // The server itself refuses a name that somebody took after the plan was made: no look beforehand could be as sure.
  if (!added.ok) return added.problem.kind === 'objectNameTaken' ? fail(driftProblem(line.change, { expected: 'no object of this name', found: 'one' })) : added
  const anchor = parseObjectGuid(added.value ?? '')
  if (!anchor.ok) throw new Error(`A new account came without objectGUID: ${dn}`)
  return completeAccount(journal, target, line, { anchor: anchor.value, userAccountControl: disabledAccount }, signal)
}

/** An account that an interrupted export has left half-made is as it is now. */
export async function completeHalfMade(
  journal: ExportJournal, target: DirectoryTarget, line: CreateLine, anchor: ObjectGuid, signal: AbortSignal,
): Promise<Result<ObjectGuid, Problem>> {
  const now = await target.reader.readObject(anchor, ['userAccountControl'], signal)
  if (!now.ok) return now
  if (now.value === null) return fail(driftProblem(line.change, { expected: 'the account that was added', found: 'no object' }))
  return completeAccount(journal, target, line, { anchor, userAccountControl: Number(now.value.attributes['userAccountControl']?.[0] ?? disabledAccount) }, signal)
}

type AddedAccount = { readonly anchor: ObjectGuid; readonly userAccountControl: number }

async function completeAccount(
  journal: ExportJournal, target: DirectoryTarget, line: CreateLine, { anchor, userAccountControl }: AddedAccount, signal: AbortSignal,
): Promise<Result<ObjectGuid, Problem>> {
  const { attributes } = line.change
  if (attributes.some(({ name, isGenerated }) => isGenerated === true && name.toLowerCase() === 'unicodepwd')) {
    const reset = await journalled(journal, line, { action: 'setPassword', anchor, isLast: false }, () => target.writer.setRandomPassword(anchor, signal))
    if (!reset.ok) return reset
  }
  const planned = Number(attributes.find(({ name }) => name.toLowerCase() === 'useraccountcontrol')?.after[0] ?? disabledAccount)
  const enabled = await journalled(journal, line, { action: 'enable', anchor, isLast: true }, () => (
    userAccountControl === planned ? Promise.resolve(succeed(null)) : target.writer.setUserAccountControl(anchor, userAccountControl, planned, signal)
  ))
  return enabled.ok ? succeed(anchor) : enabled
}

/** Normal account, disabled: what `addDisabledUser` makes. */
const disabledAccount = 514
