import { assertNever } from '../../../shared/domain/assertNever.ts'
import { describeDisconnector, describeReason, describeSkip } from '../../../shared/domain/describeReason.ts'
import type { ClauseResult, ExplanationStep, FlowTrace, JoinAttempt, OutboundDecision, ScopeResult } from '../../../shared/domain/decision.ts'
import { show, spell } from './planText.ts'

/** A step of the story as a sentence and, below it, its evidence. */
export function describeStep(step: ExplanationStep): readonly string[] {
  switch (step.kind) {
    case 'found': return [`found in ${system(step.connector)}: ${step.name}`, `anchor ${step.anchor}`]
    case 'notFound': return [`not found in ${system(step.connector)} (searched: ${step.searched})`]
    case 'scope': return [`${step.scope.isInScope ? 'in' : 'not in'} the scope of rule ${step.rule}`, ...describeScope(step.scope)]
    case 'join': return [describeJoin(step), ...step.attempts.map(describeAttempt)]
    case 'disconnector': return [`no metaverse object: ${describeDisconnector(step.reason)}`]
    case 'inbound': return [`attributes from ${system(step.connector)}`, ...step.flows.map(describeFlow)]
    case 'metaverse': return [`metaverse object ${step.id}`, ...Object.entries(step.attributes).map(([name, { values, winner, losers }]) => (
      `${name} = ${show(values)} from ${winner.connector}${losers.map((loser) => `; ${loser.connector} ${show(loser.values)} lost (${spell(loser.why)})`).join('')}`
    ))]
    case 'provisioning': return [`${spell(step.result)} by rule ${step.rule}`, ...describeScope(step.scope)]
    case 'names': return ['names', ...step.attempts.map(({ attribute, name, takenBy }) => `${attribute} ${name}: ${takenBy === null ? 'chosen' : `taken by ${takenBy}`}`)]
    case 'outbound': return ['attributes for Active Directory', ...step.flows.map(describeFlow)]
    case 'decision': return [describeDecision(step.decision)]
    default: return assertNever(step)
  }
}

export function describeScope(scope: ScopeResult): readonly string[] {
  if (scope.groups.length === 0) return ['no filter: everything is in scope']
  return scope.groups.flatMap((group, index) => [...(index > 0 ? ['or'] : []), ...group.map(describeClause)])
}

function describeClause({ attribute, operator, value, actual, holds }: ClauseResult): string {
  return `${holds ? '✓' : '✗'} ${attribute} ${operator}${value === null ? '' : ` ${value}`} (is ${show(actual)})`
}

function describeJoin(step: Extract<ExplanationStep, { kind: 'join' }>): string {
  if (step.result === 'projected') return `projected to the metaverse by rule ${step.rule}`
  return step.result === 'joined' ? `joined by rule ${step.rule}` : `joined nobody by rule ${step.rule}`
}

function describeAttempt({ criterion, value, candidates, outcome }: JoinAttempt): string {
  return `${criterion}${value === null ? '' : ` = ${value}`}: ${spell(outcome)}${candidates.length > 0 ? ` (${candidates.join(', ')})` : ''}`
}

function describeFlow({ target, source, result, outcome }: FlowTrace): string {
  return `${target} ← ${source}: ${result === null ? 'nothing' : show(result)} (${spell(outcome)})`
}

function describeDecision(decision: OutboundDecision): string {
  return decision.kind === 'change'
    ? `${decision.change.kind}: ${describeReason(decision.change.reason)}`
    : `no change: ${describeSkip(decision.reason)}`
}

function system(connector: 'entra' | 'ad'): string {
  return connector === 'entra' ? 'Entra' : 'Active Directory'
}
