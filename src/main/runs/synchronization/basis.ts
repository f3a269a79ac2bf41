import type { Schema } from '../../../shared/domain/attributes.ts'
import type { ConnectorName } from '../../../shared/domain/connectorObject.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { Run } from '../../../shared/domain/run.ts'
import type { StoreReader } from '../../store/store.ts'
import { readDirectoryAnswers, type DirectoryAnswers } from '../directoryAnswers.ts'
import { importWatermarks } from '../importStep.ts'
import type { DirectoryFacts } from '../synchronizationSettings.ts'

export type Basis = {
  readonly tenant: string
  readonly domainSid: string
  readonly facts: DirectoryFacts
  readonly adImport: number
  readonly entraImport: number
  readonly isDirectoryComplete: boolean
  readonly isAbsenceProved: boolean
  /** Null where they are older than the last import of the directory. */
  readonly answers: DirectoryAnswers | null
}

/** What a synchronisation stands on. Without a good import of both sides there is nothing to decide about. */
export async function readBasis(store: StoreReader): Promise<Result<Basis, Problem>> {
  const [ad, entra] = [await lastImport(store, 'ad'), await lastImport(store, 'entra')]
  const [tenant, domainSid, schema] = await Promise.all([importWatermarks.tenant, importWatermarks.domainSid, importWatermarks.schema].map((name) => store.watermark(name)))
  if (entra === null || !tenant) return fail(nothingImported('Microsoft Graph', 'entra'))
  if (ad === null || !domainSid || !schema) return fail(nothingImported('Active Directory', 'ad'))
  return succeed({
    tenant, domainSid, facts: await readDirectoryFacts(store), adImport: ad.id, entraImport: entra.id, ...(await readCertainty(store)),
  })
}

/** How far the imports and answers in the store can be relied on. */
export async function readCertainty(store: StoreReader): Promise<Pick<Basis, 'isDirectoryComplete' | 'isAbsenceProved' | 'answers'>> {
  const [ad, entra] = [await lastImport(store, 'ad'), await lastImport(store, 'entra')]
  const proof = await store.lastCompleted('proveAbsence', null)
  const answers = await readDirectoryAnswers(store)
  return {
    isDirectoryComplete: await isDirectoryComplete(store),
    isAbsenceProved: proof !== null && entra !== null && proof.id > entra.id,
    answers: answers !== null && ad !== null && answers.run > ad.id ? answers : null,
  }
}

/** What of the directory decides besides its objects, as the last import and the last look found it; empty before. */
export async function readDirectoryFacts(store: Pick<StoreReader, 'watermark'>): Promise<DirectoryFacts> {
  const schema = await store.watermark(importWatermarks.schema)
  const answers = await readDirectoryAnswers(store)
  return { directorySchema: schema === null ? {} : (JSON.parse(schema) as Schema), isRecycleBinOn: answers?.isRecycleBinOn ?? false }
}

/**
 * Whether the connector space has the whole directory (sync-semantics 13): a full import, and since then nothing but delta
 * imports that went to their end. Each of those goes on where the last good one ended, so the chain has no gap. An import
 * that failed after the last good one means that the directory may have changed unseen.
 */
export async function isDirectoryComplete(store: StoreReader): Promise<boolean> {
  const completed = await lastImport(store, 'ad')
  if (completed === null || (await store.lastCompleted('fullImport', 'ad')) === null) return false
  const newest = (await store.runs(200)).find((run) => isImport(run, 'ad'))
  return newest === undefined || newest.id === completed.id
}

/** The newest import, full or delta, that went to its end. */
export async function lastImport(store: Pick<StoreReader, 'lastCompleted'>, connector: ConnectorName): Promise<Run | null> {
  const [full, delta] = [await store.lastCompleted('fullImport', connector), await store.lastCompleted('deltaImport', connector)]
  if (full === null || delta === null) return full ?? delta
  return delta.id > full.id ? delta : full
}

function isImport(run: Run, connector: ConnectorName): boolean {
  return run.connector === connector && (run.step === 'fullImport' || run.step === 'deltaImport')
}

function nothingImported(source: string, connector: ConnectorName): Problem {
  return {
    kind: 'importIncomplete',
    message: `There is no complete import of ${source} yet.`,
    remedy: `Run the full import of "${connector}" first, or "guestbridge run cycle", which does everything in order.`,
  }
}
