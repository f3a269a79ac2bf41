import type { PlanHeader } from '../../shared/domain/plan.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { succeed, type Result } from '../../shared/domain/result.ts'
import type { Run } from '../../shared/domain/run.ts'
import { planHeaderWatermark, type StoreReader } from '../store/store.ts'
import { hashValue } from './planHash.ts'
import { openRun, type OpenRun, type RunContext } from './runContext.ts'
import { readBasis, type Basis } from './synchronization/basis.ts'
import type { NameQuestions } from './synchronization/nameQuestions.ts'
import { synchronizePersons } from './synchronization/synchronizePersons.ts'
import type { Extent } from './synchronization/touched.ts'
import { engineSettings, hashOfRules, type DecidingSettings } from './synchronizationSettings.ts'

export type SynchronizeRequest = {
  readonly profile: string
  /** `changes` becomes everything where the last synchronisation cannot be gone on from. */
  readonly extent: 'everything' | 'changes'
  readonly workspace: string
  readonly deciding: DecidingSettings
  readonly questions: NameQuestions
}

/** What the last synchronisation decided by, besides objects: a delta goes on only under the same. */
const settingsWatermark = 'plan.settings'

/** Reads what imports have stored, writes metaverse and pending exports, changes no system. */
export async function synchronize(context: RunContext, request: SynchronizeRequest): Promise<Run> {
  const basis = await readBasis(context.store)
  const extent: Extent = request.extent === 'changes' && basis.ok ? await chooseExtent(context, request.deciding, basis.value) : { kind: 'everything' }
  const run = await openRun(context, request.profile, extent.kind === 'everything' ? 'fullSync' : 'deltaSync', null)
  if (request.extent === 'changes' && extent.kind === 'everything') run.progress('no synchronisation to go on from: full synchronisation', 0, null)
  const result = basis.ok ? await synchronizeWith(context, run, request, basis.value, extent) : basis
  if (result.ok) return run.finish()
  return run.end(result.problem.kind === 'cancelled' ? 'stopped' : 'failed', result.problem)
}

async function synchronizeWith(context: RunContext, run: OpenRun, request: SynchronizeRequest, basis: Basis, extent: Extent): Promise<Result<null, Problem>> {
  const { store, signal } = context
  const { workspace, deciding, questions } = request
  const plannedAt = context.now()
  const pass = { store, signal, run, flowed: new Map(), settings: engineSettings(deciding, plannedAt, workspace, basis.facts) }
  const beginPending = (touched: ReadonlySet<string>) => (extent.kind === 'everything' ? store.beginPending(run.id) : store.beginPendingFor(run.id, [...touched]))
  const result = await synchronizePersons(pass, { extent, basis, questions, beginPending })
  if (!result.ok) return result
  const header: PlanHeader = {
    format: 'guestbridge-plan', version: 1, workspace, plannedAt, rulesHash: hashOfRules(deciding),
    tenant: basis.tenant, domainSid: basis.domainSid,
    runs: { synchronization: run.id, adImport: basis.adImport, entraImport: basis.entraImport },
  }
  await store.setWatermark(planHeaderWatermark, JSON.stringify(header))
  await store.setWatermark(settingsWatermark, hashOfSettings(deciding, basis))
  await store.commitPending(run.id)
  return succeed(null)
}

/**
 * A delta goes on from a synchronisation that went to its end under the same rules and settings. After an interrupted or
 * failed one nobody knows what it left half-done, so everybody is looked at again.
 */
async function chooseExtent({ store }: RunContext, deciding: DecidingSettings, basis: Basis): Promise<Extent> {
  const last = await lastSynchronization(store)
  const hasEnded = last !== null && (last.status === 'succeeded' || last.status === 'completedWithErrors')
  const isSameSettings = (await store.watermark(settingsWatermark)) === hashOfSettings(deciding, basis)
  return hasEnded && isSameSettings ? { kind: 'changes', since: last.id, store } : { kind: 'everything' }
}

/** The newest synchronisation, however it ended. */
export async function lastSynchronization(store: StoreReader): Promise<Run | null> {
  const page = 200
  for (let before: number | undefined; ;) {
    const runs: readonly Run[] = before === undefined ? await store.runs(page) : await store.runs(page, before)
    const found = runs.find((run) => run.step === 'fullSync' || run.step === 'deltaSync')
    if (found !== undefined) return found
    before = runs.at(-1)?.id
    if (before === undefined) return null
  }
}

function hashOfSettings(deciding: DecidingSettings, { facts }: Basis): string {
  return hashValue({ rules: hashOfRules(deciding), facts })
}
