import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { DelegationChange, ImpossibleUndo } from '../../../../shared/domain/delegationPlan.ts'
import { enumerate } from '../wording.ts'
import { needsPrivilege } from './needsPrivilege.ts'
import { orderChanges } from './orderChanges.ts'
import { delegationValueKey, sameDelegationValues } from './sameDelegationValues.ts'

/** A change that a run wrote, and what its attribute has now; null: the account is gone. */
export type WrittenDelegation = { readonly change: DelegationChange; readonly now: readonly string[] | null }
export type PlannedUndo = { readonly changes: readonly DelegationChange[]; readonly impossible: readonly ImpossibleUndo[] }

/**
 * The changes that take back what a run wrote, value by value and bit by bit: what others have changed since stays, and what
 * is something else by now is not touched and named.
 */
export function planUndo(written: readonly WrittenDelegation[], run: number): PlannedUndo {
  const undone = written.map(({ change, now }) => undoChange(change, now, run))
  return { changes: orderChanges(undone.flatMap(({ changes }) => changes)), impossible: undone.flatMap(({ impossible }) => impossible) }
}

/** The same changes the other way round, as if nothing happened in between: what a script that takes them back would do. */
export function takeBack(changes: readonly DelegationChange[]): readonly DelegationChange[] {
  return orderChanges(changes.map((change) => ({ ...change, before: change.after, after: change.before, reason: `Takes back: ${change.reason}` })))
}

type Undone = { readonly after: readonly string[] | null; readonly impossible: readonly string[] }

function undoChange(change: DelegationChange, now: readonly string[] | null, run: number): PlannedUndo {
  if (now === null) return { changes: [], impossible: [{ change, why: `${change.dn} is gone.` }] }
  const { after, impossible } = undoValues(change, now)
  const refused = impossible.map((why): ImpossibleUndo => ({ change, why }))
  if (after === null || sameDelegationValues(change.attribute, now, after)) return { changes: [], impossible: refused }
  const reason = `Takes back what run ${run} wrote: ${change.reason}`
  return { changes: [{ ...change, before: now, after, reason, needsPrivilege: needsPrivilege(change.attribute, now, after), cautions: cautionsOf(change) }], impossible: refused }
}

function undoValues(change: DelegationChange, now: readonly string[]): Undone {
  switch (change.attribute) {
    case 'msDS-AllowedToDelegateTo': case 'servicePrincipalName': return undoList(change, now)
    case 'userAccountControl': return undoBits(change, now)
    case 'msDS-SupportedEncryptionTypes': case 'msDS-AllowedToActOnBehalfOfOtherIdentity': return undoWhole(change, now)
    default: return assertNever(change.attribute)
  }
}

function undoList(change: DelegationChange, now: readonly string[]): Undone {
  const { attribute, accountName, before, after } = change
  const has = (values: readonly string[], wanted: string) => values.some((value) => delegationValueKey(attribute, value) === delegationValueKey(attribute, wanted))
  const added = after.filter((value) => !has(before, value))
  const removed = before.filter((value) => !has(after, value))
  const goneAgain = added.filter((value) => !has(now, value))
  const backAgain = removed.filter((value) => has(now, value))
  return {
    after: [...now.filter((value) => !has(added, value)), ...removed.filter((value) => !has(now, value))],
    impossible: [
      ...goneAgain.map((value) => `${value} was taken from ${accountName} (${attribute}) since; nothing is left to take back.`),
      ...backAgain.map((value) => `${value} was given back to ${accountName} (${attribute}) since; nothing is left to take back.`),
    ],
  }
}

/** Only the bits that were changed, and only where they are as the run left them. */
function undoBits({ accountName, before, after }: DelegationChange, [text]: readonly string[]): Undone {
  const [was, became, now] = [Number(before[0] ?? 0), Number(after[0] ?? 0), Number(text ?? 0)]
  const written = was ^ became
  const others = (now ^ became) & written
  const undoable = written & ~others
  const impossible = others === 0 ? [] : [`userAccountControl of ${accountName} was changed since (0x${others.toString(16)}); those bits stay as they are.`]
  return { after: [String((now & ~undoable) | (was & undoable))], impossible }
}

function undoWhole({ attribute, accountName, before, after }: DelegationChange, now: readonly string[]): Undone {
  if (sameDelegationValues(attribute, now, after)) return { after: before, impossible: [] }
  const since = sameDelegationValues(attribute, now, before) ? 'has its former value again' : `has another value since (${now.length === 0 ? 'none' : enumerate(now)})`
  return { after: null, impossible: [`${attribute} of ${accountName} ${since}; it stays as it is.`] }
}

function cautionsOf({ attribute, accountName }: DelegationChange): readonly string[] {
  return attribute === 'msDS-SupportedEncryptionTypes' ? [`Without AES ${accountName} depends on RC4, which ends with the updates of 2026.`] : ['Sign-on that depends on what the run wrote ends with it, once the change has replicated.']
}
