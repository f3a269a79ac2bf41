import type { ConnectorObject } from '../../shared/domain/connectorObject.ts'
import type { AbsenceAnswer, DeletedAccount } from '../../shared/domain/lifecycle.ts'
import { parseObjectGuid, type ObjectGuid } from '../../shared/domain/ids.ts'
import type { Problem } from '../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../shared/domain/result.ts'
import type { Run } from '../../shared/domain/run.ts'
import type { DirectoryReader, EntraReader } from '../connectors/connector.ts'
import type { StoreReader } from '../store/store.ts'
import { readDirectoryAnswers, writeDirectoryAnswers } from './directoryAnswers.ts'
import { cancelledProblem, openRun, type OpenRun, type RunContext } from './runContext.ts'
import { pendingOfKinds } from './synchronization/pass.ts'
import { lastSynchronization } from './synchronizeStep.ts'

const batchSize = 200

/**
 * Between imports and synchronisation: who is missing is looked up singly (sync-semantics 7), and what is left of deleted
 * accounts of persons who may want one is read (sync-semantics 17). The synchronisation then reads the answers offline.
 */
export async function proveAbsences(context: RunContext, profile: string, entra: EntraReader, directory: DirectoryReader): Promise<Run> {
  const run = await openRun(context, profile, 'proveAbsence', null)
  const guests = await askAboutGuests(context, run, entra)
  const result = guests.ok ? await askAboutAccounts(context, run, directory) : guests
  if (result.ok) return run.finish()
  return run.end(result.problem.kind === 'cancelled' ? 'stopped' : 'failed', result.problem)
}

async function askAboutGuests(context: RunContext, run: OpenRun, reader: EntraReader): Promise<Result<null, Problem>> {
  let after: string | null = null
  let done = 0
  for (;;) {
    if (context.signal.aborted) return fail(cancelledProblem)
    const missing: Awaited<ReturnType<StoreReader['missingGuests']>> = await context.store.missingGuests(after, batchSize)
    const last = missing.at(-1)
    if (last === undefined) return succeed(null)
    const answers = await reader.proveAbsence(missing.map(({ entraId }) => entraId), context.signal)
    if (!answers.ok) return answers
    countAnswers(run, answers.value)
    await context.store.storeAbsences(run.id, answers.value)
    after = last.metaverseId
    done += missing.length
    run.progress('looking for missing guests', done, null)
  }
}

function countAnswers(run: OpenRun, answers: ReadonlyMap<string, AbsenceAnswer>): void {
  for (const { kind } of answers.values()) {
    if (kind === 'unclear') run.count('absencesUnclear')
    else if (kind !== 'present') run.count('absencesProved')
  }
}

async function askAboutAccounts(context: RunContext, run: OpenRun, reader: DirectoryReader): Promise<Result<null, Problem>> {
  const isRecycleBinOn = await reader.isRecycleBinOn(context.signal)
  if (!isRecycleBinOn.ok) return isRecycleBinOn
  const deleted: Record<string, DeletedAccount> = {}
  const former: Record<string, ConnectorObject> = {}
  const findFormer = await rememberFormer(context.store)
  for await (const metaverseIds of personsWhoMayWantAnAccount(context.store)) {
    if (context.signal.aborted) return fail(cancelledProblem)
    const lost = await context.store.deletedLinks(metaverseIds)
    const found = await findDeleted(context, reader, lost)
    if (!found.ok) return found
    for (const [metaverseId, account] of found.value) {
      deleted[metaverseId] = account
      const object = await findFormer(metaverseId, account)
      if (object !== null) former[metaverseId] = object
    }
    run.progress('looking for deleted accounts', Object.keys(deleted).length, null)
  }
  await writeDirectoryAnswers(context.store, { run: run.id, isRecycleBinOn: isRecycleBinOn.value, deletedAccounts: deleted, formerAccounts: former })
  return succeed(null)
}

/** As the last synchronisation saw the account when it was there, and as an earlier step kept it from then on. */
async function rememberFormer(store: StoreReader): Promise<(metaverseId: string, account: DeletedAccount) => Promise<ConnectorObject | null>> {
  const kept = (await readDirectoryAnswers(store))?.formerAccounts ?? {}
  const last = await lastSynchronization(store)
  return async (metaverseId, { anchor }) => {
    const former = kept[metaverseId]
    if (former?.anchor === anchor) return former
    return last === null ? null : ((await store.connectorRowAsOf('ad', anchor, last.id))?.object ?? null)
  }
}

/** The account that was deleted last, of those that still can be seen. */
async function findDeleted(context: RunContext, reader: DirectoryReader, lost: ReadonlyMap<string, readonly string[]>): Promise<Result<ReadonlyMap<string, DeletedAccount>, Problem>> {
  const anchors = [...lost.values()].flat().flatMap((anchor): readonly ObjectGuid[] => {
    const guid = parseObjectGuid(anchor)
    return guid.ok ? [guid.value] : []
  })
  if (anchors.length === 0) return succeed(new Map())
  const found = await reader.findDeleted(anchors, context.signal)
  if (!found.ok) return found
  return succeed(new Map([...lost].flatMap(([metaverseId, latestFirst]) => {
    const account = latestFirst.map((anchor) => found.value.get(anchor)).find((candidate) => candidate !== undefined)
    return account === undefined ? [] : [[metaverseId, account] as const]
  })))
}

/** Whose account went since the last synchronisation, who waits for one, and guests whom no synchronisation has seen yet. */
async function* personsWhoMayWantAnAccount(store: StoreReader): AsyncGenerator<readonly string[]> {
  const dangling = await store.danglingLinks('ad')
  for (let start = 0; start < dangling.length; start += batchSize) yield dangling.slice(start, start + batchSize).map(({ metaverseId }) => metaverseId)
  for await (const pending of pendingOfKinds(store, ['restore', 'create'])) yield pending.map(({ change }) => change.metaverseId)
  let after: string | null = null
  for (;;) {
    const rows: Awaited<ReturnType<StoreReader['unlinkedBatch']>> = await store.unlinkedBatch('entra', after, batchSize)
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows.map(({ object }) => `entra:${object.anchor}`)
    after = last.object.anchor
  }
}
