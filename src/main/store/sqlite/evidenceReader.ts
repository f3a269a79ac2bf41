import type { DatabaseSync } from 'node:sqlite'
import type { DelegationJournalReader } from '../delegationJournal.ts'
import type { StoreReader } from '../store.ts'
import type { Answer } from './answer.ts'
import { readDelegationJournal } from './delegationJournal.ts'
import { readKeptVersions } from './keptVersions.ts'
import { searchMetaverse } from './metaverseSearch.ts'
import { readPlanOfRun } from './planOfRun.ts'
import { readRunObjects } from './runObjects.ts'

/** What a run left behind, and what can be searched for. */
export function readEvidence(database: DatabaseSync, answer: Answer): Pick<StoreReader, 'objectsOfRun' | 'searchMetaverse' | 'planOfRun' | 'versionsOfPerson' | 'versionsOfConnectorObject'> & DelegationJournalReader {
  const runObjects = readRunObjects(database)
  const search = searchMetaverse(database)
  const versions = readKeptVersions(database)
  const planOfRun = readPlanOfRun(database, answer)
  return {
    ...readDelegationJournal(database, answer),
    objectsOfRun: (run, counter, after, limit) => answer(() => runObjects.batch(run, counter, after, limit)),
    searchMetaverse: (query, after, limit) => answer(() => search(query, after, limit)),
    versionsOfPerson: (id) => answer(() => versions.ofPerson(id)),
    versionsOfConnectorObject: (connector, anchor) => answer(() => versions.ofConnector(connector, anchor)),
    planOfRun: (run) => answer(() => planOfRun(run)),
  }
}
