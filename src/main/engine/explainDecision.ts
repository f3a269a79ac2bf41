import type { Change } from '../../shared/domain/change.ts'
import type { ExplanationStep, NameAttempt, OutboundDecision } from '../../shared/domain/decision.ts'
import type { MetaverseObject } from '../../shared/domain/metaverse.ts'
import type { EngineSettings, GatheredPerson, LifecycleInput, NamesInput, OutboundResult } from './contract.ts'
import { decideOutbound } from './decideOutbound.ts'
import { claimsNames } from './namesOfChanges.ts'
import { planNames } from './planNames.ts'

/** From the outbound rules to the decision: provisioning, names, flows, and what is to be written or why nothing is. */
export function explainDecision(settings: EngineSettings, gathered: GatheredPerson, person: MetaverseObject, failedAttributes: readonly string[]): readonly ExplanationStep[] {
  const isLinked = (anchor: string) => person.links.some((link) => link.anchor === anchor)
  const account = gathered.account !== null && isLinked(gathered.account.anchor) ? gathered.account : null
  const { guest, hasCompleteDirectoryImport, awaitingConfirmation, undecidedAccount } = gathered
  const joinDecision = account === null ? null : (gathered.decisions?.get(account.anchor) ?? null)
  const outbound = decideOutbound(settings, { joinDecision, ...(gathered.lifecycle ?? nobodyLeft), person, guest, account, hasCompleteDirectoryImport, awaitingConfirmation, undecidedAccount, failedAttributes })
  const provisioning = outbound.scope.map(({ rule, scope }): ExplanationStep => ({ kind: 'provisioning', rule, scope, result: scope.isInScope ? resultOf(outbound, gathered) : 'notWanted' }))
  const { decision, attempts } = withNames(settings, outbound.decision, gathered.names)
  return [
    ...provisioning,
    ...(attempts.length > 0 ? [{ kind: 'names', attempts } as const] : []),
    ...(outbound.traces.length > 0 ? [{ kind: 'outbound', flows: outbound.traces } as const] : []),
    { kind: 'decision', decision },
  ]
}

const nobodyLeft: LifecycleInput = { hold: null, absence: null, ownDisable: null, deletedAccount: null, undoneByOthers: [] }

function resultOf({ decision }: OutboundResult, { account }: GatheredPerson): 'accountExists' | 'accountWanted' | 'notWanted' {
  if (account !== null) return 'accountExists'
  return decision.kind === 'create' ? 'accountWanted' : 'notWanted'
}

type Named = { readonly decision: OutboundDecision; readonly attempts: readonly NameAttempt[] }

function withNames(settings: EngineSettings, decision: OutboundResult['decision'], names: Omit<NamesInput, 'requests'>): Named {
  if (decision.kind === 'create') return nameRequest(settings, decision.request.change, names)
  if (decision.kind === 'change' && decision.change.kind !== 'create' && claimsNames(decision.change)) return nameRequest(settings, decision.change, names)
  return { decision, attempts: [] }
}

/** What `planNames` still wants to know counts as free: `GatheredPerson.names` says all that there is. */
function nameRequest(settings: EngineSettings, change: Change, names: Omit<NamesInput, 'requests'>): Named {
  const { metaverseId } = change
  const asked = change.kind === 'create' ? { requests: [{ metaverseId, change }] } : { requests: [], changes: [change] }
  const result = planNames(settings, { ...names, ...asked })
  if ('needs' in result) {
    const lookedUpAccountNames = new Set([...names.lookedUpAccountNames, ...result.needs.map((name) => name.toLowerCase())])
    return nameRequest(settings, change, { ...names, lookedUpAccountNames })
  }
  const [decision = { kind: 'change', change }] = result.decisions
  return { decision, attempts: result.attempts.get(metaverseId) ?? [] }
}
