import type { DisconnectorReason, JoinAttempt } from '../../shared/domain/decision.ts'
import type { EngineSettings, JoinAccountsInput, JoinAccountsResult, JoinSubject, Lookup } from './contract.ts'
import { accountCriteria, type AccountCriterion } from './joinCriteria.ts'
import { decisionCriterion, isBrokenByDecision, leftAloneBy } from './joinDecisions.ts'
import { joinKey } from './joinKey.ts'
import { claimedId, projectedAnchor } from './personIdentity.ts'

/**
 * Second step: every unlinked account of the managed OUs is tried against the join criteria (sync-semantics 9 to 12), one
 * criterion over all accounts before the next one, so that the strongest criterion wins whatever the order of accounts.
 * An account that claims to be another guest's is never joined; neither are several accounts of one person. Persons for
 * whom that leaves a question get no new account meanwhile: they are `undecided`. What a person decided about an account
 * comes before every criterion, and is the only thing that joins an account that was another guest's.
 */
export function joinAccounts(settings: EngineSettings, input: JoinAccountsInput): JoinAccountsResult {
  const state: JoinState = {
    subjects: new Map(input.subjects.map((subject) => [subject.anchor, { subject, attempts: [] }])),
    open: new Set(input.subjects.map((subject) => subject.anchor).toSorted()),
    withAccount: new Set(input.hasAccount),
    claimants: new Map(),
    joins: [],
    disconnectors: [],
  }
  applyDecisions(state, input)
  const criteria = accountCriteria(settings)
  for (const criterion of criteria) decideRound(state, criterion, matchRound(state, criterion, input))
  for (const anchor of state.open) endWithout(state, anchor, criteria.length === 0 ? { kind: 'notJoinedByRules' } : { kind: 'noMatch' })
  return {
    joins: state.joins.toSorted(byAnchor),
    disconnectors: state.disconnectors.toSorted(byAnchor),
    undecided: undecidedPersons(state),
  }
}

/** What the store must be asked before `joinAccounts`. */
export function accountLookups(settings: EngineSettings, subjects: readonly JoinSubject[]): readonly Lookup[] {
  const lookups = new Map<string, Lookup>()
  for (const { connectorAttribute, metaverseAttribute } of accountCriteria(settings)) {
    for (const { values } of subjects) {
      const value = values[connectorAttribute]
      if (value !== undefined) lookups.set(joinKey(metaverseAttribute, value), { metaverseAttribute, value })
    }
  }
  return [...lookups.values()]
}

/** Local to one call: rounds change it, nothing outside sees it. */
type JoinState = {
  readonly subjects: ReadonlyMap<string, { readonly subject: JoinSubject; readonly attempts: JoinAttempt[] }>
  readonly open: Set<string>
  readonly withAccount: Set<string>
  /** Metaverse id → accounts that matched it and could not be joined. */
  readonly claimants: Map<string, Set<string>>
  readonly joins: JoinAccountsResult['joins'][number][]
  readonly disconnectors: JoinAccountsResult['disconnectors'][number][]
}

/**
 * Accounts that a person left alone or gave to somebody. Where that cannot be done (the one is not there, has another
 * account, or was given two) the account stays without person: no criterion gives it to anybody else.
 */
function applyDecisions(state: JoinState, { decisions, knownPersons }: JoinAccountsInput): void {
  const wanted = new Map<string, number>()
  const open = [...state.open].flatMap((anchor) => decisions.get(anchor) ?? [])
  for (const { decision } of open) {
    if (decision.kind === 'join') wanted.set(decision.metaverseId, (wanted.get(decision.metaverseId) ?? 0) + 1)
  }
  for (const entry of open) {
    const { anchor, decision, by, note } = entry
    if (decision.kind === 'leaveAlone') endWithout(state, anchor, leftAloneBy(entry))
    if (decision.kind !== 'join') continue
    const { metaverseId } = decision
    const attempt = { criterion: decisionCriterion, value: `${by}: ${note}`, candidates: [metaverseId] }
    const outcome = outcomeOfDecision(state, metaverseId, wanted, knownPersons)
    record(state, anchor, { ...attempt, outcome })
    if (outcome === 'joined') join(state, null, { anchor, value: attempt.value, metaverseId })
    else if (outcome === 'ambiguous') endAmbiguous(state, anchor, attempt)
  }
}

function outcomeOfDecision(state: JoinState, metaverseId: string, wanted: ReadonlyMap<string, number>, knownPersons: ReadonlySet<string> | undefined): JoinAttempt['outcome'] {
  if (knownPersons?.has(metaverseId) === false) return 'noMatch'
  if (state.withAccount.has(metaverseId)) return 'alreadyLinked'
  return (wanted.get(metaverseId) ?? 0) > 1 ? 'ambiguous' : 'joined'
}

function endAmbiguous(state: JoinState, anchor: string, { value, candidates }: { readonly value: string; readonly candidates: readonly string[] }): void {
  for (const id of candidates) addClaimant(state, id, anchor)
  endWithout(state, anchor, { kind: 'ambiguous', criterion: decisionCriterion, value, candidates })
}

