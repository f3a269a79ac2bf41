import type { ObjectProblem, Problem } from '../../shared/domain/problem.ts'
import type { CounterName, Counters, Progress, Run, RunStatus, StepKind } from '../../shared/domain/run.ts'
import type { ConnectorName } from '../../shared/domain/connectorObject.ts'
import type { RunObject, StoreWriter } from '../store/store.ts'

/** What every step is given. Time and cancellation come in; nothing here reads a clock. */
export type RunContext = {
  readonly store: StoreWriter
  /** ISO 8601 in UTC. */
  readonly now: () => string
  readonly signal: AbortSignal
  readonly report: (progress: Progress) => void
}

/** A run that was begun: counts, reports and ends itself in the store. */
export type OpenRun = {
  readonly id: number
  readonly count: (name: CounterName, by?: number) => void
  /** Counts an object and keeps which one it was, as evidence behind the counter. Stored with the next `keepObjects`. */
  readonly countObject: (object: RunObject) => void
  readonly keepObjects: () => Promise<void>
  readonly countAll: (counters: Counters) => void
  readonly progress: (phase: string, done: number, total: number | null) => void
  readonly addProblems: (problems: readonly ObjectProblem[]) => Promise<void>
  /** Went to its end: the status follows from the problems that were added. */
  readonly finish: () => Promise<Run>
  readonly end: (status: RunStatus, problem: Problem | null) => Promise<Run>
}

export async function openRun(context: RunContext, profile: string, step: StepKind, connector: ConnectorName | null): Promise<OpenRun> {
  const id = await context.store.beginRun({ profile, step, connector, startedAt: context.now() })
  const counters: Partial<Record<CounterName, number>> = {}
  let objectProblems = 0
  const count = (name: CounterName, by = 1): void => {
    counters[name] = (counters[name] ?? 0) + by
  }
  let objects: RunObject[] = []
  const keepObjects = async (): Promise<void> => {
    const kept = objects
    objects = []
    if (kept.length > 0) await context.store.addRunObjects(id, kept)
  }
  const end = async (status: RunStatus, problem: Problem | null): Promise<Run> => {
    await keepObjects()
    await context.store.endRun(id, { status, endedAt: context.now(), counters, problem })
    const run = await context.store.run(id)
    if (run === null) throw new Error(`Run ${id} is missing after its end`)
    return run
  }
  return {
    id,
    count,
    countObject: (object) => {
      count(object.counter)
      objects.push(object)
    },
    keepObjects,
    countAll: (more) => {
      for (const [name, value] of Object.entries(more)) count(name as CounterName, value)
    },
    progress: (phase, done, total) => context.report({ run: id, step, connector, phase, done, total }),
    addProblems: async (problems) => {
      objectProblems += problems.length
      if (problems.length > 0) await context.store.addProblems(id, problems)
    },
    finish: () => end(objectProblems > 0 ? 'completedWithErrors' : 'succeeded', null),
    end,
  }
}

export const cancelledProblem: Problem = {
  kind: 'cancelled',
  message: 'The run was cancelled.',
  remedy: 'Start it again: what was complete is kept, what was half-done starts over.',
}

/** Lets timers, sockets and other callers have their turn: node:sqlite and the engine never wait by themselves. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
