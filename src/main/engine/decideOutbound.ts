import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { FlowTrace, OutboundDecision, ScopeResult, SkipReason } from '../../shared/domain/decision.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { CompiledOutboundRule } from '../rules/compiled.ts'
import { readConnectorAttribute } from './connectorAttribute.ts'
import type { EngineSettings, OutboundInput, OutboundResult } from './contract.ts'
import { decideAboutAccount } from './decideAboutAccount.ts'
import { provision } from './provision.ts'
import { evaluateScope } from './scope.ts'

/**
 * Fourth step: what a person's account should look like, compared with what it is. A new account comes back as a request,
 * because names are given to all of them together (`planNames`).
 *
 * Whoever has an account and no guest in scope any more is a leaver, and only the lifecycle decides about leavers
 * (sync-semantics 6): here they are reported. Blocking and pending invitations keep a guest from getting an account, never
 * an account from being kept right.
 */
export function decideOutbound(settings: EngineSettings, input: OutboundInput): OutboundResult {
  const { person, guest, account, failedAttributes = [] } = input
  const judged = settings.rules.outbound.filter((rule) => rule.connector === 'ad' && rule.metaverseType === person.objectType).map((rule) => ({ rule, scope: scopeOf(rule, person) }))
  const scope = judged.map(({ rule, scope: result }) => ({ rule: rule.name, scope: result }))
  const finish = ({ decision, traces }: Decided): OutboundResult => ({ decision, scope, traces })

  if (guest === null || !isLinked(person, guest)) return finish(withoutGuest(input))
  const inScope = judged.filter((entry) => entry.scope.isInScope).map(({ rule }) => rule)
  const [firstJudged] = judged
  if (firstJudged === undefined) return finish(skip(person, { kind: 'unchanged' }))
  if (inScope.length === 0) return finish(skip(person, { kind: 'outOfScope', rule: firstJudged.rule.name, scope: firstJudged.scope }))
  return finish(account === null ? decideAboutNewAccount(settings, input, guest, inScope) : decideAboutAccount(settings, { person, guest, account, rules: inScope, failedAttributes }))
}

type Decided = { readonly decision: OutboundResult['decision']; readonly traces: readonly FlowTrace[] }

function scopeOf(rule: CompiledOutboundRule, person: MetaverseObject): ScopeResult {
  return evaluateScope(rule.scope, (name) => person.attributes[name]?.values ?? [])
}

function isLinked(person: MetaverseObject, guest: ConnectorObject): boolean {
  return person.links.some((link) => link.connector === guest.connector && link.anchor === guest.anchor)
}

/** Neither guest nor account: the run deletes such a person, there is nothing to be done outside. */
function withoutGuest({ person, guest, account }: OutboundInput): Decided {
  if (account === null || account.dn === null) return skip(person, { kind: 'unchanged' })
  return skip(person, { kind: 'leaver', why: guest === null ? 'guestMissing' : 'guestOutOfScope', account: account.dn })
}

function decideAboutNewAccount(settings: EngineSettings, input: OutboundInput, guest: ConnectorObject, rules: readonly CompiledOutboundRule[]): Decided {
  const { person } = input
  const creating = rules.find((rule) => rule.create)
  if (creating === undefined) return skip(person, { kind: 'notCreatedByRules', rule: rules[0]?.name ?? '' })
  const obstacle = obstacleToNewAccount(settings, input, guest)
  if (obstacle !== null) return skip(person, obstacle)
  const { result, traces } = provision(settings, person, guest, rules, creating)
  return { decision: result.ok ? { kind: 'create', request: result.value } : skipDecision(person, result.problem), traces }
}

function obstacleToNewAccount(settings: EngineSettings, input: OutboundInput, guest: ConnectorObject): SkipReason | null {
  if (isTextOf(guest, 'accountEnabled', 'false')) return { kind: 'blockedInEntra' }
  if (!settings.createForPendingInvitations && isTextOf(guest, 'externalUserState', 'pendingacceptance')) return { kind: 'invitationPending' }
  if (input.undecidedAccount !== null) return { kind: 'joinNeedsDecision', dn: input.undecidedAccount }
  // A controller that has not replicated yet says "absent": never added twice (sync-semantics 16).
  if (input.awaitingConfirmation !== null) return { kind: 'awaitingConfirmation', run: input.awaitingConfirmation.run }
  // Whether there is an account already is not known (sync-semantics 13).
  return input.hasCompleteDirectoryImport ? null : { kind: 'directoryImportIncomplete' }
}

function isTextOf(guest: ConnectorObject, attribute: string, text: string): boolean {
  return String(readConnectorAttribute(guest, attribute)[0] ?? '').toLowerCase() === text
}

function skip(person: MetaverseObject, reason: SkipReason): Decided {
  return { decision: skipDecision(person, reason), traces: [] }
}

function skipDecision(person: MetaverseObject, reason: SkipReason): OutboundDecision {
  return { kind: 'skip', metaverseId: person.id, reason }
}
