import { assertNever } from '../../shared/domain/assertNever.ts'
import type { ExplanationStep, FlowTrace, JoinAttempt, OutboundDecision, SkipReason, StepState } from '../../shared/domain/decision.ts'

/** `failed`: somebody has to look at it; `stopped`: the rules say so; `done`: the next step follows. */
export function stateOfStep(step: ExplanationStep): StepState {
  switch (step.kind) {
    case 'found':
    case 'metaverse':
    case 'names':
      return 'done'
    case 'notFound':
      return 'stopped'
    case 'scope':
      return step.scope.isInScope ? 'done' : 'stopped'
    case 'join':
      return step.attempts.some(isConflict) ? 'failed' : doneIf(step.result !== 'none')
    case 'disconnector':
      return step.reason.kind === 'ambiguous' || step.reason.kind === 'needsDecision' ? 'failed' : 'stopped'
    case 'inbound':
    case 'outbound':
      return step.flows.some(hasFailed) ? 'failed' : 'done'
    case 'provisioning':
      return doneIf(step.result !== 'notWanted')
    case 'decision':
      return stateOfDecision(step.decision)
    default:
      return assertNever(step)
  }
}

function doneIf(isDone: boolean): StepState {
  return isDone ? 'done' : 'stopped'
}

function isConflict(attempt: JoinAttempt): boolean {
  return attempt.outcome === 'ambiguous' || attempt.outcome === 'needsDecision'
}

function hasFailed(flow: FlowTrace): boolean {
  return flow.outcome === 'failed'
}

/** Nothing goes on before a person has looked at it. */
const needsSomebody: ReadonlySet<SkipReason['kind']> = new Set(['problem', 'joinNeedsDecision', 'identityChanged', 'secondEngine', 'absenceUnclear'])

function stateOfDecision(decision: OutboundDecision): StepState {
  if (decision.kind === 'change') return 'done'
  const { kind } = decision.reason
  if (needsSomebody.has(kind)) return 'failed'
  return doneIf(kind === 'unchanged')
}
