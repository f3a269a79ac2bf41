import { useEffect, useState } from 'react'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import type { CallName, Outputs } from '../../../shared/api/contract.ts'
import type { Job } from '../../../shared/api/jobs.ts'
import type { Problem } from '../../../shared/domain/problem.ts'
import type { Result } from '../../../shared/domain/result.ts'
import { useJobs } from './jobs.ts'
import { ofError, useClient } from './service.tsx'

/** When the dismissed job of each call began. Numbers of jobs begin anew with the service, the moment of their start does not. */
const useDismissed = create<Readonly<Record<string, string>>>()(persist((): Readonly<Record<string, string>> => ({}), { name: 'guestbridge.dismissedJobs', storage: createJSONStorage(() => sessionStorage) }))

export type LastJob<Answer> = { readonly job: Job; /** Null while it runs. */ readonly result: Result<Answer, Problem> | null; readonly dismiss: () => void }

/** The last job of one call, joined again wherever the window has been meanwhile; null where there is none, or somebody has dismissed it. */
export function useLastJob<Name extends CallName>(call: Name): LastJob<Outputs[Name]> | null {
  const client = useClient()
  const job = useJobs((state) => state.jobs.findLast((candidate) => candidate.call === call) ?? null)
  const dismissed = useDismissed((state) => state[call])
  const [answer, setAnswer] = useState<{ readonly job: number; readonly result: Result<Outputs[Name], Problem> } | null>(null)
  const id = job?.id ?? null
  useEffect(() => {
    if (id === null) return
    const cancel = new AbortController()
    client.watchJob(id, () => undefined, cancel.signal).then(
      // The job's answer is that of the call which it began.
      (result) => { if (!cancel.signal.aborted) setAnswer({ job: id, result: result as Result<Outputs[Name], Problem> }) },
      (error: unknown) => { if (!cancel.signal.aborted) setAnswer({ job: id, result: { ok: false, problem: ofError(error) } }) },
    )
    return () => cancel.abort()
  }, [client, id])
  if (job === null || job.startedAt === dismissed) return null
  return { job, result: answer?.job === job.id ? answer.result : null, dismiss: () => useDismissed.setState({ [call]: job.startedAt }) }
}
