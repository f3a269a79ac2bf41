import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ConnectorName, ConnectorObject, DomainName } from '../../src/shared/domain/connectorObject.ts'
import type { AbsenceAnswer } from '../../src/shared/domain/lifecycle.ts'
import type { Run, StepKind } from '../../src/shared/domain/run.ts'
import { importWatermarks } from '../../src/main/runs/importStep.ts'
import type { RunContext } from '../../src/main/runs/runContext.ts'
import { offlineNames } from '../../src/main/runs/synchronization/nameQuestions.ts'
import { synchronize, type SynchronizeRequest } from '../../src/main/runs/synchronizeStep.ts'
import { writeDirectoryAnswers, type DirectoryAnswers } from '../../src/main/runs/directoryAnswers.ts'
import type { DecidingSettings } from '../../src/main/runs/synchronizationSettings.ts'
import { openStoreWriter } from '../../src/main/store/sqlite/openStore.ts'
import type { DeltaStage, PendingExport, StoredSkip, StoreWriter } from '../../src/main/store/store.ts'
import { guestOu, testSettings } from '../engine/world.ts'

export const workspaceId = '0b7d3c5e-7f2a-4b7c-9b1e-1c7a2f3d4e5f'
export const morning = '2026-03-01T08:00:00.000Z'

export function decidingOf(changed: Partial<DecidingSettings> = {}): DecidingSettings {
  const { rules, parameters, managedOus, createForPendingInvitations, leavers } = testSettings()
  return { rules, parameters, managedOus, createForPendingInvitations, leavers, guestOu, ...changed }
}

/** A real store in a folder of its own, and the steps as runs take them; imports are staged without a source. */
export class TestWorkspace {
  readonly store: StoreWriter
  readonly folder: string
  now = morning
  deciding = decidingOf()

  constructor(store: StoreWriter, folder: string) {
    this.store = store
    this.folder = folder
  }

  context(signal: AbortSignal = new AbortController().signal): RunContext {
    return { store: this.store, now: () => this.now, signal, report: () => undefined }
  }

  async importAll(connector: ConnectorName, objects: readonly ConnectorObject[], names: readonly DomainName[] = []): Promise<number> {
    return this.#inRun('fullImport', connector, async (run) => {
      await this.store.stagePage(run, objects)
      if (connector === 'ad') await this.store.stageNames(run, [...names, ...objects.flatMap(nameOf), someName])
      await this.store.applyFullImport(run, connector, watermarksOf(connector))
    })
  }

  async importChanges(connector: ConnectorName, changes: readonly DeltaStage[]): Promise<number> {
    return this.#inRun('deltaImport', connector, async (run) => {
      await this.store.stageDelta(run, connector, changes)
      await this.store.applyDeltaImport(run, connector, watermarksOf(connector))
    })
  }

  async answerAbsences(answers: Readonly<Record<string, AbsenceAnswer>>, directory: Partial<DirectoryAnswers> = {}): Promise<number> {
    return this.#inRun('proveAbsence', null, async (run) => {
      await this.store.storeAbsences(run, new Map(Object.entries(answers)))
      await writeDirectoryAnswers(this.store, { isRecycleBinOn: true, deletedAccounts: {}, formerAccounts: {}, ...directory, run })
    })
  }

  async synchronize(extent: SynchronizeRequest['extent'], signal?: AbortSignal): Promise<Run> {
    return synchronize(this.context(signal), { profile: extent, extent, workspace: workspaceId, deciding: this.deciding, questions: offlineNames })
  }

  async exports(): Promise<readonly PendingExport[]> {
    return this.store.pendingBatch(null, 100_000)
  }

  /** Kind and person of every pending export. */
  async planned(): Promise<readonly string[]> {
    return (await this.exports()).map(({ change }) => `${change.kind} ${change.metaverseId}`)
  }

  async skips(): Promise<readonly StoredSkip[]> {
    const kinds = Object.keys(await this.store.countSkips()) as StoredSkip['reason']['kind'][]
    return (await this.store.skips(kinds, 100_000)).toSorted((left, right) => (left.metaverseId < right.metaverseId ? -1 : 1))
  }

  async close(): Promise<void> {
    await this.store.close()
    await rm(this.folder, { recursive: true, force: true })
  }

  async #inRun(step: StepKind, connector: ConnectorName | null, work: (run: number) => Promise<void>): Promise<number> {
    const run = await this.store.beginRun({ profile: step, step, connector, startedAt: this.now })
    await work(run)
    await this.store.endRun(run, { status: 'succeeded', endedAt: this.now, counters: {}, problem: null })
    return run
  }
}

export async function openTestWorkspace(): Promise<TestWorkspace> {
  const folder = await mkdtemp(join(tmpdir(), 'guestbridge-runs-'))
  const store = await openStoreWriter(folder, { metaverseIndex: decidingOf().rules.joinAttributes })
  if (!store.ok) throw new Error(store.problem.message)
  return new TestWorkspace(store.value, folder)
}

const someName: DomainName = { accountName: 'Administrator', dn: 'CN=Administrator,CN=Users,DC=contoso,DC=local', anchor: '00000000-0000-4000-8000-0000000001f4' }

function nameOf({ anchor, dn, attributes }: ConnectorObject): readonly DomainName[] {
  const name = attributes['sAMAccountName']?.[0]
  return name === undefined || dn === null ? [] : [{ accountName: String(name), dn, anchor }]
}

function watermarksOf(connector: ConnectorName): Readonly<Record<string, string>> {
  if (connector === 'entra') return { [importWatermarks.tenant]: '11111111-2222-3333-4444-555555555555' }
  return { [importWatermarks.domainSid]: 'S-1-5-21-1-2-3', [importWatermarks.schema]: JSON.stringify(testSettings().directorySchema) }
}
