import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import { succeed, type Result } from '../../../shared/domain/result.ts'
import type { PendingExport, StoredSkip } from '../../store/store.ts'
import type { SynchronizationPass } from '../synchronization/pass.ts'
import { synchronizePersons, type SynchronizationPlan } from '../synchronization/synchronizePersons.ts'
import { createMemoryStore, type AnswersOfStore } from './memoryStore.ts'
import type { Snapshot } from './snapshot.ts'

export type MemorySynchronization = Pick<SynchronizationPlan, 'basis' | 'questions'> & Pick<SynchronizationPass, 'settings' | 'signal'> & {
  readonly snapshot: Snapshot
  readonly answers: AnswersOfStore
  /** Number that the pending exports carry. */
  readonly run: number
}

/** What a synchronisation decides that nobody keeps. Exports are in the order of a plan's kinds as the passes made them. */
export type Decided = { readonly exports: readonly PendingExport[]; readonly skips: readonly StoredSkip[]; readonly problems: readonly ObjectProblem[] }

/** A full synchronisation of the snapshot by the same passes as a run's. Writes nothing. */
export async function synchronizeInMemory({ snapshot, answers, run, basis, questions, settings, signal }: MemorySynchronization): Promise<Result<Decided, Problem>> {
  const memory = createMemoryStore(snapshot, answers)
  const problems: ObjectProblem[] = []
  const pass: SynchronizationPass = {
    store: memory.store, signal, settings, flowed: new Map(),
    run: {
      id: run, count: () => undefined, countObject: () => undefined, keepObjects: async () => undefined, progress: () => undefined,
      addProblems: async (more) => void problems.push(...more),
    },
  }
  const result = await synchronizePersons(pass, { extent: { kind: 'everything' }, basis, questions, beginPending: async () => undefined })
  return result.ok ? succeed({ exports: memory.exports(), skips: memory.skips, problems }) : result
}
