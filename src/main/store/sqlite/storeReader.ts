import type { DatabaseSync } from 'node:sqlite'
import type { StoreReader } from '../store.ts'
import type { Answer } from './answer.ts'
import { readAwaiting } from './awaitingConfirmation.ts'
import { backupStore, checkIntegrity } from './backup.ts'
import { readConnectorChanges } from './connectorChanges.ts'
import { readConnectorSpace } from './connectorSpace.ts'
import { integerIn } from './columns.ts'
import { readEvidence } from './evidenceReader.ts'
import { readGuests } from './guests.ts'
import { readJournal } from './journal.ts'
import { readLifecycle } from './lifecycleReader.ts'
import { readLinks } from './links.ts'
import { readMetaverse } from './metaverse.ts'
import { readMetaverseIndex } from './metaverseIndex.ts'
import { readNames } from './names.ts'
import { readPending } from './pending.ts'
import { readRuns } from './runs.ts'
import { readWatermarks } from './watermarks.ts'

/** Closing twice is harmless: a session and its command may both do it. */
export function closeOnce(database: DatabaseSync): void {
  if (database.isOpen) database.close()
}

/** The reading half of the port over one connection; each method is a read transaction of its own. */
export function createStoreReader(database: DatabaseSync, answer: Answer): StoreReader {
  const runs = readRuns(database)
  const connectorSpace = readConnectorSpace(database)
  const links = readLinks(database)
  const metaverse = readMetaverse(database)
  const index = readMetaverseIndex(database)
  const names = readNames(database)
  const pending = readPending(database)
  const journal = readJournal(database)
  const awaiting = readAwaiting(database)
  const watermark = readWatermarks(database)
  const guests = readGuests(database)
  const dataVersion = database.prepare('PRAGMA data_version')
  const changedSince = readConnectorChanges(database)
  return {
    runs: (limit, before) => answer(() => runs.latest(limit, before)),
    run: (id) => answer(() => runs.byId(id)),
    version: () => answer(() => integerIn(dataVersion.get() ?? {}, 'data_version')),
    lastCompleted: (step, connector) => answer(() => runs.lastCompleted(step, connector)),
    runProblems: (run, limit) => answer(() => runs.problems(run, limit)),
    connectorRow: (connector, anchor) => answer(() => connectorSpace.row(connector, anchor)),
    connectorRows: (connector, anchors) => answer(() => connectorSpace.rows(connector, anchors)),
    connectorBatch: (connector, after, limit) => answer(() => connectorSpace.batch(connector, after, limit)),
    connectorRowAsOf: (connector, anchor, run) => answer(() => connectorSpace.asOf(connector, anchor, run)),
    danglingLinks: (connector) => answer(() => links.dangling(connector)),
    countConnectorObjects: (connector) => answer(() => connectorSpace.count(connector)),
    countLinked: (connector) => answer(() => links.count(connector)),
    findConnectorRows: (connector, attribute, value) => answer(() => connectorSpace.byValue(connector, attribute, value)),
    metaverseObject: (id) => answer(() => metaverse.object(id)),
    metaverseObjects: (ids) => answer(() => metaverse.objects(ids)),
    metaverseBatch: (after, limit) => answer(() => metaverse.batch(after, limit)),
    metaverseObjectAsOf: (id, run) => answer(() => metaverse.asOf(id, run)),
    findMetaverse: (attribute, values) => answer(() => index.find(attribute, values)),
    countMetaverse: () => answer(() => metaverse.count()),
    findNames: (accountNames) => answer(() => names.find(accountNames)),
    findByDn: (dnKeys) => answer(() => connectorSpace.byDn(dnKeys)),
    pendingBatch: (after, limit) => answer(() => pending.batch(after, limit)),
    pendingHashBatch: (after, limit) => answer(() => pending.hashBatch(after, limit)),
    pendingExport: (metaverseId) => answer(() => pending.ofPerson(metaverseId)),
    skips: (kinds, limit) => answer(() => pending.skips(kinds, limit)),
    skip: (metaverseId) => answer(() => pending.skip(metaverseId)),
    countSkips: () => answer(() => pending.countSkips()),
    openJournalEntries: () => answer(() => journal.open()),
    journalOfRun: (run) => answer(() => journal.ofRun(run)),
    awaitingConfirmation: () => answer(() => awaiting()),
    changesWrittenSince: (instant) => answer(() => journal.writtenSince(instant)),
    changesWrittenByPlan: (planHash) => answer(() => journal.writtenByPlan(planHash)),
    watermark: (name) => answer(() => watermark(name)),
    changedSince: (connector, run, after, limit) => answer(() => changedSince(connector, run, after, limit)),
    unlinkedBatch: (connector, after, limit) => answer(() => connectorSpace.unlinked(connector, after, limit)),
    findByUserPrincipalName: (connector, userPrincipalNames) => answer(() => connectorSpace.byUserPrincipalName(connector, userPrincipalNames)),
    guestBatch: (after, limit) => answer(() => guests.batch(after, limit)),
    countGuestStates: () => answer(() => guests.counts()),
    ...readLifecycle(database, answer, { connectorSpace, links }),
    ...readEvidence(database, answer),
    backup: (toFile) => backupStore(database, toFile),
    integrity: () => answer(() => checkIntegrity(database)),
    close: () => answer(() => closeOnce(database)),
  }
}