type Match = { readonly anchor: string; readonly value: string; readonly found: readonly string[]; readonly free: readonly string[] }

/** Who of the accounts that are still open finds persons without account. Looks only: the round decides at once. */
function matchRound(state: JoinState, criterion: AccountCriterion, { candidates, decisions }: JoinAccountsInput): readonly Match[] {
  const matches: Match[] = []
  for (const anchor of state.open) {
    const entry = state.subjects.get(anchor)
    const value = entry?.subject.values[criterion.connectorAttribute]
    if (value === undefined || value === '') {
      record(state, anchor, { criterion: criterion.connectorAttribute, value: null, candidates: [], outcome: 'noValue' })
      continue
    }
    const matching = (candidates.get(joinKey(criterion.metaverseAttribute, value)) ?? []).toSorted()
    const found = matching.filter((id) => !isBrokenByDecision({ anchor }, id, decisions))
    const free = found.filter((id) => !state.withAccount.has(id))
    if (free.length > 0) matches.push({ anchor, value, found, free })
    else record(state, anchor, { criterion: criterion.connectorAttribute, value, candidates: found, outcome: found.length === 0 ? 'noMatch' : 'alreadyLinked' })
  }
  return matches
}

function decideRound(state: JoinState, criterion: AccountCriterion, matches: readonly Match[]): void {
  for (const match of matches) {
    for (const id of match.free) addClaimant(state, id, match.anchor)
  }
  for (const match of matches) decideMatch(state, criterion, match)
}

function decideMatch(state: JoinState, criterion: AccountCriterion, { anchor, value, found, free }: Match): void {
  const [metaverseId] = free
  if (metaverseId === undefined) return
  const attempt = { criterion: criterion.connectorAttribute, value, candidates: found }
  const rivals = state.claimants.get(metaverseId) ?? new Set()
  if (free.length > 1 || rivals.size > 1) {
    record(state, anchor, { ...attempt, outcome: 'ambiguous' })
    const candidates = free.length > 1 ? free : [...rivals].toSorted()
    endWithout(state, anchor, { kind: 'ambiguous', criterion: attempt.criterion, value, candidates })
    return
  }
  const stranger = contradictingId(state.subjects.get(anchor)?.subject, metaverseId)
  if (stranger !== null) {
    record(state, anchor, { ...attempt, outcome: 'needsDecision' })
    endWithout(state, anchor, { kind: 'needsDecision', markedFor: stranger, candidate: metaverseId })
    return
  }
  record(state, anchor, { ...attempt, outcome: 'joined' })
  join(state, criterion, { anchor, value, metaverseId })
}

/** Without criterion it was a person who decided. */
function join(state: JoinState, criterion: AccountCriterion | null, { anchor, value, metaverseId }: { readonly anchor: string; readonly value: string; readonly metaverseId: string }): void {
  const origin = { kind: 'joined', rule: criterion?.rule ?? decisionCriterion, criterion: criterion?.connectorAttribute ?? decisionCriterion, value } as const
  state.joins.push({ anchor, metaverseId, link: { connector: 'ad', anchor, origin }, attempts: attemptsOf(state, anchor) })
  state.withAccount.add(metaverseId)
  state.claimants.delete(metaverseId)
  state.open.delete(anchor)
}

/** The id that the account claims, where it is not the candidate's: sync-semantics 12. */
function contradictingId(subject: JoinSubject | undefined, metaverseId: string): string | null {
  const claimed = claimedId(subject?.values['adminDescription'] ?? null, subject?.values['cn'] ?? null)
  return claimed === null || claimed === projectedAnchor('entra', metaverseId)?.toLowerCase() ? null : claimed
}

function endWithout(state: JoinState, anchor: string, reason: DisconnectorReason): void {
  state.disconnectors.push({ anchor, reason, attempts: attemptsOf(state, anchor) })
  state.open.delete(anchor)
}

function record(state: JoinState, anchor: string, attempt: JoinAttempt): void {
  state.subjects.get(anchor)?.attempts.push(attempt)
}

function attemptsOf(state: JoinState, anchor: string): readonly JoinAttempt[] {
  return state.subjects.get(anchor)?.attempts ?? []
}

function addClaimant(state: JoinState, metaverseId: string, anchor: string): void {
  const anchors = state.claimants.get(metaverseId) ?? new Set()
  state.claimants.set(metaverseId, anchors.add(anchor))
}

/** The first of several accounts by anchor stands for all: any of them is a reason to ask. */
function undecidedPersons(state: JoinState): JoinAccountsResult['undecided'] {
  return new Map([...state.claimants].toSorted(([left], [right]) => (left < right ? -1 : 1)).flatMap(([metaverseId, anchors]) => {
    const [anchor] = [...anchors].toSorted()
    return anchor === undefined ? [] : [[metaverseId, { anchor, dn: state.subjects.get(anchor)?.subject.dn ?? null }] as const]
  }))
}

function byAnchor(left: { readonly anchor: string }, right: { readonly anchor: string }): number {
  return left.anchor < right.anchor ? -1 : 1
}
