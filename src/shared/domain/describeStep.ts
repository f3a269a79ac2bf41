import { assertNever } from './assertNever.ts'
import type { Value } from './attributes.ts'
import type { ConnectorName } from './connectorObject.ts'
import type { ClauseResult, ExplanationStep, FlowTrace, JoinAttempt, NameAttempt, OutboundDecision, ScopeResult } from './decision.ts'
import { describeDisconnector, describeReason, describeSkip } from './describeReason.ts'
import type { MetaverseAttribute } from './metaverse.ts'
import { spellName } from './spellName.ts'

/** One thing that was looked at on the way to a decision. `mark` says how it turned out where that was a question. */
export type Evidence = { readonly mark: 'holds' | 'fails' | null; readonly text: string }

/** A step of the story: a sentence (lower case, no full stop) and what it rests on. */
export type DescribedStep = { readonly sentence: string; readonly evidence: readonly Evidence[] }

export function describeStep(step: ExplanationStep): DescribedStep {
  switch (step.kind) {
    case 'found': return { sentence: `found in ${nameOfSystem(step.connector)}: ${step.name}`, evidence: [plain(`anchor ${step.anchor}`)] }
    case 'notFound': return { sentence: `not found in ${nameOfSystem(step.connector)} (searched: ${step.searched})`, evidence: [] }
    case 'scope': return { sentence: `${step.scope.isInScope ? 'in' : 'not in'} the scope of rule ${step.rule}`, evidence: describeScope(step.scope) }
    case 'join': return { sentence: describeJoin(step), evidence: step.attempts.map(describeAttempt) }
    case 'disconnector': return { sentence: `no metaverse object: ${describeDisconnector(step.reason)}`, evidence: step.reason.kind === 'outOfScope' ? describeScope(step.reason.scope) : [] }
    case 'inbound': return { sentence: `attributes from ${nameOfSystem(step.connector)}`, evidence: step.flows.map(describeFlow) }
    case 'metaverse': return { sentence: `metaverse object ${step.id}`, evidence: Object.entries(step.attributes).map(describeAttribute) }
    case 'provisioning': return { sentence: describeProvisioning(step), evidence: describeScope(step.scope) }
    case 'names': return { sentence: describeNames(step.attempts), evidence: step.attempts.map(describeName) }
    case 'outbound': return { sentence: 'attributes for Active Directory', evidence: step.flows.map(describeFlow) }
    case 'decision': return { sentence: describeDecision(step.decision), evidence: step.decision.kind === 'skip' && step.decision.reason.kind === 'outOfScope' ? describeScope(step.decision.reason.scope) : [] }
    default: return assertNever(step)
  }
}

/** Clause by clause, with what each was asked about. */
export function describeScope(scope: ScopeResult): readonly Evidence[] {
  if (scope.groups.length === 0) return [plain('no filter: everything is in scope')]
  return scope.groups.flatMap((group, index) => [...(index > 0 ? [plain('or')] : []), ...group.map(describeClause)])
}

export function nameOfSystem(connector: ConnectorName): string {
  return connector === 'entra' ? 'Entra' : 'Active Directory'
}

function describeClause({ attribute, operator, value, actual, holds }: ClauseResult): Evidence {
  return { mark: holds ? 'holds' : 'fails', text: `${attribute} ${operator}${value === null ? '' : ` ${value}`} (is ${listValues(actual)})` }
}

function describeJoin(step: Extract<ExplanationStep, { kind: 'join' }>): string {
  if (step.result === 'projected') return `projected to the metaverse by rule ${step.rule}`
  return step.result === 'joined' ? `joined by rule ${step.rule}` : `joined nobody by rule ${step.rule}`
}

/** That nobody matches is no failure: the next criterion, or a projection, follows. */
function describeAttempt({ criterion, value, candidates, outcome }: JoinAttempt): Evidence {
  const text = `${criterion}${value === null ? '' : ` = ${value}`}: ${spellName(outcome)}${candidates.length > 0 ? ` (${candidates.join(', ')})` : ''}`
  const isConflict = outcome === 'ambiguous' || outcome === 'needsDecision'
  return { mark: outcome === 'joined' ? 'holds' : isConflict ? 'fails' : null, text }
}

function describeProvisioning({ result, rule, scope }: Extract<ExplanationStep, { kind: 'provisioning' }>): string {
  switch (result) {
    case 'accountExists': return `has an account, which rule ${rule} keeps`
    case 'accountWanted': return `should have an account by rule ${rule}`
    case 'notWanted': return scope.isInScope ? `in the scope of rule ${rule}, but no account is made now` : `not in the scope of rule ${rule}, so no account is wanted`
    default: return assertNever(result)
  }
}

function describeNames(attempts: readonly NameAttempt[]): string {
  const taken = attempts.filter(({ takenBy }) => takenBy !== null).length
  if (taken === 0) return 'names chosen, all of them free'
  return `names chosen, ${taken} of ${attempts.length} that were tried ${taken === 1 ? 'is' : 'are'} taken`
}

function describeName({ attribute, name, takenBy }: NameAttempt): Evidence {
  return takenBy === null ? { mark: 'holds', text: `${attribute} ${name}: chosen` } : { mark: 'fails', text: `${attribute} ${name}: taken by ${takenBy}` }
}

function describeFlow({ target, source, result, outcome }: FlowTrace): Evidence {
  return { mark: outcome === 'failed' ? 'fails' : null, text: `${target} ← ${source}: ${result === null ? 'nothing' : listValues(result)} (${spellName(outcome)})` }
}

function describeAttribute([name, { values, winner, losers }]: readonly [string, MetaverseAttribute]): Evidence {
  const lost = losers.map((loser) => `; ${loser.connector} ${listValues(loser.values)} lost (${spellName(loser.why)})`).join('')
  return plain(`${name} = ${listValues(values)} from ${winner.connector}${lost}`)
}

function describeDecision(decision: OutboundDecision): string {
  return decision.kind === 'change'
    ? `${decision.change.kind}: ${describeReason(decision.change.reason)}`
    : `no change: ${describeSkip(decision.reason)}`
}

function plain(text: string): Evidence {
  return { mark: null, text }
}

function listValues(values: readonly Value[]): string {
  return values.length === 0 ? '∅' : values.map(String).join(' | ')
}
