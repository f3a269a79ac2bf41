import { z } from 'zod'
import type { Problem } from '../domain/problem.ts'
import type { Result } from '../domain/result.ts'
import type { Progress } from '../domain/run.ts'

/**
 * Work that outlives the window which began it: a reload joins it again, only `jobs.cancel` ends it. Any call of the
 * contract may be begun as a job; what it answers is the answer of the job.
 */
export const jobInputs = {
  'jobs.begin': z.strictObject({ call: z.string().min(1).max(100), input: z.unknown() }),
  /** Events: `Progress`, the last one at once. Settles with the job's answer. */
  'jobs.watch': z.strictObject({ job: z.int().min(1) }),
  'jobs.list': z.strictObject({}),
  'jobs.cancel': z.strictObject({ job: z.int().min(1) }),
} as const

export type Job = {
  readonly id: number
  readonly call: string
  /** ISO 8601 in UTC. */
  readonly startedAt: string
  readonly endedAt: string | null
  readonly status: 'running' | 'cancelling' | 'done' | 'failed'
  readonly progress: Progress | null
  /** The problem of a failed job. */
  readonly problem: Problem | null
}

export type JobOutputs = {
  'jobs.begin': Result<Job, Problem>
  'jobs.watch': Result<unknown, Problem>
  'jobs.list': readonly Job[]
  'jobs.cancel': Result<Job, Problem>
}
