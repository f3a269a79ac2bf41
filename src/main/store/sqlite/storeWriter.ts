import type { DatabaseSync } from 'node:sqlite'
import type { StoreOptions, StoreWriter } from '../store.ts'
import { writeAwaiting } from './awaitingConfirmation.ts'
import { confirmImport } from './confirmImport.ts'
import { applyFullImport } from './fullImport.ts'
import { writeJournal } from './journal.ts'
import { writeLinks } from './links.ts'
import { writeMetaverseIndex } from './metaverseIndex.ts'
import { writeMetaverseVersions } from './metaverseVersions.ts'
import { replaceNames } from './names.ts'
import { writePending } from './pending.ts'
import { writeRuns } from './runs.ts'
import { writeStaging } from './staging.ts'
import type { Answer } from './storeReader.ts'
import { closeOnce, createStoreReader } from './storeReader.ts'
import { inTransaction } from './transaction.ts'
import { writeWatermarks } from './watermarks.ts'

/** `bulk` for imports and synchronisations, `durable` (synchronous FULL) for the journal: two connections to one file. */
export type Connections = { readonly bulk: DatabaseSync; readonly durable: DatabaseSync }

export function createStoreWriter({ bulk, durable }: Connections, options: StoreOptions, answer: Answer): StoreWriter {
  const runs = writeRuns(bulk)
  const staging = writeStaging(bulk)
  const setWatermark = writeWatermarks(bulk)
  const links = writeLinks(bulk)
  const index = writeMetaverseIndex(bulk, options.metaverseIndex)
  const metaverse = writeMetaverseVersions(bulk, links, index)
  const awaiting = writeAwaiting(bulk)
  const pending = writePending(bulk)
  const journal = writeJournal(durable, writeAwaiting(durable))
  const confirm = confirmImport(bulk, { links, metaverse, awaiting })
  const apply = applyFullImport(bulk, {
    replaceNames: replaceNames(bulk), setWatermark, confirmShown: awaiting.confirmShown, dropStaging: staging.dropRun,
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
    beginRun: (run) => answer(() => runs.begin(run)),
    endRun: (run, end) => answer(() => runs.end(run, end)),
    addProblems: (run, problems) => answer(() => runs.addProblems(run, problems)),
    stagePage: (run, objects) => answer(() => staging.page(run, objects)),
    stageNames: (run, names) => answer(() => staging.names(run, names)),
    stageUnreadable: (run, connector, anchors) => answer(() => staging.unreadable(run, connector, anchors)),
    stagedCount: (run, connector) => answer(() => staging.count(run, connector)),
    applyFullImport: (run, connector, watermarks) => answer(() => apply(run, connector, watermarks)),
    dropStaging: (run) => answer(() => inTransaction(bulk, () => staging.dropRun(run))),
    confirmImport: (run, confirmations) => answer(() => confirm(run, confirmations)),
    writeMetaverse: (run, batch) => answer(() => metaverse.writeBatch(run, batch)),
    beginPending: () => answer(() => pending.begin()),
    addPending: (run, exports, skips) => answer(() => pending.add(run, exports, skips)),
    commitPending: (run) => answer(() => pending.commit(run)),
    removePending: (metaverseIds) => answer(() => pending.remove(metaverseIds)),
    journalBefore: (entry) => answer(() => journal.before(entry)),
    journalAfter: (id, outcome) => answer(() => journal.after(id, outcome)),
    setWatermark: (name, value) => answer(() => setWatermark(name, value)),
    close: () => answer(() => [durable, bulk].forEach(closeOnce)),
  }
}
