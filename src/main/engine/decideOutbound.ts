import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { FlowTrace, OutboundDecision, ScopeResult, SkipReason } from '../../shared/domain/decision.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { CompiledOutboundRule } from '../rules/compiled.ts'
import type { EngineSettings, OutboundInput, OutboundResult } from './contract.ts'
import { decideAboutAccount } from './decideAboutAccount.ts'
import { decideAboutLeaver } from './decideAboutLeaver.ts'
import { isBlocked, textOfGuest } from './judgeLeaver.ts'
import { provision } from './provision.ts'
import { findRestorable, restoreAccount } from './restoreAccount.ts'
import { evaluateScope } from './scope.ts'

/**
 * Fourth step: what a person's account should look like, compared with what it is. A new account comes back as a request,
 * because names are given to all of them together (`planNames`); a change that gives an account another name or place
 * (`claimsNames`) is to be passed there too.
 *
 * A hold comes before everything (sync-semantics 15). Whoever has an account and no guest in scope any more is a leaver,
 * and only the lifecycle decides about leavers (sync-semantics 6). Blocking and pending invitations keep a guest from
 * getting an account; a blocked guest's account is disabled and otherwise kept right.
 */
export function decideOutbound(settings: EngineSettings, input: OutboundInput): OutboundResult {
  const { person, guest, account, hold } = input
  const judged = settings.rules.outbound.filter((rule) => rule.connector === 'ad' && rule.metaverseType === person.objectType).map((rule) => ({ rule, scope: scopeOf(rule, person) }))
  const scope = judged.map(({ rule, scope: result }) => ({ rule: rule.name, scope: result }))
  const finish = ({ decision, traces }: Decided): OutboundResult => ({ decision, scope, traces })
  const [firstJudged] = judged
  if (firstJudged === undefined) return finish(skip(person, { kind: 'unchanged' }))
  if (hold !== null) return finish(skip(person, { kind: 'onHold', cause: hold.cause, note: hold.note, by: hold.by, since: hold.since }))

  const inScope = judged.filter((entry) => entry.scope.isInScope).map(({ rule }) => rule)
  const isPresent = guest !== null && isLinked(person, guest)
  if (!isPresent || (inScope.length === 0 && account !== null && isBlocked(guest))) return finish(leave(settings, input, firstJudged.rule))
  if (inScope.length === 0) return finish(skip(person, { kind: 'outOfScope', rule: firstJudged.rule.name, scope: firstJudged.scope }))
  return finish(account === null ? decideAboutNewAccount(settings, input, guest, inScope) : decideAboutAccount(settings, { ...input, guest, account, rules: inScope }))
}

type Decided = { readonly decision: OutboundResult['decision']; readonly traces: readonly FlowTrace[] }

function leave(settings: EngineSettings, input: OutboundInput, rule: CompiledOutboundRule): Decided {
  const decision = decideAboutLeaver(settings, input, rule.name)
  return decision.kind === 'change' ? { decision, traces: [] } : skip(input.person, decision.reason)
}

function scopeOf(rule: CompiledOutboundRule, person: MetaverseObject): ScopeResult {
  return evaluateScope(rule.scope, (name) => person.attributes[name]?.values ?? [])
}

function isLinked(person: MetaverseObject, guest: ConnectorObject): boolean {
  return person.links.some((link) => link.connector === guest.connector && link.anchor === guest.anchor)
}

function decideAboutNewAccount(settings: EngineSettings, input: OutboundInput, guest: ConnectorObject, rules: readonly CompiledOutboundRule[]): Decided {
  const { person } = input
  const creating = rules.find((rule) => rule.create)
  if (creating === undefined) return skip(person, { kind: 'notCreatedByRules', rule: rules[0]?.name ?? '' })
  const obstacle = obstacleToNewAccount(settings, input, guest)
  if (obstacle !== null) return skip(person, obstacle)
  const { result, traces } = provision(settings, person, guest, rules, creating)
  if (!result.ok) return { decision: skipDecision(person, result.problem), traces }
  const restorable = findRestorable(input.deletedAccount, input.formerAccount ?? null, guest.anchor)
  if (restorable === null) return { decision: { kind: 'create', request: result.value }, traces }
  const restored = restoreAccount(settings, result.value.change, restorable)
  return { decision: restored.ok ? { kind: 'change', change: restored.value } : skipDecision(person, restored.problem), traces }
}

function obstacleToNewAccount(settings: EngineSettings, input: OutboundInput, guest: ConnectorObject): SkipReason | null {
  if (isBlocked(guest)) return { kind: 'blockedInEntra' }
  if (!settings.createForPendingInvitations && textOfGuest(guest, 'externalUserState') === 'pendingacceptance') return { kind: 'invitationPending' }
  if (input.undecidedAccount !== null) return { kind: 'joinNeedsDecision', dn: input.undecidedAccount }
  // A controller that has not replicated yet says "absent": never added twice (sync-semantics 16).
  if (input.awaitingConfirmation !== null) return { kind: 'awaitingConfirmation', run: input.awaitingConfirmation.run }
  // Whether there is an account already is not known (sync-semantics 13).
  return input.hasCompleteDirectoryImport ? null : { kind: 'directoryImportIncomplete' }
}

function skip(person: MetaverseObject, reason: SkipReason): Decided {
  return { decision: skipDecision(person, reason), traces: [] }
}

function skipDecision(person: MetaverseObject, reason: SkipReason): OutboundDecision {
  return { kind: 'skip', metaverseId: person.id, reason }
}
