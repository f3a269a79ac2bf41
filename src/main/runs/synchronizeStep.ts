import type { Schema } from '../../shared/domain/attributes.ts'
import type { ConnectorName } from '../../shared/domain/connectorObject.ts'
import type { PlanHeader } from '../../shared/domain/plan.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { StoreReader } from '../store/store.ts'
import { importWatermarks } from './importStep.ts'
import { openRun, type OpenRun, type RunContext } from './runContext.ts'
import { engineSettings, hashOfRules, type DecidingSettings } from './synchronizationSettings.ts'
import { joinAccountsPass } from './synchronization/joinAccountsPass.ts'
import { namesPass } from './synchronization/namesPass.ts'
import { outboundPass } from './synchronization/outboundPass.ts'
import type { SynchronizationPass } from './synchronization/pass.ts'
import { projectGuests } from './synchronization/projectGuests.ts'

/** Full synchronisation: reads only what imports have stored, writes metaverse and pending exports, touches no system. */
export async function synchronize(context: RunContext, profile: string, workspace: string, deciding: DecidingSettings): Promise<Run> {
  const run = await openRun(context, profile, 'fullSync', null)
  const result = await synchronizeAll(context, run, workspace, deciding)
  if (result.ok) return run.finish()
  return run.end(result.problem.kind === 'cancelled' ? 'stopped' : 'failed', result.problem)
}

async function synchronizeAll(context: RunContext, run: OpenRun, workspace: string, deciding: DecidingSettings): Promise<Result<null, Problem>> {
  const { store } = context
  const basis = await readBasis(store)
  if (!basis.ok) return basis
  const plannedAt = context.now()
  const pass: SynchronizationPass = { context, run, settings: engineSettings(deciding, plannedAt, workspace, basis.value.schema) }
  const isProjecting = (connector: ConnectorName) => deciding.rules.inbound.some((rule) => rule.connector === connector && rule.create)

  const projected = isProjecting('entra') ? await projectGuests(pass, 'entra') : succeed(null)
  if (!projected.ok) return projected
  const accounts = await joinAccountsPass(pass, 'ad')
  if (!accounts.ok) return accounts

  await store.beginPending(run.id)
  const awaiting = new Map((await store.awaitingConfirmation()).map((entry) => [entry.metaverseId, entry]))
  const creates = await outboundPass(pass, { accounts: accounts.value, hasCompleteDirectoryImport: basis.value.isDirectoryComplete, awaiting })
  if (!creates.ok) return creates
  const named = await namesPass(pass, creates.value, accounts.value)
  if (!named.ok) return named

  const header: PlanHeader = {
    format: 'guestbridge-plan', version: 1, workspace, plannedAt, rulesHash: hashOfRules(deciding),
    tenant: basis.value.tenant, domainSid: basis.value.domainSid,
    runs: { synchronization: run.id, adImport: basis.value.adImport, entraImport: basis.value.entraImport },
  }
  await store.setWatermark(planHeaderWatermark, JSON.stringify(header))
  await store.commitPending(run.id)
  return succeed(null)
}

export const planHeaderWatermark = 'plan.header'

type Basis = {
  readonly tenant: string
  readonly domainSid: string
  readonly schema: Schema
  readonly adImport: number
  readonly entraImport: number
  readonly isDirectoryComplete: boolean
}

/** What a synchronisation stands on. Without a good import of both sides there is nothing to decide about. */
async function readBasis(store: StoreReader): Promise<Result<Basis, Problem>> {
  const [ad, entra] = [await store.lastCompleted('fullImport', 'ad'), await store.lastCompleted('fullImport', 'entra')]
  const [tenant, domainSid, schema] = await Promise.all([importWatermarks.tenant, importWatermarks.domainSid, importWatermarks.schema].map((name) => store.watermark(name)))
  if (entra === null || !tenant) return fail(nothingImported('Microsoft Graph', 'entra'))
  if (ad === null || !domainSid || !schema) return fail(nothingImported('Active Directory', 'ad'))
  return succeed({
    tenant, domainSid, schema: JSON.parse(schema) as Schema,
    adImport: ad.id, entraImport: entra.id, isDirectoryComplete: await isDirectoryComplete(store),
  })
}

/** The directory's schema as the last import found it; empty before the first one. */
export async function readImportedSchema(store: StoreReader): Promise<Schema> {
  const text = await store.watermark(importWatermarks.schema)
  return text === null ? {} : (JSON.parse(text) as Schema)
}

/** An import that failed after the last good one means that the directory may have changed unseen (sync-semantics 13). */
export async function isDirectoryComplete(store: StoreReader): Promise<boolean> {
  const completed = await store.lastCompleted('fullImport', 'ad')
  const newest = (await store.runs(200)).find((run) => run.step === 'fullImport' && run.connector === 'ad')
  return completed !== null && (newest === undefined || newest.id === completed.id)
}

function nothingImported(source: string, connector: ConnectorName): Problem {
  return {
    kind: 'importIncomplete',
    message: `There is no complete import of ${source} yet.`,
    remedy: `Run the full import of "${connector}" first, or "guestbridge run cycle", which does everything in order.`,
  }
}
