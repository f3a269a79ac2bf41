import type { DatabaseSync } from 'node:sqlite'
import type { StoreWriter } from '../store.ts'
import type { AbsenceWriter } from './absences.ts'
import type { Answer } from './answer.ts'
import { writeDecisions } from './decisions.ts'
import type { MetaverseWriter } from './metaverseVersions.ts'
import { writeOwnDisables } from './ownDisables.ts'
import { writeRetention } from './retention.ts'

type Lifecycle = Pick<StoreWriter,
  'storeAbsences' | 'putOwnDisable' | 'removeOwnDisables' | 'putHold' | 'releaseHolds' | 'putJoinDecision' | 'removeJoinDecision' | 'expire' | 'purgePerson'>
type Parts = { readonly absences: AbsenceWriter; readonly metaverse: MetaverseWriter }

/** What is kept between runs about leavers, holds and decisions, and how all of it comes to its end. */
export function writeLifecycle(database: DatabaseSync, answer: Answer, { absences, metaverse }: Parts): Lifecycle {
  const ownDisables = writeOwnDisables(database)
  const decisions = writeDecisions(database)
  const retention = writeRetention(database, metaverse)
  return {
    storeAbsences: (run, answers) => answer(() => absences.store(run, answers)),
    putOwnDisable: (disable) => answer(() => ownDisables.put(disable)),
    removeOwnDisables: (metaverseIds) => answer(() => ownDisables.remove(metaverseIds)),
    putHold: (hold) => answer(() => decisions.putHold(hold)),
    releaseHolds: (metaverseIds) => answer(() => decisions.releaseHolds(metaverseIds)),
    putJoinDecision: (decision) => answer(() => decisions.putJoin(decision)),
    removeJoinDecision: (anchor) => answer(() => decisions.removeJoin(anchor)),
    expire: (before) => answer(() => retention.expire(before)),
    purgePerson: (metaverseId) => answer(() => retention.purge(metaverseId)),
  }
}
