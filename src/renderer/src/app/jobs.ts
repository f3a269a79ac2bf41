import { create } from 'zustand'
import type { CallName } from '../../../shared/api/contract.ts'
import type { Job } from '../../../shared/api/jobs.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { Client } from './client.ts'

type JobsState = {
  readonly jobs: readonly Job[]
  /** Raised whenever a job has ended: what was read before may be old. */
  readonly version: number
}

/** What runs in the service, joined again after a reload. The only place that knows of running work. */
export const useJobs = create<JobsState>(() => ({ jobs: [], version: 0 }))

/** Joins what a former page load left running. */
export async function joinJobs(client: Client): Promise<void> {
  const jobs = await client.listJobs()
  useJobs.setState({ jobs })
  for (const job of jobs) if (job.endedAt === null) void watch(client, job)
}

export async function startJob(client: Client, call: CallName, input: unknown): Promise<Result<unknown, Problem>> {
  const begun = await client.beginJob(call, input)
  if (!begun.ok) return begun
  put(begun.value)
  return watch(client, begun.value)
}

async function watch(client: Client, job: Job): Promise<Result<unknown, Problem>> {
  const result = await client.watchJob(job.id, (progress) => change(job.id, { progress }), new AbortController().signal)
  change(job.id, { status: result.ok ? 'done' : 'failed', endedAt: new Date().toISOString(), problem: result.ok ? null : result.problem })
  useJobs.setState((state) => ({ version: state.version + 1 }))
  return result
}

export async function cancelJob(client: Client, id: number): Promise<void> {
  change(id, { status: 'cancelling' })
  await client.cancelJob(id)
}

function put(job: Job): void {
  useJobs.setState(({ jobs }) => ({ jobs: [...jobs.filter((other) => other.id !== job.id), job] }))
}

function change(id: number, change: Partial<Job>): void {
  useJobs.setState(({ jobs }) => ({ jobs: jobs.map((job) => (job.id === id ? { ...job, ...change } : job)) }))
}
