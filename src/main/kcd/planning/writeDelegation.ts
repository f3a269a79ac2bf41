import type { DelegationChange, DelegationPlanLine } from '../../../shared/domain/delegationPlan.ts'
import { sameDn } from '../../../shared/domain/dn.ts'
import { writeDriftVersions } from '../../../shared/domain/driftVersions.ts'
import type { Dn } from '../../../shared/domain/ids.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import { leavesOutcomeOpen } from '../../connectors/leavesOutcomeOpen.ts'
import { sameDelegationValues } from '../rules/planning/sameDelegationValues.ts'
import type { DelegationExportContext, DelegationTarget } from './delegationExport.ts'

export type DelegationJournal = Pick<DelegationExportContext, 'store' | 'now' | 'signal'> & { readonly run: number; readonly planHash: string; readonly target: DelegationTarget }

/**
 * Reads the attribute again on the controller that writes, compares it with what was planned and seen, and writes between
 * two journal entries. The write itself names the values that it replaces, so that the server refuses what changed in between.
 */
export async function writeDelegation(journal: DelegationJournal, { change, hash }: DelegationPlanLine): Promise<Result<null, Problem>> {
  const { store, now, signal, run, planHash, target: { writer, controller, domainSid, boundAs } } = journal
  const found = await writer.readValues(change.anchor, change.attribute, signal)
  if (!found.ok) return found
  if (found.value === null) return fail(gone(change))
  const { dn, values } = found.value
  // Who approved has read the name, and the write goes by the anchor: they have to be the same account still.
  if (!sameDn(dn, change.dn)) return fail(elsewhere(change, dn))
  if (!sameDelegationValues(change.attribute, values, change.before)) return fail(drifted(change, values))
  const id = await store.delegationJournalBefore({ run, planHash, changeHash: hash, domainSid, controller, boundAs, change, at: now() })
  // The directory's own spelling is what is replaced: it may differ from the plan's in case.
  const written = await writer.writeValues(change.anchor, change.attribute, values, change.after, signal)
  if (written.ok) {
    await store.delegationJournalAfter(id, { kind: 'done', at: now() })
    return succeed(null)
  }
  const problem = explainRefusal(written.problem, change, journal)
  // Without an answer nobody knows whether the write took place: the entry stays open for the next export.
  if (!leavesOutcomeOpen(problem)) await store.delegationJournalAfter(id, { kind: 'refused', at: now(), problem })
  return fail(problem)
}

/** Whether the controller shows what it was asked for. */
export async function confirmDelegation({ writer, controller }: DelegationTarget, change: DelegationChange, signal: AbortSignal): Promise<Result<null, Problem>> {
  const found = await writer.readValues(change.anchor, change.attribute, signal)
  if (!found.ok) return found
  if (found.value !== null && sameDelegationValues(change.attribute, found.value.values, change.after)) return succeed(null)
  return fail({
    kind: 'notConfirmed', message: `${controller} took the change of ${change.attribute} of ${change.dn}, and shows something else now.`,
    remedy: 'Look who else changes the account, read it again with "guestbridge kcd check", and plan what is missing.', detail: versionsOf(change, change.after, found.value?.values ?? []),
  })
}

function explainRefusal(problem: Problem, change: DelegationChange, { planHash, target: { boundAs } }: DelegationJournal): Problem {
  if (isDrift(problem)) return drifted(change, null)
  if (problem.kind !== 'notPermitted') return problem
  return { ...problem, remedy: `Have the right to write ${change.attribute} of it delegated to ${boundAs}, or hand the plan as a script to whoever has it: "guestbridge kcd script ${planHash}".` }
}

/** The answer to a value that is to be deleted and is not there, or to be added and is there. */
function isDrift({ kind }: Problem): boolean {
  return kind === 'valueAbsent' || kind === 'valueAlreadyPresent'
}

function drifted(change: DelegationChange, now: readonly string[] | null): Problem {
  const text = (values: readonly string[]) => (values.length === 0 ? 'no value' : values.map((value) => `"${value}"`).join(', '))
  return {
    kind: 'drift',
    message: now === null
      ? `${change.attribute} of ${change.dn} was not written: it changed in the moment of writing.`
      : `${change.attribute} of ${change.dn} was not written: it was ${text(change.before)} when this was planned and is ${text(now)} now.`,
    remedy: 'Plan it again with "guestbridge kcd plan": the new plan starts from what the directory has now.',
    detail: now === null ? { dn: change.dn } : versionsOf(change, change.before, now),
  }
}

function elsewhere(change: DelegationChange, now: Dn): Problem {
  return {
    kind: 'drift', message: `${change.dn} was not written: the account ${change.anchor} that the plan means is ${now} now.`,
    remedy: 'Plan it again with "guestbridge kcd plan", and read which account it names.', detail: { dn: change.dn, found: now },
  }
}

function gone(change: DelegationChange): Problem {
  return { kind: 'drift', message: `${change.dn} was not written: there is no account ${change.anchor} any more.`, remedy: 'Plan it again with "guestbridge kcd plan".', detail: { dn: change.dn } }
}

function versionsOf(change: DelegationChange, planned: readonly string[], found: readonly string[]): Readonly<Record<string, string>> {
  return { dn: change.dn, ...writeDriftVersions([{ name: change.attribute, planned: planned.join(' | '), found: found.join(' | ') }]) }
}
