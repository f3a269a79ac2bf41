import type { NameAttempt, OutboundDecision, SkipReason } from '../../shared/domain/decision.ts'
import { dnKey, parseDn } from '../../shared/domain/dn.ts'
import type { NameOutcome, NamesNeeded, NameWish, WishesInput, WishesResult } from './contract.ts'
import { nameChange } from './namesOfChanges.ts'
import { unavailable, type NamePlan } from './namePlan.ts'
import { accountNameOfAttempt } from './nameSuffix.ts'

/** What was tried for one person, in order. */
export type NoteAttempts = (metaverseId: string, attempts: readonly NameAttempt[]) => void

/**
 * Names for all new accounts together, in order of metaverse id, behind those of existing accounts that get another name
 * or place. Account names are unique in the plan and in the domain, case ignored, by deterministic suffixes. A DN or
 * userPrincipalName that somebody has is never changed: the cn is the guest's id and the userPrincipalName its sign-in
 * name, so whoever has it should be joined or asked about (sync-semantics 12).
 *
 * Answers `needs` while the domain must be asked about more account names; call again with these added to
 * `lookedUpAccountNames` and what was found to `takenAccountNames`. Ends after at most 16 rounds.
 */
export function giveNames(input: WishesInput, noteAttempts: NoteAttempts = () => undefined): WishesResult | NamesNeeded {
  const plan: NamePlan = { input, accountNames: new Map(), dns: new Map(), userPrincipalNames: new Map(), needs: new Set() }
  const decisions: OutboundDecision[] = []
  for (const change of (input.changes ?? []).toSorted(byMetaverseId)) {
    const { decision, attempts } = nameChange(plan, change)
    noteAttempts(change.metaverseId, attempts)
    decisions.push(decision)
  }
  const outcomes = new Map<string, NameOutcome>()
  for (const wish of input.wishes.toSorted(byMetaverseId)) {
    const attempts: NameAttempt[] = []
    outcomes.set(wish.metaverseId, nameAccount(plan, wish, attempts))
    noteAttempts(wish.metaverseId, attempts)
  }
  return plan.needs.size > 0 ? { needs: [...plan.needs].sort() } : { decisions, outcomes }
}

/** The account names to ask the domain about first: the wishes. */
export function wishedAccountNames(wishes: readonly NameWish[]): readonly string[] {
  return [...new Set(wishes.map(({ accountName }) => accountName))].sort()
}

function nameAccount(plan: NamePlan, wish: NameWish, attempts: NameAttempt[]): NameOutcome {
  const { metaverseId, dn, userPrincipalName } = wish
  const created = { kind: 'create', metaverseId, dn } as const
  const refused = (reason: SkipReason): NameOutcome => ({ kind: 'refused', reason })

  const key = dnKey(dn)
  const dnOwner = plan.input.takenDns.get(key) ?? plan.dns.get(key) ?? null
  attempts.push({ attribute: 'dn', name: dn, takenBy: dnOwner })
  if (dnOwner !== null) return refused(unavailable(created, 'dn', dn, dnOwner))

  const nameKey = userPrincipalName.toLowerCase()
  const owner = plan.input.takenUserPrincipalNames.get(nameKey) ?? null
  const rival = plan.userPrincipalNames.get(nameKey) ?? null
  attempts.push({ attribute: 'userPrincipalName', name: userPrincipalName, takenBy: owner ?? rival })
  if (owner !== null) return refused(accountToDecideAbout(wish, owner))
  if (rival !== null) return refused(unavailable(created, 'userPrincipalName', userPrincipalName, rival))

  const name = chooseAccountName(plan, wish, attempts)
  if (name === null) return refused(unavailable(created, 'sAMAccountName', wish.accountName, attempts.at(-1)?.takenBy ?? ''))
  plan.dns.set(key, metaverseId)
  plan.userPrincipalNames.set(nameKey, metaverseId)
  plan.accountNames.set(name.toLowerCase(), metaverseId)
  return { kind: 'given', accountName: name }
}

/** Enough for a domain in which almost every name is taken; more would only hide that the rule makes bad names. */
const attemptLimit = 64
/** Asked about at once, so that a domain full of similar names does not cost a round for each. */
const lookAhead = 4

/**
 * The first name of the person that is free. A name that the domain was not asked about yet counts as free for now: the
 * round only tells what else to ask, its decisions are thrown away.
 */
function chooseAccountName(plan: NamePlan, { metaverseId, accountName: wish }: NameWish, attempts: NameAttempt[]): string | null {
  for (let attempt = 0; attempt < attemptLimit; attempt += 1) {
    const name = accountNameOfAttempt(wish, metaverseId, attempt)
    const key = name.toLowerCase()
    const takenBy = plan.input.takenAccountNames.get(key)?.dn ?? plan.accountNames.get(key) ?? null
    attempts.push({ attribute: 'sAMAccountName', name, takenBy })
    if (takenBy !== null) continue
    if (!plan.input.lookedUpAccountNames.has(key)) askAhead(plan, wish, metaverseId, attempt)
    return name
  }
  return null
}

function askAhead(plan: NamePlan, wish: string, id: string, attempt: number): void {
  const names = Array.from({ length: lookAhead }, (_, index) => accountNameOfAttempt(wish, id, attempt + index))
  for (const name of names) {
    if (!plan.input.lookedUpAccountNames.has(name.toLowerCase())) plan.needs.add(name)
  }
}

function accountToDecideAbout({ metaverseId, dn: wished, userPrincipalName }: NameWish, owner: string): SkipReason {
  const dn = parseDn(owner)
  if (dn.ok) return { kind: 'joinNeedsDecision', dn: dn.value }
  return unavailable({ kind: 'create', metaverseId, dn: wished }, 'userPrincipalName', userPrincipalName, owner)
}

function byMetaverseId(left: { readonly metaverseId: string }, right: { readonly metaverseId: string }): number {
  return left.metaverseId < right.metaverseId ? -1 : 1
}
