import type { ConnectorName, ConnectorObject } from '../../src/shared/domain/connectorObject.ts'
import type { Run } from '../../src/shared/domain/run.ts'
import { importWatermarks } from '../../src/main/runs/importStep.ts'
import type { RunContext } from '../../src/main/runs/runContext.ts'
import { offlineNames } from '../../src/main/runs/synchronization/nameQuestions.ts'
import { synchronize, type SynchronizeRequest } from '../../src/main/runs/synchronizeStep.ts'
import type { DecidingSettings } from '../../src/main/runs/synchronizationSettings.ts'
import { openStoreWriter } from '../../src/main/store/sqlite/openStore.ts'
import type { DeltaStage, StoreWriter } from '../../src/main/store/store.ts'
import { guestOu, testSettings } from '../../test/engine/world.ts'

const pageSize = 999
const at = '2026-03-01T08:00:00.000Z'

/** A store with the default rules, and the steps of a cycle over objects that are made here instead of read from a system. */
export type GuestWorkspace = {
  readonly store: StoreWriter
  readonly importAll: (connector: ConnectorName, count: number, objectOf: (number: number) => ConnectorObject) => Promise<void>
  readonly importChanges: (connector: ConnectorName, changes: readonly DeltaStage[]) => Promise<void>
  /** Throws unless the run went to its end without a problem. */
  readonly synchronize: (extent: SynchronizeRequest['extent']) => Promise<Run>
}

export async function openGuestWorkspace(folder: string): Promise<GuestWorkspace> {
  const { rules, parameters, managedOus, createForPendingInvitations, leavers, directorySchema } = testSettings()
  const deciding: DecidingSettings = { rules, parameters, managedOus, createForPendingInvitations, leavers, guestOu }
  const opened = await openStoreWriter(folder, { metaverseIndex: rules.joinAttributes })
  if (!opened.ok) throw new Error(opened.problem.message)
  const store = opened.value
  const context: RunContext = { store, now: () => at, signal: new AbortController().signal, report: () => undefined }
  const watermarks = {
    entra: { [importWatermarks.tenant]: 'bench' },
    ad: { [importWatermarks.domainSid]: 'S-1-5-21-1004336348-1177238915-682003330', [importWatermarks.schema]: JSON.stringify(directorySchema) },
  }
  const inRun = async (step: 'fullImport' | 'deltaImport', connector: ConnectorName, work: (run: number) => Promise<void>): Promise<void> => {
    const run = await store.beginRun({ profile: 'bench', step, connector, startedAt: at })
    await work(run)
    await store.endRun(run, { status: 'succeeded', endedAt: at, counters: {}, problem: null })
  }
  return {
    store,
    importAll: (connector, count, objectOf) => inRun('fullImport', connector, async (run) => {
      for (let first = 0; first < count; first += pageSize) {
        const page = Array.from({ length: Math.min(pageSize, count - first) }, (_, index) => objectOf(first + index))
        await store.stagePage(run, page)
        if (connector === 'ad') await store.stageNames(run, page.map(nameOf))
      }
      await store.applyFullImport(run, connector, watermarks[connector])
    }),
    importChanges: (connector, changes) => inRun('deltaImport', connector, async (run) => {
      for (let first = 0; first < changes.length; first += pageSize) await store.stageDelta(run, connector, changes.slice(first, first + pageSize))
      await store.applyDeltaImport(run, connector, watermarks[connector])
    }),
    synchronize: async (extent) => {
      const run = await synchronize(context, { profile: 'bench', extent, workspace: 'bench', deciding, questions: offlineNames })
      if (run.status !== 'succeeded') throw new Error(`The synchronisation ${run.status}: ${run.problem?.message ?? 'see its problems'}`)
      const expected = extent === 'changes' ? 'deltaSync' : 'fullSync'
      if (run.step !== expected) throw new Error(`A ${run.step} ran in place of a ${expected}`)
      return run
    },
  }
}

function nameOf({ anchor, dn, attributes }: ConnectorObject) {
  return { accountName: String(attributes['sAMAccountName']?.[0] ?? ''), dn: dn ?? '', anchor }
}
