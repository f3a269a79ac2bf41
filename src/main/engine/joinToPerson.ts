import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { DisconnectorReason, JoinAttempt } from '../../shared/domain/decision.ts'
import type { CompiledInboundRule } from '../rules/compiled.ts'
import type { JoinCriterion } from '../rules/ruleSet.ts'
import { readConnectorAttribute } from './connectorAttribute.ts'
import { joinKey } from './joinKey.ts'
import { projectedAnchor } from './personIdentity.ts'

export type JoinVerdict =
  | { readonly kind: 'joined'; readonly metaverseId: string; readonly rule: string; readonly criterion: string; readonly value: string }
  | { readonly kind: 'stopped'; readonly reason: DisconnectorReason }
  | { readonly kind: 'none' }

export type Joining = { readonly attempts: readonly JoinAttempt[]; readonly verdict: JoinVerdict }

/**
 * Tries one object of a projecting connector against the criteria of its rules, in their order. The first criterion with
 * exactly one person who has no object of this connector joins; several stop (MIM's ambiguous join), so that nobody is
 * projected a second time.
 */
export function joinToPerson(object: ConnectorObject, rules: readonly CompiledInboundRule[], candidates: ReadonlyMap<string, readonly string[]>, linkedIds: ReadonlySet<string>): Joining {
  const attempts: JoinAttempt[] = []
  for (const rule of rules) {
    for (const criterion of rule.join) {
      const attempt = tryCriterion(object, criterion, candidates, linkedIds)
      attempts.push(attempt.attempt)
      if (attempt.reason !== null) return { attempts, verdict: { kind: 'stopped', reason: attempt.reason } }
      if (attempt.metaverseId === null) continue
      return { attempts, verdict: { kind: 'joined', metaverseId: attempt.metaverseId, rule: rule.name, criterion: criterion.connectorAttribute, value: attempt.attempt.value ?? '' } }
    }
  }
  return { attempts, verdict: { kind: 'none' } }
}

type Tried = { readonly attempt: JoinAttempt; readonly metaverseId: string | null; readonly reason: DisconnectorReason | null }

function tryCriterion(object: ConnectorObject, { connectorAttribute: criterion, metaverseAttribute }: JoinCriterion, candidates: ReadonlyMap<string, readonly string[]>, linkedIds: ReadonlySet<string>): Tried {
  const values = readConnectorAttribute(object, criterion).map(String)
  // Null never matches null (sync-semantics 10).
  if (values.length === 0) return undecided({ criterion, value: null, candidates: [], outcome: 'noValue' })
  const value = values.join(', ')
  const found = [...new Set(values.flatMap((text) => candidates.get(joinKey(metaverseAttribute, text)) ?? []))].toSorted()
  const attempt = { criterion, value, candidates: found }
  if (found.length === 0) return undecided({ ...attempt, outcome: 'noMatch' })

  const free = found.filter((id) => !linkedIds.has(id))
  const [only] = free
  if (only === undefined) return undecided({ ...attempt, outcome: 'alreadyLinked' })
  if (free.length > 1) return { attempt: { ...attempt, outcome: 'ambiguous' }, metaverseId: null, reason: { kind: 'ambiguous', criterion, value, candidates: free } }
  const formerAnchor = projectedAnchor(object.connector, only)
  if (formerAnchor === null || formerAnchor === object.anchor) return { attempt: { ...attempt, outcome: 'joined' }, metaverseId: only, reason: null }
  // The person came from another object of this connector: a guest who was invited again, or somebody else with the same
  // address. Never joined automatically (sync-semantics 12).
  return { attempt: { ...attempt, outcome: 'needsDecision' }, metaverseId: null, reason: { kind: 'needsDecision', markedFor: formerAnchor, candidate: only } }
}

function undecided(attempt: JoinAttempt): Tried {
  return { attempt, metaverseId: null, reason: null }
}
