import type { DatabaseSync } from 'node:sqlite'
import type { StoreOptions, StoreWriter } from '../store.ts'
import { writeAbsences } from './absences.ts'
import type { Answer } from './answer.ts'
import { writeAwaiting } from './awaitingConfirmation.ts'
import { confirmImport } from './confirmImport.ts'
import { writeDelegationJournal } from './delegationJournal.ts'
import { applyDeltaImport } from './deltaImport.ts'
import { applyFullImport } from './fullImport.ts'
import { writeJournal } from './journal.ts'
import { writeLifecycle } from './lifecycleWriter.ts'
import { writeLinks } from './links.ts'
import { writeMetaverseIndex } from './metaverseIndex.ts'
import { writeMetaverseText } from './metaverseText.ts'
import { writeMetaverseVersions } from './metaverseVersions.ts'
import { writeNames } from './names.ts'
import { writeObjectVersions } from './objectVersions.ts'
import { writeRunObjects } from './runObjects.ts'
import { writeRuns } from './runs.ts'
import { writeStaging } from './staging.ts'
import { closeOnce, createStoreReader } from './storeReader.ts'
import { inTransaction } from './transaction.ts'
import { writeWatermarks } from './watermarks.ts'
import { writePending } from './writePending.ts'

/** `bulk` for imports and synchronisations, `durable` (synchronous FULL) for the journal: two connections to one file. */
export type Connections = { readonly bulk: DatabaseSync; readonly durable: DatabaseSync }

export function createStoreWriter({ bulk, durable }: Connections, options: StoreOptions, answer: Answer): StoreWriter {
  const runs = writeRuns(bulk)
  const staging = writeStaging(bulk)
  const setWatermark = writeWatermarks(bulk)
  const links = writeLinks(bulk)
  const index = writeMetaverseIndex(bulk, options.metaverseIndex)
  const metaverse = writeMetaverseVersions(bulk, links, index, writeMetaverseText(bulk))
  const awaiting = writeAwaiting(bulk)
  const pending = writePending(bulk)
  const journal = writeJournal(durable, writeAwaiting(durable))
  const objects = writeObjectVersions(bulk)
  const names = writeNames(bulk)
  const absences = writeAbsences(bulk)
  const noteObjects = writeRunObjects(bulk)
  const confirm = confirmImport(bulk, { objects, links, metaverse, awaiting })
  const apply = applyFullImport(bulk, {
    replaceNames: names.replace, setWatermark, confirmShown: awaiting.confirmShown, forgetAbsences: absences.forgetPresent, dropStaging: staging.dropRun,
  })
  const applyDelta = applyDeltaImport(bulk, {
    objects, names, absences, awaiting, noteObjects, noteProblems: runs.noteProblems, setWatermark, dropStaging: staging.dropRun,
  })
  const recover = (now: string) =>
    inTransaction(bulk, () => {
      staging.dropAll()
      return runs.interrupt(now)
    })
  index.rebuildWhereChanged()
  return {
    ...createStoreReader(bulk, answer),
    recover: (now) => answer(() => recover(now)),
    ...writeLifecycle(bulk, answer, { absences, metaverse }),
    beginRun: (run) => answer(() => runs.begin(run)),
    endRun: (run, end) => answer(() => runs.end(run, end)),
    addProblems: (run, problems) => answer(() => runs.addProblems(run, problems)),
    stagePage: (run, objects) => answer(() => staging.page(run, objects)),
    stageNames: (run, names) => answer(() => staging.names(run, names)),
    stageUnreadable: (run, connector, anchors) => answer(() => staging.unreadable(run, connector, anchors)),
    stagedCount: (run, connector) => answer(() => staging.count(run, connector)),
    applyFullImport: (run, connector, watermarks) => answer(() => apply(run, connector, watermarks)),
    dropStaging: (run) => answer(() => inTransaction(bulk, () => staging.dropRun(run))),
    stageDelta: (run, connector, changes) => answer(() => staging.delta(run, connector, changes)),
    applyDeltaImport: (run, connector, watermarks) => answer(() => applyDelta(run, connector, watermarks)),
    confirmImport: (run, confirmations, absent = []) => answer(() => confirm(run, confirmations, absent)),
    writeMetaverse: (run, batch) => answer(() => metaverse.writeBatch(run, batch)),
    beginPending: (run) => answer(() => pending.begin(run)),
    beginPendingFor: (run, metaverseIds) => answer(() => pending.beginFor(run, metaverseIds)),
    addPending: (run, exports, skips) => answer(() => pending.add(run, exports, skips)),
    withdrawPending: (run, metaverseIds) => answer(() => pending.withdraw(run, metaverseIds)),
    commitPending: (run) => answer(() => pending.commit(run)),
    removePending: (metaverseIds) => answer(() => pending.remove(metaverseIds)),
    journalBefore: (entry) => answer(() => journal.before(entry)),
    journalAfter: (id, outcome) => answer(() => journal.after(id, outcome)),
    ...writeDelegationJournal(durable, answer),
    setWatermark: (name, value) => answer(() => setWatermark(name, value)),
    addRunObjects: (run, runObjects) => answer(() => inTransaction(bulk, () => noteObjects(run, runObjects))),
    close: () => answer(() => [durable, bulk].forEach(closeOnce)),
  }
}
