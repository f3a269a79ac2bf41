import type { DatabaseSync } from 'node:sqlite'
import type { StoreReader } from '../store.ts'
import { readAbsences } from './absences.ts'
import type { Answer } from './answer.ts'
import type { readConnectorSpace } from './connectorSpace.ts'
import { readDecisions } from './decisions.ts'
import type { readLinks } from './links.ts'
import { readMissingGuests } from './missingGuests.ts'
import { readOwnDisables } from './ownDisables.ts'
import { readUndoneByOthers } from './undoneByOthers.ts'

type Lifecycle = Pick<StoreReader, 'absences' | 'missingGuests' | 'ownDisables' | 'dueDisables' | 'holds' | 'joinDecisions' | 'deletedLinks' | 'undoneByOthers'>
type Parts = { readonly connectorSpace: ReturnType<typeof readConnectorSpace>; readonly links: ReturnType<typeof readLinks> }

/** What the lifecycle of leavers and returners, holds and decisions ask for. */
export function readLifecycle(database: DatabaseSync, answer: Answer, { connectorSpace, links }: Parts): Lifecycle {
  const absences = readAbsences(database)
  const missingGuests = readMissingGuests(database)
  const ownDisables = readOwnDisables(database)
  const decisions = readDecisions(database)
  const undoneByOthers = readUndoneByOthers(database, connectorSpace)
  return {
    absences: (ids) => answer(() => absences(ids)),
    missingGuests: (after, limit) => answer(() => missingGuests(after, limit)),
    ownDisables: (metaverseIds) => answer(() => ownDisables.ofPersons(metaverseIds)),
    dueDisables: (instant) => answer(() => ownDisables.due(instant)),
    holds: () => answer(() => decisions.holds()),
    joinDecisions: () => answer(() => decisions.joins()),
    deletedLinks: (metaverseIds) => answer(() => links.deleted(metaverseIds)),
    undoneByOthers: (metaverseIds) => answer(() => undoneByOthers(metaverseIds)),
  }
}
