import type { CreateChange } from '../../shared/domain/change.ts'
import type { NameAttempt, OutboundDecision, SkipReason } from '../../shared/domain/decision.ts'
import { dnKey, parseDn } from '../../shared/domain/dn.ts'
import type { CreateRequest, EngineSettings, NamesInput, NamesNeeded, NamesResult } from './contract.ts'
import { nameChange } from './namesOfChanges.ts'
import { unavailable, type Named, type NamePlan } from './namePlan.ts'
import { accountNameOfAttempt } from './nameSuffix.ts'

/**
 * Fifth step: names for all new accounts together, in order of metaverse id, behind those of existing accounts that get
 * another name or place. Account names are unique in the plan and in the domain, case ignored, by deterministic suffixes. A
 * DN or userPrincipalName that somebody has is never changed: the
 * cn is the guest's id and the userPrincipalName its sign-in name, so whoever has it should be joined or asked about
 * (sync-semantics 12).
 *
 * Answers `needs` while the domain must be asked about more account names; call again with these added to
 * `lookedUpAccountNames` and what was found to `takenAccountNames`. Ends after at most 16 rounds.
 */
export function planNames(_settings: EngineSettings, input: NamesInput): NamesResult | NamesNeeded {
  const plan: NamePlan = { input, accountNames: new Map(), dns: new Map(), userPrincipalNames: new Map(), needs: new Set() }
  const decisions: OutboundDecision[] = []
  const attempts = new Map<string, readonly NameAttempt[]>()
  for (const change of (input.changes ?? []).toSorted(byMetaverseId)) {
    const named = nameChange(plan, change)
    attempts.set(change.metaverseId, named.attempts)
    decisions.push(named.decision)
  }
  for (const request of input.requests.toSorted(byMetaverseId)) {
    const named = nameAccount(plan, request)
    attempts.set(request.metaverseId, named.attempts)
    decisions.push(named.decision)
  }
  return plan.needs.size > 0 ? { needs: [...plan.needs].sort() } : { decisions, attempts }
}

/** The account names to ask the domain about first: the wishes. */
export function nameLookups(requests: readonly CreateRequest[]): readonly string[] {
  return [...new Set(requests.map(({ change }) => wishedText(change, 'sAMAccountName')))].sort()
}

function nameAccount(plan: NamePlan, { metaverseId, change }: CreateRequest): Named {
  const attempts: NameAttempt[] = []
  const skip = (reason: SkipReason): Named => ({ decision: { kind: 'skip', metaverseId, reason }, attempts })

  const dnOwner = plan.input.takenDns.get(dnKey(change.dn)) ?? plan.dns.get(dnKey(change.dn)) ?? null
  attempts.push({ attribute: 'dn', name: change.dn, takenBy: dnOwner })
  if (dnOwner !== null) return skip(unavailable(change, 'dn', change.dn, dnOwner))

  const userPrincipalName = wishedText(change, 'userPrincipalName')
  const owner = plan.input.takenUserPrincipalNames.get(userPrincipalName.toLowerCase()) ?? null
  const rival = plan.userPrincipalNames.get(userPrincipalName.toLowerCase()) ?? null
  attempts.push({ attribute: 'userPrincipalName', name: userPrincipalName, takenBy: owner ?? rival })
  if (owner !== null) return skip(accountToDecideAbout(change, userPrincipalName, owner))
  if (rival !== null) return skip(unavailable(change, 'userPrincipalName', userPrincipalName, rival))

  const name = chooseAccountName(plan, change, attempts)
  if (name === null) return skip(unavailable(change, 'sAMAccountName', wishedText(change, 'sAMAccountName'), attempts.at(-1)?.takenBy ?? ''))
  plan.dns.set(dnKey(change.dn), metaverseId)
  plan.userPrincipalNames.set(userPrincipalName.toLowerCase(), metaverseId)
  plan.accountNames.set(name.toLowerCase(), metaverseId)
  return { decision: { kind: 'change', change: withAccountName(change, name) }, attempts }
}

/** Enough for a domain in which almost every name is taken; more would only hide that the rule makes bad names. */
const attemptLimit = 64
/** Asked about at once, so that a domain full of similar names does not cost a round for each. */
const lookAhead = 4

/**
 * The first name of the person that is free. A name that the domain was not asked about yet counts as free for now: the
 * round only tells what else to ask, its decisions are thrown away.
 */
function chooseAccountName(plan: NamePlan, change: CreateChange, attempts: NameAttempt[]): string | null {
  const wish = wishedText(change, 'sAMAccountName')
  for (let attempt = 0; attempt < attemptLimit; attempt += 1) {
    const name = accountNameOfAttempt(wish, change.metaverseId, attempt)
    const key = name.toLowerCase()
    const takenBy = plan.input.takenAccountNames.get(key)?.dn ?? plan.accountNames.get(key) ?? null
    attempts.push({ attribute: 'sAMAccountName', name, takenBy })
    if (takenBy !== null) continue
    if (!plan.input.lookedUpAccountNames.has(key)) askAhead(plan, wish, change.metaverseId, attempt)
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

function withAccountName(change: CreateChange, name: string): CreateChange {
  if (wishedText(change, 'sAMAccountName') === name) return change
  return { ...change, attributes: change.attributes.map((attribute) => (attribute.name === 'sAMAccountName' ? { ...attribute, after: [name] } : attribute)) }
}

/** `provision` makes no request without these. */
function wishedText(change: CreateChange, name: string): string {
  return String(change.attributes.find((attribute) => attribute.name === name)?.after[0] ?? '')
}

function accountToDecideAbout(change: CreateChange, userPrincipalName: string, owner: string): SkipReason {
  const dn = parseDn(owner)
  return dn.ok ? { kind: 'joinNeedsDecision', dn: dn.value } : unavailable(change, 'userPrincipalName', userPrincipalName, owner)
}

function byMetaverseId(left: { readonly metaverseId: string }, right: { readonly metaverseId: string }): number {
  return left.metaverseId < right.metaverseId ? -1 : 1
}
