import { useEffect, useState } from 'react'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import type { Job } from '../../../../shared/api/jobs.ts'
import type { ExportOutcome } from '../../../../shared/api/contract.ts'
import type { Problem } from '../../../../shared/domain/problem.ts'
import type { Result } from '../../../../shared/domain/result.ts'
import { useJobs } from '../../app/jobs.ts'
import { ofError, useClient } from '../../app/service.tsx'

/** Numbers of jobs begin anew with the service, the moment of their start does not. */
const useDismissed = create<{ readonly startedAt: string | null }>()(persist((): { readonly startedAt: string | null } => ({ startedAt: null }), { name: 'guestbridge.dismissedExport', storage: createJSONStorage(() => sessionStorage) }))

export type LastExport = { readonly job: Job; /** Null while it runs. */ readonly result: Result<ExportOutcome, Problem> | null; readonly dismiss: () => void }

/** The last approved export of this service, joined again wherever the window has been meanwhile. */
export function useLastExport(): LastExport | null {
  const client = useClient()
  const job = useJobs((state) => state.jobs.findLast(({ call }) => call === 'plan.exportCurrent') ?? null)
  const dismissed = useDismissed((state) => state.startedAt)
  const [answer, setAnswer] = useState<{ readonly job: number; readonly result: Result<ExportOutcome, Problem> } | null>(null)
  const id = job?.id ?? null
  useEffect(() => {
    if (id === null) return
    const cancel = new AbortController()
    client.watchJob(id, () => undefined, cancel.signal).then(
      // The job's answer is that of the call which it began.
      (result) => setAnswer({ job: id, result: result as Result<ExportOutcome, Problem> }),
      (error: unknown) => { if (!cancel.signal.aborted) setAnswer({ job: id, result: { ok: false, problem: ofError(error) } }) },
    )
    return () => cancel.abort()
  }, [client, id])
  if (job === null || job.startedAt === dismissed) return null
  return { job, result: answer?.job === job.id ? answer.result : null, dismiss: () => useDismissed.setState({ startedAt: job.startedAt }) }
}
