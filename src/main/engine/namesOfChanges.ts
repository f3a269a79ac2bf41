import type { ExistingChange } from '../../shared/domain/change.ts'
import type { NameAttempt, SkipReason } from '../../shared/domain/decision.ts'
import { dnKey } from '../../shared/domain/dn.ts'
import { unavailable, type Named, type NamePlan } from './namePlan.ts'

/** Whether an existing account gets a name or place that somebody else may have: such changes go through `planNames`. */
export function claimsNames(change: ExistingChange): boolean {
  return change.newDn !== null || newUserPrincipalName(change) !== null
}

/**
 * One existing account that gets another DN or userPrincipalName. A name counts as taken as long as its owner has it, also
 * where the same plan takes it from the owner: an export writes in an order of its own and may skip the other change. Who
 * waits for a name to become free gets it by the next synchronisation; two who want to swap are told so each time, and one
 * of them has to be renamed by hand. A disable does without what is taken, and so does a return to the former OU.
 */
export function nameChange(plan: NamePlan, change: ExistingChange): Named {
  const { metaverseId } = change
  const attempts = attemptsOf(plan, change)
  const taken = attempts.filter(({ takenBy }) => takenBy !== null)
  const [first] = taken
  const fallback = first === undefined ? change : withoutTaken(change, taken)
  if (fallback === null && first !== undefined) {
    const reason: SkipReason = unavailable(change, first.attribute, first.name, first.takenBy ?? '')
    return { decision: { kind: 'skip', metaverseId, reason }, attempts }
  }
  const planned = fallback ?? change
  if (planned.newDn !== null) plan.dns.set(dnKey(planned.newDn), metaverseId)
  const userPrincipalName = newUserPrincipalName(planned)
  if (userPrincipalName !== null) plan.userPrincipalNames.set(userPrincipalName.toLowerCase(), metaverseId)
  return { decision: { kind: 'change', change: planned }, attempts }
}

function newUserPrincipalName({ attributes }: ExistingChange): string | null {
  const value = attributes.find(({ name }) => name.toLowerCase() === 'userprincipalname')?.after[0]
  return value === undefined ? null : String(value)
}

function attemptsOf(plan: NamePlan, change: ExistingChange): readonly NameAttempt[] {
  const attempts: NameAttempt[] = []
  const { newDn } = change
  if (newDn !== null) attempts.push({ attribute: 'dn', name: newDn, takenBy: ownerOf(plan.input.takenDns, plan.dns, dnKey(newDn), change) })
  const name = newUserPrincipalName(change)
  if (name !== null) attempts.push({ attribute: 'userPrincipalName', name, takenBy: ownerOf(plan.input.takenUserPrincipalNames, plan.userPrincipalNames, name.toLowerCase(), change) })
  return attempts
}

/** An account that has the name itself, in other letters perhaps, is in nobody's way. A deleted one has none any more. */
function ownerOf(taken: ReadonlyMap<string, string>, planned: ReadonlyMap<string, string>, key: string, { kind, dn }: ExistingChange): string | null {
  const owner = taken.get(key)
  if (owner !== undefined && (kind === 'restore' || owner.toLowerCase() !== dn.toLowerCase())) return owner
  return planned.get(key) ?? null
}

/** What can be written all the same; null: nothing. An enabled account under a wrong userPrincipalName is of no use. */
function withoutTaken(change: ExistingChange, taken: readonly NameAttempt[]): ExistingChange | null {
  const isTaken = (attribute: string) => taken.some((attempt) => attempt.attribute === attribute)
  const newDn = isTaken('dn') ? null : change.newDn
  if (change.kind === 'disable') return { ...change, newDn, attributes: isTaken('userPrincipalName') ? change.attributes.filter(({ from }) => from.source === 'lifecycle') : change.attributes }
  return change.kind === 'enable' && !isTaken('userPrincipalName') ? { ...change, newDn } : null
}
