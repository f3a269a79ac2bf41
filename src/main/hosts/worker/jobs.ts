import { jobInputs, type Job, type JobOutputs } from '../../../shared/api/jobs.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import { fail, succeed, type Result } from '../../../shared/domain/result.ts'
import type { Progress } from '../../../shared/domain/run.ts'

export type JobWork = (call: string, input: unknown, options: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void }) => Promise<Result<unknown, Problem>>

type Entry = { job: Job; readonly cancel: AbortController; readonly watchers: Set<(progress: Progress) => void>; readonly answer: Promise<Result<unknown, Problem>> }

/** So many ended jobs are remembered, for a window that was reloaded meanwhile. */
const remembered = 20

/** Jobs of one workspace. They belong to the worker, not to the window that began them. */
export function createJobs(work: JobWork, now: () => string) {
  const entries = new Map<number, Entry>()
  let last = 0

  const update = (entry: Entry, change: Partial<Job>): void => { entry.job = { ...entry.job, ...change } }

  const begin = (call: string, input: unknown): Job => {
    last += 1
    const id = last
    const cancel = new AbortController()
    const job: Job = { id, call, startedAt: now(), endedAt: null, status: 'running', progress: null, problem: null }
    const onProgress = (progress: Progress): void => {
      update(entry, { progress })
      for (const watcher of entry.watchers) watcher(progress)
    }
    const answer = Promise.resolve().then(() => work(call, input, { signal: cancel.signal, onProgress })).catch((error: unknown): Result<unknown, Problem> => fail(internal(error)))
    const entry: Entry = { job, cancel, watchers: new Set(), answer }
    entries.set(id, entry)
    void answer.then((result) => update(entry, { endedAt: now(), status: result.ok ? 'done' : 'failed', problem: result.ok ? null : result.problem }))
    forgetOldest(entries)
    return job
  }

  const watch = async (id: number, signal: AbortSignal, emit: (event: unknown) => void): Promise<Result<unknown, Problem>> => {
    const entry = entries.get(id)
    if (entry === undefined) return fail(unknown(id))
    if (entry.job.progress !== null) emit(entry.job.progress)
    entry.watchers.add(emit)
    try {
      return await Promise.race([entry.answer, whenAborted(signal)])
    } finally {
      entry.watchers.delete(emit)
    }
  }

  const cancel = (id: number): Result<Job, Problem> => {
    const entry = entries.get(id)
    if (entry === undefined) return fail(unknown(id))
    if (entry.job.status === 'running') {
      update(entry, { status: 'cancelling' })
      entry.cancel.abort()
    }
    return succeed(entry.job)
  }

  return {
    /** Null where the name is none of the jobs' calls. */
    answer: async (name: string, input: unknown, signal: AbortSignal, emit: (event: unknown) => void): Promise<JobOutputs[keyof JobOutputs] | null> => {
      if (!Object.hasOwn(jobInputs, name)) return null
      switch (name as keyof typeof jobInputs) {
        case 'jobs.begin': return parsed(jobInputs['jobs.begin'].safeParse(input), (value) => succeed(begin(value.call, value.input)))
        case 'jobs.watch': return parsed(jobInputs['jobs.watch'].safeParse(input), (value) => watch(value.job, signal, emit))
        case 'jobs.cancel': return parsed(jobInputs['jobs.cancel'].safeParse(input), (value) => cancel(value.job))
        case 'jobs.list': return [...entries.values()].map((entry) => entry.job)
      }
    },
    /** Aborts what runs and waits until it has ended. */
    close: async (): Promise<void> => {
      for (const entry of entries.values()) entry.cancel.abort()
      await Promise.all([...entries.values()].map((entry) => entry.answer))
    },
  }
}

function parsed<Value, Answer>(result: { readonly success: true; readonly data: Value } | { readonly success: false; readonly error: { readonly message: string } }, use: (value: Value) => Answer): Answer | Result<never, Problem> {
  return result.success ? use(result.data) : fail({ kind: 'usage', message: `A job was asked for in a form that is not understood: ${result.error.message}`, remedy: 'Reload the window.' })
}

function forgetOldest(entries: Map<number, Entry>): void {
  const ended = [...entries.values()].filter((entry) => entry.job.endedAt !== null)
  for (const entry of ended.slice(0, Math.max(0, ended.length - remembered))) entries.delete(entry.job.id)
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('Nobody watches any more')), { once: true }))
}

function unknown(id: number): Problem {
  return { kind: 'notFoundInWorkspace', message: `Job ${id} is not known any more.`, remedy: 'See Runs for what was done.' }
}

function internal(error: unknown): Problem {
  return { kind: 'internal', message: `The work ended with an error of Guestbridge itself: ${error instanceof Error ? error.message : String(error)}`, remedy: 'Report it with the log of the workspace.' }
}
