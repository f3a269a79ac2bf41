import { changeKinds } from '../../shared/domain/change.ts'
import type { PlanHeader } from '../../shared/domain/plan.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { PendingExport, StoreReader } from '../store/store.ts'
import { readDirectoryAnswers, readNameAnswers } from './directoryAnswers.ts'
import { takeSnapshotAsOf } from './inMemory/snapshot.ts'
import { synchronizeInMemory } from './inMemory/synchronizeInMemory.ts'
import { startPlanHash } from './planHash.ts'
import { readDirectoryFacts } from './synchronization/basis.ts'
import { recordedNames } from './synchronization/nameQuestions.ts'
import { engineSettings, hashOfRules, type DecidingSettings } from './synchronizationSettings.ts'

export type Replay = {
  readonly header: PlanHeader
  /** Of the plan as that synchronisation made it, and as it comes out now. */
  readonly planned: string
  readonly replayed: string
  /** Metaverse ids about whom another decision comes out; empty where the hashes are the same. */
  readonly differing: readonly string[]
}

/**
 * Decides again what that synchronisation decided, from the versions that are kept, with its `now` and seed. The same
 * snapshot gives the same hash (invariant 3). Answers that are not versioned (holds, absences, own disables, names) are
 * those of today: where something else comes out and one of them is newer than the plan, that is the problem.
 */
export async function replayPlan(store: StoreReader, run: number, deciding: DecidingSettings, signal: AbortSignal): Promise<Result<Replay, Problem>> {
  const kept = await store.planOfRun(run)
  if (kept === null) return fail(impossible(run, ['its plan is no longer kept']))
  const header = JSON.parse(kept.header) as PlanHeader
  if (header.rulesHash !== hashOfRules(deciding)) return fail(impossible(run, ['the rules or settings have changed since then']))
  const planned = await collect(kept.exports)
  const replayed = await decideAgain(store, header, deciding, signal)
  if (!replayed.ok) return replayed
  const hashes = { planned: hashOfPlan(header, planned), replayed: hashOfPlan(header, replayed.value) }
  if (hashes.planned === hashes.replayed) return succeed({ header, ...hashes, differing: [] })
  const newer = await findNewerAnswers(store, header)
  return newer.length > 0 ? fail(impossible(run, newer)) : succeed({ header, ...hashes, differing: findDiffering(planned, replayed.value) })
}

async function decideAgain(store: StoreReader, header: PlanHeader, deciding: DecidingSettings, signal: AbortSignal): Promise<Result<readonly PendingExport[], Problem>> {
  const { synchronization, adImport, entraImport } = header.runs
  const snapshot = await takeSnapshotAsOf(store, synchronization - 1, signal)
  if (!snapshot.ok) return snapshot
  const answers = await readDirectoryAnswers(store)
  const names = await readNameAnswers(store)
  const before = await runsBefore(store, synchronization)
  const proof = before.find((run) => run.step === 'proveAbsence' && wentWell(run))
  const newestImport = before.find((run) => run.connector === 'ad' && (run.step === 'fullImport' || run.step === 'deltaImport'))
  const decided = await synchronizeInMemory({
    snapshot: snapshot.value, answers: store, run: synchronization, signal,
    settings: engineSettings(deciding, header.plannedAt, header.workspace, await readDirectoryFacts(store)),
    basis: {
      isDirectoryComplete: newestImport?.id === adImport,
      isAbsenceProved: proof !== undefined && proof.id > entraImport,
      answers: answers !== null && answers.run > adImport ? answers : null,
    },
    questions: recordedNames(names ?? { forest: {}, accountNames: {} }),
  })
  return decided.ok ? succeed(decided.value.exports) : decided
}

async function runsBefore(store: StoreReader, run: number): Promise<readonly Run[]> {
  return store.runs(200, run)
}

function wentWell(run: Run): boolean {
  return run.status === 'succeeded' || run.status === 'completedWithErrors'
}

async function collect(exports: AsyncIterable<PendingExport>): Promise<readonly PendingExport[]> {
  const collected: PendingExport[] = []
  for await (const pending of exports) collected.push(pending)
  return collected
}

function hashOfPlan(header: PlanHeader, exports: readonly PendingExport[]): string {
  const hash = startPlanHash(header)
  for (const pending of exports.toSorted(byReview)) hash.add(pending.hash)
  return hash.digest()
}

function byReview({ change: left }: PendingExport, { change: right }: PendingExport): number {
  return changeKinds.indexOf(left.kind) - changeKinds.indexOf(right.kind) || (left.metaverseId < right.metaverseId ? -1 : 1)
}

function findDiffering(planned: readonly PendingExport[], replayed: readonly PendingExport[]): readonly string[] {
  const before = new Map(planned.map(({ change, hash }) => [change.metaverseId, hash]))
  const now = new Map(replayed.map(({ change, hash }) => [change.metaverseId, hash]))
  return [...new Set([...before.keys(), ...now.keys()])].filter((id) => before.get(id) !== now.get(id)).sort()
}

/** What is not versioned and has changed after the plan was made, in words. */
async function findNewerAnswers(store: StoreReader, { runs, plannedAt }: PlanHeader): Promise<readonly string[]> {
  const later = (await store.runs(200)).filter((run) => run.id > runs.synchronization)
  const names = await readNameAnswers(store)
  return [
    ...(later.some((run) => run.step === 'export') ? ['an export since then has changed what awaits confirmation and which disables are ours'] : []),
    ...(later.some((run) => run.step === 'proveAbsence') ? ['missing guests and deleted accounts were looked up again since then'] : []),
    ...(later.some((run) => run.connector === 'ad' && (run.step === 'fullImport' || run.step === 'deltaImport')) ? ['schema and names of the domain were read again since then'] : []),
    ...(names !== null && names.run !== runs.synchronization ? ['a later synchronisation has asked about names'] : []),
    ...((await store.holds()).some((hold) => hold.since > plannedAt) ? ['an object was put on hold since then'] : []),
    ...((await store.joinDecisions()).some((decision) => decision.at > plannedAt) ? ['somebody has decided about a join since then'] : []),
  ]
}

function impossible(run: number, why: readonly string[]): Problem {
  return {
    kind: 'replayImpossible',
    message: `The plan of run ${run} cannot be made again: ${why.join('; ')}.`,
    remedy: 'The evidence of that run is still what it was ("guestbridge history RUN --objects"); only deciding again is not possible.',
    detail: { run },
  }
}
