import type { ObjectProblem, Problem } from '../../../shared/domain/problem.ts'
import type { CounterName, Progress, Run, RunStatus } from '../../../shared/domain/run.ts'
import type { Sid } from '../../../shared/domain/ids.ts'
import type { DelegationWriter } from '../../connectors/delegationPorts.ts'
import type { StoreWriter } from '../../store/store.ts'

/** What an export of delegation is given. Time and cancellation come in; nothing here reads a clock. */
export type DelegationExportContext = {
  readonly store: StoreWriter
  /** ISO 8601 in UTC. */
  readonly now: () => string
  readonly signal: AbortSignal
  readonly report: (progress: Progress) => void
}

/** One controller: it is read before, written, and read again. */
export type DelegationTarget = { readonly writer: DelegationWriter; readonly controller: string; readonly domainSid: Sid; readonly boundAs: string }

/** A run of the step `delegationExport` that was begun. */
export type DelegationRun = {
  readonly id: number
  readonly count: (name: CounterName) => void
  readonly addProblem: (problem: ObjectProblem) => Promise<void>
  readonly progress: (phase: string, done: number, total: number) => void
  readonly end: (status: RunStatus, problem: Problem | null) => Promise<Run>
}

export async function openDelegationRun({ store, now, report }: DelegationExportContext): Promise<DelegationRun> {
  const step = 'delegationExport'
  const id = await store.beginRun({ profile: 'delegation', step, connector: 'ad', startedAt: now() })
  const counters: Partial<Record<CounterName, number>> = {}
  return {
    id,
    count: (name) => { counters[name] = (counters[name] ?? 0) + 1 },
    addProblem: (problem) => store.addProblems(id, [problem]),
    progress: (phase, done, total) => report({ run: id, step, connector: 'ad', phase, done, total }),
    end: async (status, problem) => {
      await store.endRun(id, { status, endedAt: now(), counters, problem })
      const run = await store.run(id)
      if (run === null) throw new Error(`Run ${id} is missing after its end`)
      return run
    },
  }
}
