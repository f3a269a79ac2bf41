import type { CallName, Outputs } from '../../../shared/api/contract.ts'
import type { WorkspaceOpened } from '../../../shared/api/hostCalls.ts'
import type { Job, JobOutputs } from '../../../shared/api/jobs.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { Progress } from '../../../shared/domain/run.ts'
import { fail } from '../../../shared/domain/result.ts'
import { CallFailed, connect, type Caller } from '../../../shared/rpc/connect.ts'
import { connectionTexts } from '../texts/connection.ts'
import { openChannel } from './channel.ts'

/** The contract as the window sees it. What it cannot do by itself it asks the service for. */
export type Client = {
  readonly call: <Name extends CallName>(name: Name, input: unknown, signal?: AbortSignal, onProgress?: (progress: Progress) => void) => Promise<Result<Outputs[Name], Problem>>
  readonly beginJob: (call: CallName, input: unknown) => Promise<Result<Job, Problem>>
  readonly watchJob: (job: number, onProgress: (progress: Progress) => void, signal: AbortSignal) => Promise<Result<unknown, Problem>>
  readonly listJobs: () => Promise<JobOutputs['jobs.list']>
  readonly cancelJob: (job: number) => Promise<Result<Job, Problem>>
  /** The host opens another workspace for this window; the page is loaded again then. */
  readonly openWorkspace: (folder: string) => Promise<Result<WorkspaceOpened, Problem>>
  /** Settles when the service is gone. Calls then answer with a problem that says so. */
  readonly closed: Promise<void>
}

export async function openClient(): Promise<Client> {
  return clientOf(connect(await openChannel()))
}

/** Answers are what the contract says: the service is part of the same application and was built with it. */
function clientOf(caller: Caller): Client {
  const ask = async <Answer>(name: string, input: unknown, options: Parameters<Caller['call']>[2]): Promise<Result<Answer, Problem>> => {
    try {
      return (await caller.call(name, input, options)) as Result<Answer, Problem>
    } catch (error) {
      // A service that has ended is no bug of whoever asked, or of a screen that closes its list just then.
      if (error instanceof CallFailed && error.code === 'disconnected') return fail({ kind: 'internal', ...connectionTexts.callFailed })
      throw error
    }
  }
  return {
    call: (name, input, signal, onProgress) => ask(name, input, { ...(signal === undefined ? {} : { signal }), ...(onProgress === undefined ? {} : { onEvent: (event) => onProgress(event as Progress) }) }),
    beginJob: (call, input) => ask('jobs.begin', { call, input }, {}),
    watchJob: (job, onProgress, signal) => ask('jobs.watch', { job }, { signal, onEvent: (event) => onProgress(event as Progress) }),
    listJobs: async () => (await caller.call('jobs.list', {})) as JobOutputs['jobs.list'],
    cancelJob: (job) => ask('jobs.cancel', { job }, {}),
    openWorkspace: (folder) => ask('workspace.open', { folder }, {}),
    closed: caller.closed,
  }
}
