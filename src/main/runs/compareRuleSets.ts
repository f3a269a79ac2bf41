import { canonicalJson } from '../../shared/domain/canonicalJson.ts'
import { changeKinds, type Change, type ChangeKind } from '../../shared/domain/change.ts'
import type { SkipReason } from '../../shared/domain/decision.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import type { StoreReader } from '../store/store.ts'
import { readNameAnswers } from './directoryAnswers.ts'
import { takeSnapshot, type Snapshot } from './inMemory/snapshot.ts'
import { synchronizeInMemory } from './inMemory/synchronizeInMemory.ts'
import { readBasis, type Basis } from './synchronization/basis.ts'
import { offlineNames, recordedNames } from './synchronization/nameQuestions.ts'
import { engineSettings, type DecidingSettings } from './synchronizationSettings.ts'

/** One decision, or nothing where the person would not even be in the metaverse. */
export type ComparedDecision = { readonly kind: 'change'; readonly change: Change } | { readonly kind: 'skip'; readonly reason: SkipReason } | null
export type RuleSetOutcome = { readonly name: string; readonly changes: Readonly<Record<ChangeKind, number>>; readonly skips: Readonly<Record<string, number>>; readonly problems: number }
export type RuleSetComparison = {
  readonly current: RuleSetOutcome
  readonly other: RuleSetOutcome
  /** In order of metaverse id; `limit` of them. */
  readonly differences: readonly { readonly metaverseId: string; readonly current: ComparedDecision; readonly other: ComparedDecision }[]
  readonly differing: number
}

export type ComparisonRequest = { readonly workspace: string; readonly current: DecidingSettings; readonly other: DecidingSettings; readonly now: string; readonly limit: number; readonly signal: AbortSignal }

/** Both rule sets over the data of the last imports, in memory: nothing is stored and no plan is touched. */
export async function compareRuleSets(store: StoreReader, request: ComparisonRequest): Promise<Result<RuleSetComparison, Problem>> {
  const basis = await readBasis(store)
  if (!basis.ok) return basis
  const snapshot = await takeSnapshot(store, request.signal)
  if (!snapshot.ok) return snapshot
  const current = await decideBy(store, snapshot.value, basis.value, request.current, request)
  if (!current.ok) return current
  const other = await decideBy(store, snapshot.value, basis.value, request.other, request)
  if (!other.ok) return other
  const ids = [...new Set([...current.value.decisions.keys(), ...other.value.decisions.keys()])].sort()
  const differences = ids
    .map((metaverseId) => ({ metaverseId, current: current.value.decisions.get(metaverseId) ?? null, other: other.value.decisions.get(metaverseId) ?? null }))
    .filter((entry) => canonicalJson(essence(entry.current)) !== canonicalJson(essence(entry.other)))
  return succeed({ current: current.value.outcome, other: other.value.outcome, differences: differences.slice(0, request.limit), differing: differences.length })
}

type DecidedBy = { readonly outcome: RuleSetOutcome; readonly decisions: ReadonlyMap<string, NonNullable<ComparedDecision>> }

async function decideBy(store: StoreReader, snapshot: Snapshot, basis: Basis, deciding: DecidingSettings, request: ComparisonRequest): Promise<Result<DecidedBy, Problem>> {
  const names = await readNameAnswers(store)
  const decided = await synchronizeInMemory({
    snapshot, answers: store, run: 0, signal: request.signal, basis,
    settings: engineSettings(deciding, request.now, request.workspace, basis.facts),
    questions: names === null ? offlineNames : recordedNames(names),
  })
  if (!decided.ok) return decided
  const { exports, skips, problems } = decided.value
  const decisions = new Map<string, NonNullable<ComparedDecision>>([
    ...exports.map(({ change }) => [change.metaverseId, { kind: 'change', change }] as const),
    ...skips.map(({ metaverseId, reason }) => [metaverseId, { kind: 'skip', reason }] as const),
  ])
  const count = (kind: ChangeKind) => exports.filter(({ change }) => change.kind === kind).length
  return succeed({
    decisions,
    outcome: {
      name: deciding.rules.source.name, problems: problems.length,
      changes: Object.fromEntries(changeKinds.map((kind) => [kind, count(kind)])) as Record<ChangeKind, number>,
      skips: Object.fromEntries([...Map.groupBy(skips, ({ reason }) => reason.kind)].map(([kind, group]) => [kind, group.length])),
    },
  })
}

/** What the directory would notice: names of rules differ between any two sets. */
function essence(decision: ComparedDecision): unknown {
  if (decision === null) return null
  if (decision.kind === 'skip') return { skip: decision.reason.kind }
  const { kind, dn, attributes } = decision.change
  return { kind, dn, newDn: decision.change.kind === 'create' ? null : decision.change.newDn, attributes: attributes.map(({ name, after }) => ({ name, after })) }
}
