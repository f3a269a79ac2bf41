import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { JoinAttempt, ScopeResult } from '../../shared/domain/decision.ts'
import type { CompiledInboundRule } from '../rules/compiled.ts'
import { readConnectorAttribute } from './connectorAttribute.ts'
import type { EngineSettings, Lookup, ProjectDecision, ProjectInput } from './contract.ts'
import { filterReason } from './filterReason.ts'
import { joinKey } from './joinKey.ts'
import { joinToPerson, type JoinVerdict } from './joinToPerson.ts'
import { evaluateScope } from './scope.ts'

/**
 * First step of a synchronisation: each object of a connector whose rules project stays linked, is joined, is projected,
 * or becomes a disconnector with its reason. Decisions come in the order of `input.objects`; which they are does not
 * depend on that order.
 */
export function projectBatch(settings: EngineSettings, input: ProjectInput): readonly ProjectDecision[] {
  const linkedIds = input.linkedIds ?? new Set(input.linkedTo.values())
  const drafts = input.objects.map((object) => draftDecision(settings, input, linkedIds, object))
  return refuseRivals(drafts)
}

/** What the store must be asked before `projectBatch`; linked objects may be among the objects. */
export function projectionLookups(settings: EngineSettings, objects: readonly ConnectorObject[]): readonly Lookup[] {
  const lookups = new Map<string, Lookup>()
  for (const object of objects) {
    for (const rule of rulesFor(settings, object)) {
      for (const { connectorAttribute, metaverseAttribute } of rule.join) {
        for (const value of readConnectorAttribute(object, connectorAttribute)) {
          const text = String(value)
          lookups.set(joinKey(metaverseAttribute, text), { metaverseAttribute, value: text })
        }
      }
    }
  }
  return [...lookups.values()]
}

function draftDecision(settings: EngineSettings, input: ProjectInput, linkedIds: ReadonlySet<string>, object: ConnectorObject): ProjectDecision {
  const { anchor } = object
  const linkedTo = input.linkedTo.get(anchor) ?? null
  const rules = rulesFor(settings, object)
  if (rules.length === 0) return { anchor, scope: everything, attempts: [], outcome: { kind: 'disconnector', reason: { kind: 'notJoinedByRules' }, unlinkedFrom: linkedTo } }

  const scopes = rules.map((rule) => evaluateScope(rule.scope, (name) => readConnectorAttribute(object, name)))
  const inScope = rules.filter((_, index) => scopes[index]?.isInScope === true)
  const scope = scopes.find((candidate) => candidate.isInScope) ?? joinScopes(scopes)
  if (inScope.length === 0) return { anchor, scope, attempts: [], outcome: { kind: 'disconnector', reason: filterReason(object, scope), unlinkedFrom: linkedTo } }
  if (linkedTo !== null) return { anchor, scope, attempts: [], outcome: { kind: 'alreadyLinked', metaverseId: linkedTo } }

  const { attempts, verdict } = joinToPerson(object, inScope, input.candidates, linkedIds)
  return { anchor, scope, attempts, outcome: outcomeOf(object, inScope, verdict) }
}

function rulesFor(settings: EngineSettings, object: ConnectorObject): readonly CompiledInboundRule[] {
  return settings.rules.inbound.filter((rule) => rule.connector === object.connector && rule.objectType === object.objectType)
}

const everything: ScopeResult = { isInScope: true, groups: [] }

/** Out of every rule's scope: the groups of all rules are one filter, because one of them would have been enough. */
function joinScopes(scopes: readonly ScopeResult[]): ScopeResult {
  const [only] = scopes
  return scopes.length === 1 && only !== undefined ? only : { isInScope: false, groups: scopes.flatMap((scope) => scope.groups) }
}

function outcomeOf(object: ConnectorObject, rules: readonly CompiledInboundRule[], verdict: JoinVerdict): ProjectDecision['outcome'] {
  if (verdict.kind === 'joined') {
    const { metaverseId, rule, criterion, value } = verdict
    const origin = { kind: 'joined', rule, criterion, value } as const
    return { kind: 'joined', metaverseId, link: { connector: object.connector, anchor: object.anchor, origin } }
  }
  if (verdict.kind === 'stopped') return { kind: 'disconnector', reason: verdict.reason, unlinkedFrom: null }
  const projecting = rules.find((rule) => rule.create)
  if (projecting === undefined) return { kind: 'disconnector', reason: { kind: 'noMatch' }, unlinkedFrom: null }
  const link = { connector: object.connector, anchor: object.anchor, origin: { kind: 'projected', rule: projecting.name } } as const
  return { kind: 'projected', metaverseId: `${object.connector}:${object.anchor}`, objectType: projecting.metaverseType, link }
}

/** Two objects that would join one person: nobody can tell which is right, so neither is joined. */
function refuseRivals(drafts: readonly ProjectDecision[]): readonly ProjectDecision[] {
  const anchorsByPerson = new Map<string, string[]>()
  for (const { anchor, outcome } of drafts) {
    if (outcome.kind !== 'joined') continue
    const anchors = anchorsByPerson.get(outcome.metaverseId) ?? []
    anchors.push(anchor)
    anchorsByPerson.set(outcome.metaverseId, anchors)
  }
  return drafts.map((draft) => {
    const anchors = draft.outcome.kind === 'joined' ? (anchorsByPerson.get(draft.outcome.metaverseId) ?? []) : []
    return anchors.length > 1 ? refuseJoin(draft, anchors.toSorted()) : draft
  })
}

function refuseJoin(draft: ProjectDecision, rivals: readonly string[]): ProjectDecision {
  const last = draft.attempts.at(-1)
  if (last === undefined) return draft
  const attempts: readonly JoinAttempt[] = [...draft.attempts.slice(0, -1), { ...last, outcome: 'ambiguous' }]
  const reason = { kind: 'ambiguous', criterion: last.criterion, value: last.value ?? '', candidates: rivals } as const
  return { ...draft, attempts, outcome: { kind: 'disconnector', reason, unlinkedFrom: null } }
}
